import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { listenTo } from '../../../platform/events/listen-to.js';

/**
 * Keeps the middle of each factor over all customers of a run (see `explainValue`): a customer with the middle chance of
 * being alive, the middle rate of orders, the middle spend and the middle of what is kept of it (`grossAndKept`, said in
 * SQL). Customers worth nothing have no rate and are left out.
 */
export async function keepReference(db: Db, valuationRunId: number): Promise<void> {
  await sql`
    insert into customer_score_reference (valuation_run_id, survival, order_rate, spend, kept)
    select ${valuationRunId}::bigint, percentile_cont(0.5) within group (order by p_alive),
      percentile_cont(0.5) within group (order by case when gross > 0 then gross else clv end / (p_alive * expected_spend)),
      percentile_cont(0.5) within group (order by expected_spend),
      percentile_cont(0.5) within group (order by case when gross > 0 then clv / gross else 1 end)
    from (
      select p_alive, expected_spend, clv, case when served is null then clv else (clv + served * p_alive)
        / nullif(1 - share - coalesce(credit_loss_share, loss) - per_order / expected_spend, 0) end as gross
      from customer_score cross join (
        select (costs ->> 'share')::float8 as share, (costs ->> 'creditLoss')::float8 as loss,
          (costs ->> 'perOrder')::float8 as per_order, (costs ->> 'served')::float8 as served
        from (select card -> 'costs' as costs from valuation_run where valuation_run_id = ${valuationRunId}::bigint) c) d
      where valuation_run_id = ${valuationRunId}::bigint and p_alive > 0 and expected_spend > 0) s
    having count(*) > 0
    on conflict (valuation_run_id) do nothing`.execute(db);
}

export const keepReferenceWhenPublished = listenTo('score.published', ({ valuationRunId }, _platform, db) =>
  keepReference(db, valuationRunId),
);

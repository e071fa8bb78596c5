import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { listenTo } from '../../../platform/events/listen-to.js';

/**
 * Keeps the middle of each factor over all customers of a run (see `explainValue`): a customer with the middle chance of
 * being alive, the middle rate of orders and the middle spend. Customers worth nothing have no rate and are left out.
 */
export async function keepReference(db: Db, valuationRunId: number): Promise<void> {
  await sql`
    insert into customer_score_reference (valuation_run_id, survival, order_rate, spend)
    select ${valuationRunId}::bigint, percentile_cont(0.5) within group (order by p_alive),
      percentile_cont(0.5) within group (order by clv / (p_alive * expected_spend)),
      percentile_cont(0.5) within group (order by expected_spend)
    from customer_score
    where valuation_run_id = ${valuationRunId}::bigint and p_alive > 0 and expected_spend > 0
    having count(*) > 0
    on conflict (valuation_run_id) do nothing`.execute(db);
}

export const keepReferenceWhenPublished = listenTo('score.published', ({ valuationRunId }, _platform, db) =>
  keepReference(db, valuationRunId),
);

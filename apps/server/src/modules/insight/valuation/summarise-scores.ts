import { sql, type RawBuilder } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { Among } from '../../records/customers/index.js';

/** One sum of a run over the customers that `db` may see. All measures add up, so sums of parts give the whole. */
export interface SummaryRow {
  dimension: 'total' | 'segment' | 'cohort' | 'value-bin' | 'movement';
  key: string;
  customers: number;
  clv: number;
  clvVariance: number;
  expectedOrders: number;
  alive: number;
}

/** Key of the bin for customers worth nothing; other bins are floor(20 * log10(value)). */
export const worthNothing = 'none';

/**
 * The sums of a run: in all, by RFM segment, by quarter of the first order, by narrow bin of value, and by what moved
 * against the run before; of the customers who are meant. Reads each run's scores once.
 */
export async function summariseScores(
  db: Db,
  runId: number,
  previousRunId: number | null,
  among: Among,
): Promise<SummaryRow[]> {
  const { rows } = await summaryOf(runId, previousRunId, among).execute(db);
  return rows;
}

/** Works the sums out and keeps them with the run. */
export async function keepSummary(db: Db, runId: number, previousRunId: number | null): Promise<void> {
  await sql`
    insert into valuation_summary
      (valuation_run_id, dimension, key, customers, clv, clv_variance, expected_orders, alive)
    select ${runId}, dimension, key, customers, clv, "clvVariance", "expectedOrders", alive
    from (${summaryOf(runId, previousRunId, () => sql`true`)}) summary`.execute(db);
}

/** The sums that were kept when the run was published; only who may see everything reads them. */
export async function readSummary(db: Db, runId: number): Promise<SummaryRow[]> {
  return db
    .selectFrom('valuation_summary')
    .where('valuation_run_id', '=', runId)
    .select([
      'dimension',
      'key',
      'customers',
      'clv',
      'clv_variance as clvVariance',
      'expected_orders as expectedOrders',
      'alive',
    ])
    .$castTo<SummaryRow>()
    .execute();
}

/** The kept sum over all customers; zeros when nobody has a score. */
export async function readTotal(db: Db, runId: number): Promise<SummaryRow> {
  const rows = await readSummary(db, runId);
  return rows.find((row) => row.dimension === 'total') ?? nothing;
}

const nothing: SummaryRow = {
  dimension: 'total',
  key: '',
  customers: 0,
  clv: 0,
  clvVariance: 0,
  expectedOrders: 0,
  alive: 0,
};

function summaryOf(runId: number, previousRunId: number | null, among: Among): RawBuilder<SummaryRow> {
  return sql<SummaryRow>`
    with score as materialized (
      select customer_id, rfm_segment, first_order_on, clv, clv_sd, expected_orders, p_alive,
             case when clv > 0 then floor(20 * log(clv))::int end as bin
      from customer_score where valuation_run_id = ${runId} and ${among('customer_id')}
    ),
    moved as (
      select case when before.customer_id is null then 'new'
                  when now.customer_id is null then 'gone'
                  when now.clv >= before.clv then 'risen'
                  else 'fallen' end as kind,
             coalesce(now.clv, 0) - coalesce(before.clv, 0) as change
      from score now
      full join (select customer_id, clv from customer_score
        where valuation_run_id = ${previousRunId} and ${among('customer_id')}) before
        using (customer_id)
    )
    select 'total' as dimension, '' as key, ${measures} from score having count(*) > 0
    union all
    select 'segment', coalesce(rfm_segment, ''), ${measures} from score group by 2
    union all
    select 'cohort', coalesce(to_char(first_order_on, 'YYYY-"Q"Q'), ''), ${measures} from score group by 2
    union all
    select 'value-bin', coalesce(bin::text, ${worthNothing}), ${measures} from score group by 2
    union all
    select 'movement', kind, count(*), sum(change), 0, 0, 0
    from moved
    where ${previousRunId}::bigint is not null and (change <> 0 or kind in ('new', 'gone'))
    group by kind`;
}

const measures = sql.raw(`count(*) as customers, sum(clv) as clv, sum(clv_sd * clv_sd) as "clvVariance",
  sum(expected_orders) as "expectedOrders", coalesce(sum(p_alive), 0) as alive`);

import { sql } from 'kysely';
import {
  valuationOptions,
  type CustomerAttribute,
  type ValuationOptions,
  type ValuationRun,
} from '@kezi/contract';
import { personName } from '../../../platform/db/person-name.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { Among } from '../../records/customers/index.js';

type RunRow = Omit<ValuationRun, 'card'> & { card?: ValuationRun['card'] };

const columns = [
  'run.valuation_run_id as valuationRunId',
  'run.status',
  'run.as_of as asOf',
  'run.options',
  'run.stages',
  'run.totals',
  'run.job_id as jobId',
  'run.error',
  personName('run.created_by').as('createdByName'),
  'run.created_at as createdAt',
  'run.started_at as startedAt',
  'run.published_at as publishedAt',
  'run.finished_at as finishedAt',
] as const;

function runs(db: Db) {
  return db.selectFrom('valuation_run as run');
}

export async function findRun(db: Db, runId: number): Promise<ValuationRun | undefined> {
  return runs(db)
    .where('run.valuation_run_id', '=', runId)
    .select([...columns, 'run.card'])
    .$castTo<ValuationRun>()
    .executeTakeFirst();
}

/** Newest first; `before` is the id that the page before ended with. */
export async function listRuns(db: Db, limit: number, before: number | null): Promise<RunRow[]> {
  return runs(db)
    .$if(before !== null, (query) => query.where('run.valuation_run_id', '<', before ?? 0))
    .select([...columns])
    .orderBy('run.valuation_run_id', 'desc')
    .limit(limit)
    .$castTo<RunRow>()
    .execute();
}

/** The run whose figures the pages show, and the one before it. */
export async function latestPublishedRuns(
  db: Db,
): Promise<{ latest: ValuationRun | null; previous: ValuationRun | null }> {
  const [latest, previous] = await runs(db)
    .where('run.status', '=', 'published')
    .select([...columns, 'run.card'])
    .orderBy('run.published_at', 'desc')
    .orderBy('run.valuation_run_id', 'desc')
    .limit(2)
    .$castTo<ValuationRun>()
    .execute();
  return { latest: latest ?? null, previous: previous ?? null };
}

/** Customers in the reader's sight whose orders changed since they were last moved to the lake. */
export async function countChangedCustomers(db: Db, among: Among): Promise<number> {
  const row = await db
    .selectFrom('customer')
    .where('customer_id', 'in', db.selectFrom('lake_dirty_customer').select('customer_id'))
    .where(among('customer_id'))
    .select(sql<number>`count(*)`.as('count'))
    .executeTakeFirstOrThrow();
  return row.count;
}

/** The last day on which anybody ordered; null before the first order. */
export async function lastOrderDay(db: Db): Promise<string | null> {
  const row = await db
    .selectFrom('customer_order')
    .select((select) => select.fn.max('ordered_on').as('day'))
    .executeTakeFirstOrThrow();
  return row.day;
}

/** Customers that are looked at to see which fields are in use. */
const lookedAt = 20_000;

/** What is known of the customers whom the reader may see: columns with a value, and free fields, the best known first. */
export async function listFields(db: Db): Promise<{ field: CustomerAttribute; customers: number }[]> {
  const { rows } = await sql<{ field: CustomerAttribute; customers: number }>`
    with seen as materialized (
      select customer_id, industry, region, custom from customer order by customer_id limit ${lookedAt}
    ), known as (
      select 'industry' as field from seen where industry <> ''
      union all select 'region' from seen where region <> ''
      union all select 'size' from seen join customer_profile p using (customer_id) where p.size is not null
      union all select 'source' from seen join customer_profile p using (customer_id) where p.source is not null
      union all select 'custom.' || key from seen, jsonb_object_keys(custom) as key where length(key) <= 100
      union all select 'custom.' || f.name from seen join customer_field_value v using (customer_id)
        join custom_field f using (custom_field_id)
        where not f.is_retired and num_nonnulls(v.text_value, v.number_value) > 0
    )
    select field, count(*)::int as customers from known group by 1 order by 2 desc, 1 limit 100`.execute(db);
  return rows;
}

/** What a run was asked for; runAsOf: the day that it was asked for, or the last order day then. */
export type RunOptions = ValuationOptions & { runAsOf: string };

export async function getRunOptions(db: Db, runId: number): Promise<RunOptions> {
  const row = await db
    .selectFrom('valuation_run')
    .select(['options', 'as_of'])
    .where('valuation_run_id', '=', runId)
    .executeTakeFirstOrThrow();
  return { ...valuationOptions.parse(row.options), runAsOf: row.as_of };
}

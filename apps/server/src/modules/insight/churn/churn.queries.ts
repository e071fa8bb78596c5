import { sql } from 'kysely';
import {
  churnOptions,
  type ChurnCustomer,
  type ChurnOfCustomer,
  type ChurnOptions,
  type ChurnRun,
  type ChurnSort,
  type CustomerChurn,
} from '@kezi/contract';
import { personName } from '../../../platform/db/person-name.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { FieldRules } from '../../../platform/http/field-wall.rules.js';
import { valueOrder } from '../../../platform/http/value-order.js';
import type { Among } from '../../records/customers/index.js';

type RunRow = Omit<ChurnRun, 'report'> & { report?: ChurnRun['report'] };

const columns = [
  'run.churn_run_id as churnRunId',
  'run.status',
  'run.options',
  'run.as_of as asOf',
  'run.silence_days as silenceDays',
  'run.job_id as jobId',
  'run.error',
  personName('run.created_by').as('createdByName'),
  'run.created_at as createdAt',
  'run.published_at as publishedAt',
  'run.finished_at as finishedAt',
] as const;

function runs(db: Db) {
  return db.selectFrom('churn_run as run');
}

export async function findChurnRun(db: Db, runId: number): Promise<ChurnRun | undefined> {
  return runs(db)
    .where('run.churn_run_id', '=', runId)
    .select([...columns, 'run.report'])
    .$castTo<ChurnRun>()
    .executeTakeFirst();
}

/** Newest first; `before` is the id that the page before ended with. */
export async function listChurnRuns(db: Db, limit: number, before: number | null): Promise<RunRow[]> {
  return runs(db)
    .$if(before !== null, (query) => query.where('run.churn_run_id', '<', before ?? 0))
    .select([...columns])
    .orderBy('run.churn_run_id', 'desc')
    .limit(limit)
    .$castTo<RunRow>()
    .execute();
}

/** The run whose probabilities the pages show; null before the first. */
export async function latestChurnRun(db: Db): Promise<number | null> {
  const row = await db
    .selectFrom('churn_run')
    .where('status', '=', 'published')
    .select('churn_run_id')
    .orderBy('published_at', 'desc')
    .orderBy('churn_run_id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.churn_run_id ?? null;
}

/** What the run was asked for. */
export async function getChurnOptions(db: Db, runId: number): Promise<ChurnOptions> {
  const row = await db
    .selectFrom('churn_run')
    .select('options')
    .where('churn_run_id', '=', runId)
    .executeTakeFirstOrThrow();
  return churnOptions.parse(row.options);
}

/** Which part of the list of a run is asked for. */
interface ListAsked {
  sort: ChurnSort;
  among: Among;
  limit: number;
  /** Place of the last row before it. */
  after: { place: number; customerId: number } | null;
  /** Of the reader: an order by value that is kept from them would tell it. */
  fieldRules: FieldRules | undefined;
}

interface ListRow extends ChurnCustomer {
  place: number;
}

/** Customers of a run whom the reader may see, those whom to see to first in front; of equals the older number. */
export async function listChurnCustomers(
  db: Db,
  runId: number,
  { sort, among, limit, after, fieldRules }: ListAsked,
): Promise<ListRow[]> {
  const worth = valueOrder(fieldRules, 'e.clv').by;
  const by = sort === 'probability' ? sql`s.probability` : sql`s.probability * coalesce(${worth}, 0)`;
  const behind =
    after === null
      ? sql``
      : sql`and (${by}, -s.customer_id) < (${after.place}::float8, ${-after.customerId}::bigint)`;
  const { rows } = await sql<ListRow>`
    select s.customer_id as "customerId", c.name, o.name as "ownerName", e.clv, s.probability, s.tenth, s.reasons,
      ${by} as place
    from customer_churn s join customer c using (customer_id)
      left join colleague o on o.user_id = c.owner_id
      left join register_entry e on e.customer_id = s.customer_id
    where s.churn_run_id = ${runId}::bigint and ${among('s.customer_id')} ${behind}
    order by ${by} desc, s.customer_id limit ${limit}`.execute(db);
  return rows;
}

/** What a run says of one customer whom the reader may see. */
export async function churnInRun(db: Db, runId: number, customerId: number): Promise<ChurnOfCustomer> {
  const run = await db
    .selectFrom('churn_run')
    .where('churn_run_id', '=', runId)
    .select(['churn_run_id as churnRunId', 'as_of as asOf', 'silence_days as silenceDays'])
    .select(sql<boolean>`(report -> 'model' ->> 'trusted')::boolean`.as('trusted'))
    .executeTakeFirst();
  if (run === undefined || run.asOf === null || run.silenceDays === null) return { run: null, churn: null };
  const churn = await db
    .selectFrom('customer_churn')
    .where('churn_run_id', '=', runId)
    .where('customer_id', '=', customerId)
    .select(['probability', 'tenth', 'reasons'])
    .$castTo<CustomerChurn>()
    .executeTakeFirst();
  return {
    run: { ...run, asOf: run.asOf, silenceDays: run.silenceDays },
    churn: churn ?? null,
  };
}

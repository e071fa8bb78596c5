import type { CustomerQuality, QualityOverview, WorstQuery, WorstRecords } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import type { Db, Viewer } from '../../../platform/db/scoped-db.js';
import { withAllRows } from '../../../platform/db/with-all-rows.js';
import { readSettings } from '../../people/settings/index.js';
import { dayIn } from '../customers/index.js';
import { readQualityPolicy } from '../identity/index.js';
import { qualityRows } from './measure-quality.js';

/** More owners than these are a report, not a page. */
const mostOwners = 500;

/**
 * How good one record is now.
 * @throws CodedError customers.not_found
 */
export async function qualityOf(db: Db, customerId: number, now: Date): Promise<CustomerQuality> {
  const policy = await readQualityPolicy(db);
  const { timeZone } = await readSettings(db);
  const one = sql`select * from customer where customer_id = ${customerId}::bigint`;
  const { rows } = await sql<Omit<CustomerQuality, 'isStale'> & { staleOn: boolean }>`
    select q.completeness, q.freshness, q.touched_on as "touchedOn", q.missing,
      q.touched_on + ${policy.staleDays}::int < ${dayIn(timeZone, now)}::date as "staleOn"
    from (${qualityRows(policy, dayIn(timeZone, now), timeZone, one)}) q`.execute(db);
  const row = rows[0];
  if (!row) throw new CodedError('customers.not_found');
  const { staleOn, ...quality } = row;
  return { ...quality, isStale: staleOn };
}

interface OwnerRow {
  ownerId: number | null;
  ownerName: string | null;
  customers: number;
  completeness: number;
  freshness: number;
  stale: number;
}

/** Means by owner over what the reader sees, as of the last measurement, the stalest first. */
export async function qualityOverview(db: Db, viewer: Viewer, now: Date): Promise<QualityOverview> {
  const policy = await readQualityPolicy(db);
  const { timeZone } = await readSettings(db);
  const today = dayIn(timeZone, now);
  const { rows } = await sql<OwnerRow & { isTotal: boolean }>`
    select q.owner_id as "ownerId", max(u.name) as "ownerName", count(*)::int as customers,
      avg(q.completeness)::float8 as completeness, avg(q.freshness)::float8 as freshness,
      count(*) filter (where q.touched_on + ${policy.staleDays}::int < ${today}::date)::int as stale,
      grouping(q.owner_id) = 1 as "isTotal"
    from customer_quality q left join colleague u on u.user_id = q.owner_id
    group by grouping sets ((q.owner_id), ())
    order by "isTotal" desc, stale desc, q.owner_id limit ${mostOwners}`.execute(db);
  const total = rows.find(({ isTotal }) => isTotal);
  const owners = rows.flatMap(({ isTotal, ...owner }) => (isTotal ? [] : [owner]));
  // The job is the night's, or a colleague's; when it ran is no secret.
  const { rows: measured } = await withAllRows(db, viewer, () =>
    sql<{ on: string | null }>`
      select max((finished_at at time zone ${timeZone})::date) as on from job
      where kind = 'quality.measure' and status = 'done'`.execute(db),
  );
  if (!total || total.customers === 0)
    return { measuredOn: measured[0]?.on ?? null, total: null, owners: [] };
  const { customers, completeness, freshness, stale } = total;
  return {
    measuredOn: measured[0]?.on ?? null,
    total: { customers, completeness, freshness, stale },
    owners,
  };
}

/** The records that need somebody most. */
export async function worstRecords(db: Db, query: WorstQuery): Promise<WorstRecords> {
  const ofOwner = query.ownerId === undefined ? sql`true` : sql`q.owner_id = ${query.ownerId}::int`;
  const { rows } = await sql<WorstRecords['items'][number]>`
    select c.customer_id as "customerId", c.customer_no as "customerNo", c.name, u.name as "ownerName",
      q.completeness, q.freshness, q.touched_on as "touchedOn", q.missing
    from customer_quality q join customer c using (customer_id) left join colleague u on u.user_id = c.owner_id
    where ${ofOwner}
    order by q.${sql.raw(query.by)}, q.customer_id limit ${query.limit}`.execute(db);
  return { items: rows };
}

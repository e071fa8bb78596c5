import type { ServiceClock, ServiceClockList, ServiceClockQuery } from '@kezi/contract';
import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { inSegments, mustSeeCustomer, type Reader } from '../../records/customers/index.js';
import { clockTitle } from './clock-sources.js';

type Condition = RawBuilder<SqlBool>;

const moment = (now: Date) => sql`${now.toISOString()}::timestamptz`;

/** Of a clock `k`: not answered, not solved in time, as far as one knows now. What was ended before its time is not late. */
const isResponseLate = (now: Date): Condition =>
  sql`coalesce(least(k.responded_at, k.solved_at), k.ended_at, ${moment(now)}) > k.respond_by`;
const isSolutionLate = (now: Date): Condition =>
  sql`coalesce(k.solved_at, k.ended_at, ${moment(now)}) > k.solve_by`;

/** Something is owed: an answer, or a solution that was promised. */
const isOwed: Condition = sql`(k.solved_at is null and k.ended_at is null
  and ((k.respond_by is not null and k.responded_at is null) or k.solve_by is not null))`;
/** The time of what is owed is over. */
const isOverdue = (now: Date): Condition =>
  sql`(${isOwed} and (k.solve_by < ${moment(now)} or (k.responded_at is null and k.respond_by < ${moment(now)})))`;

async function findClocks(db: Db, which: Condition, now: Date, limit: number): Promise<ServiceClock[]> {
  const { rows } = await sql<ServiceClock>`
    select k.service_clock_id as "serviceClockId", k.customer_id as "customerId", c.name as "customerName",
      u.name as "ownerName", k.source, k.source_id as "sourceId", ${clockTitle()} as title, k.asked_at as "askedAt",
      k.response_hours as "responseHours", k.respond_by as "respondBy", k.responded_at as "respondedAt",
      k.solution_hours as "solutionHours", k.solve_by as "solveBy", k.solved_at as "solvedAt", k.ended_at as "endedAt",
      coalesce(${isResponseLate(now)}, false) as "isResponseLate", coalesce(${isSolutionLate(now)}, false) as "isSolutionLate"
    from service_clock k join register_entry c on c.customer_id = k.customer_id left join colleague u on u.user_id = k.owner_id
    where ${which}
    order by ${isOwed} desc, case when ${isOwed} then least(case when k.responded_at is null then k.respond_by end, k.solve_by) end,
      k.asked_at desc, k.service_clock_id desc
    limit ${limit}`.execute(db);
  return rows;
}

/** Of the last twelve months. */
const recent = (now: Date): Condition => sql`k.asked_at > ${moment(now)} - interval '12 months'`;

async function countClocks(db: Db, which: Condition, now: Date): Promise<ServiceClockList['total']> {
  const { rows } = await sql<ServiceClockList['total']>`
    select count(*)::int as running, count(*) filter (where ${isOverdue(now)})::int as late
    from service_clock k where ${isOwed} and ${which}`.execute(db);
  return rows[0]!;
}

/**
 * What customers wait for, what is late first.
 * @throws CodedError segments.not_found, segments.not_usable
 */
export async function listClocks(
  db: Db,
  reader: Reader,
  { state, limit, segmentId }: ServiceClockQuery,
  now: Date,
): Promise<ServiceClockList> {
  const inState = { running: isOwed, late: isOverdue(now), all: recent(now) }[state];
  const meant = (await inSegments(db, reader, segmentId))('k.customer_id');
  return {
    items: await findClocks(db, sql`${inState} and ${meant}`, now, limit),
    total: await countClocks(db, meant, now),
  };
}

const mostOfCustomer = 100;

/** What one customer waits for and waited for in twelve months. @throws CodedError customers.not_found */
export async function clocksOfCustomer(db: Db, customerId: number, now: Date): Promise<ServiceClockList> {
  await mustSeeCustomer(db, customerId);
  const own = sql<SqlBool>`k.customer_id = ${customerId}::bigint`;
  const which = sql<SqlBool>`${own} and (${isOwed} or ${recent(now)})`;
  return {
    items: await findClocks(db, which, now, mostOfCustomer),
    total: await countClocks(db, own, now),
  };
}

/**
 * A row a promise of a clock of the last twelve months: entitlement_id, customer_id, on (the day asked), is_late, is_kept.
 * What still runs in time is neither.
 */
export function clockPromises(now: Date, timeZone: string): RawBuilder<unknown> {
  const asked = sql`(k.asked_at at time zone ${timeZone})::date`;
  return sql`
    select k.response_entitlement_id as entitlement_id, k.customer_id, ${asked} as asked_on, ${isResponseLate(now)} as is_late,
      k.responded_at <= k.respond_by as is_kept
    from service_clock k where k.response_entitlement_id is not null and ${recent(now)}
    union all
    select k.solution_entitlement_id, k.customer_id, ${asked}, ${isSolutionLate(now)}, k.solved_at <= k.solve_by
    from service_clock k where k.solution_entitlement_id is not null and ${recent(now)}`;
}

/** What is still owed: customer_id, service_clock_id, phase, due_at. */
export const owedPhases: RawBuilder<unknown> = sql`
  select k.customer_id, k.service_clock_id, phase.name as phase, phase.due_at
  from service_clock k cross join lateral (values
    ('response', case when k.responded_at is null then k.respond_by end), ('solution', k.solve_by)) as phase(name, due_at)
  where k.solved_at is null and k.ended_at is null and phase.due_at is not null`;

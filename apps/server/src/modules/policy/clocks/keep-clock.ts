import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { emitEvent } from '../../../platform/events/emit-event.js';
import type { Principal } from '../../../platform/http/kezi-app.js';
import { readSettings } from '../../people/settings/index.js';
import { clockSource } from './clock-sources.js';
import { readCalendar } from './work-calendar.js';
import { dueAfter } from './work-hours.rules.js';

/** Which thing it is: the kind that a slice registered, and its number there. */
interface Asked {
  source: string;
  sourceId: number;
}

interface Promised {
  kind: 'response' | 'solution';
  entitlementId: number;
  hours: number;
}

/** What the tier of a customer is promised today, the shortest time of each kind. */
async function promisesOf(db: Db, customerId: number): Promise<Map<Promised['kind'], Promised>> {
  const { rows } = await sql<Promised>`
    select distinct on (e.kind) e.kind, e.entitlement_id as "entitlementId", p.quantity as hours
    from register_entry c join tier_entitlement p on p.tier_id = c.tier_id and p.quantity > 0
      join entitlement e on e.entitlement_id = p.entitlement_id and e.kind in ('response', 'solution')
    where c.customer_id = ${customerId}::bigint
    order by e.kind, p.quantity, e.entitlement_id`.execute(db);
  return new Map(rows.map((row) => [row.kind, row]));
}

/** Of one customer, or of several at once. */
export const tellOfClocks = (db: Db, customerId: number | null) =>
  emitEvent(db, 'clock.changed', { customerId }, { audience: 'all' });

/**
 * Begins the clock of what a customer asked for, by what its tier is promised then; one that was ended runs on, with the time
 * that it had. Nothing begins where nothing is promised.
 */
export async function startClock(
  db: Db,
  { customerId, askedAt, ...asked }: Asked & { customerId: number; askedAt: Date },
): Promise<void> {
  const again = await db
    .updateTable('service_clock')
    .set({ ended_at: null, solved_at: null })
    .where('source', '=', asked.source)
    .where('source_id', '=', asked.sourceId)
    .returning('customer_id')
    .executeTakeFirst();
  if (again) return tellOfClocks(db, customerId);
  const promises = await promisesOf(db, customerId);
  if (promises.size === 0) return;
  const calendar = await readCalendar(db);
  const { timeZone } = await readSettings(db);
  const [response, solution] = [promises.get('response'), promises.get('solution')];
  const by = (promise: Promised | undefined) =>
    promise ? dueAfter(askedAt, promise.hours, calendar, timeZone) : null;
  await sql`
    insert into service_clock (customer_id, owner_id, team_id, source, source_id, asked_at, response_entitlement_id,
      response_hours, respond_by, solution_entitlement_id, solution_hours, solve_by)
    select c.customer_id, c.owner_id, c.team_id, ${asked.source}, ${asked.sourceId}::bigint, ${askedAt.toISOString()}::timestamptz,
      ${response?.entitlementId ?? null}::int, ${response?.hours ?? null}::float8, ${by(response)?.toISOString() ?? null}::timestamptz,
      ${solution?.entitlementId ?? null}::int, ${solution?.hours ?? null}::float8, ${by(solution)?.toISOString() ?? null}::timestamptz
    from customer c where c.customer_id = ${customerId}::bigint
    on conflict (source, source_id) do nothing`.execute(db);
  await tellOfClocks(db, customerId);
}

/** Stops the clock of what was solved, or of what nobody waits for any more. Who was given a solution was given an answer. */
export async function stopClock(db: Db, asked: Asked, how: 'solved' | 'ended', at: Date): Promise<void> {
  const moment = sql`${at.toISOString()}::timestamptz`;
  const { rows } = await sql<{ customerId: number }>`
    update service_clock
    set solved_at = ${how === 'solved' ? moment : sql`null`}, ended_at = ${how === 'ended' ? moment : sql`null`},
      responded_at = ${how === 'solved' ? sql`least(responded_at, ${moment})` : sql`responded_at`}
    where source = ${asked.source} and source_id = ${asked.sourceId}::bigint and solved_at is null and ended_at is null
    returning customer_id as "customerId"`.execute(db);
  const [stopped] = rows;
  if (stopped) await tellOfClocks(db, stopped.customerId);
}

/**
 * Marks as answered what somebody has spoken with the customers about: by the first word after it was asked that was neither
 * written down before it nor is still to come. A talk that was taken out again answers nothing.
 * @returns whether any clock is answered, or no longer
 */
export async function markAnswered(db: Db, customerIds: readonly number[], now: Date): Promise<boolean> {
  const { numAffectedRows = 0n } = await sql`
    update service_clock k set responded_at = least(said.at, k.solved_at)
    from (
      select clock.service_clock_id, min(i.happened_at) as at
      from service_clock clock left join interaction i on i.customer_id = clock.customer_id and i.deleted_at is null
        and i.kind <> 'note' and i.happened_at >= clock.asked_at and i.happened_at <= ${now.toISOString()}::timestamptz
      where clock.customer_id = any (${customerIds}::bigint[]) and clock.ended_at is null
      group by clock.service_clock_id) said
    where k.service_clock_id = said.service_clock_id and k.responded_at is distinct from least(said.at, k.solved_at)`.execute(
    db,
  );
  return numAffectedRows > 0n;
}

export async function answerClocks(db: Db, customerId: number, now: Date): Promise<void> {
  if (await markAnswered(db, [customerId], now)) await tellOfClocks(db, customerId);
}

/**
 * Says of what a clock is about that it is solved, there where it is kept. What has stopped already stays as it is.
 * @throws CodedError clocks.not_found, and those of the slice that has it
 */
export async function solveClock(
  db: Db,
  principal: Principal,
  serviceClockId: number,
  now: Date,
): Promise<void> {
  const clock = await db
    .selectFrom('service_clock')
    .where('service_clock_id', '=', serviceClockId)
    .select(['source', 'source_id as sourceId', 'solved_at as solvedAt', 'ended_at as endedAt'])
    .executeTakeFirst();
  if (clock && (clock.solvedAt !== null || clock.endedAt !== null)) return;
  const source = clock && clockSource(clock.source);
  if (!source) throw new CodedError('clocks.not_found');
  await source.solve(db, principal, clock.sourceId, now);
}

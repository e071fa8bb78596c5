import { sql, type RawBuilder } from 'kysely';
import { organisationDay } from '../../../platform/db/organisation-day.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { unnest } from '../../../platform/db/unnest.js';
import type { SetDetector } from './detector-settings.js';
import { dayOfLook, looksOn, type LookFrom } from './look-again.js';

/*
 * From looks to warnings. A detector may see something in hundreds of thousands of customers, of whom some hundreds are warned
 * of: those alone are joined with what stands in a warning.
 */

/** Warnings that were there before a run. */
export interface Standing {
  renewed: number;
  gone: number;
}

/** Warnings that begin. */
export interface Begun {
  raised: number;
  /** Over the limit of what may be raised at once: summed up, not listed one by one. */
  folded: number;
  foldedValue: number;
}

/** What the policy says of a tier of its own, for customers of those tiers: a relation by customer_id. */
function byTier({ tiers }: SetDetector): RawBuilder<unknown> {
  const set = unnest('t', {
    tier_id: { type: 'int', values: tiers.map((tier) => tier.tierId) },
    is_on: { type: 'boolean', values: tiers.map((tier) => tier.isOn) },
    threshold: { type: 'float8', values: tiers.map((tier) => tier.threshold) },
    due_days: { type: 'int', values: tiers.map((tier) => tier.dueDays) },
    play: { type: 'text', values: tiers.map((tier) => tier.play) },
  });
  return sql`(
    select e.customer_id, t.is_on, t.threshold, t.due_days, t.play from ${set} join register_entry e on e.tier_id = t.tier_id)`;
}

/**
 * Of looks, those that warn: whoever is below the threshold of the own tier does not. Columns: customer_id, score,
 * value_at_risk, evidence, due_days, play.
 */
function warningLooks(set: SetDetector, looks: RawBuilder<unknown>): RawBuilder<unknown> {
  const { detector, threshold, dueDays, play, tiers } = set;
  const cut = (own: RawBuilder<unknown>) => (detector.isYesNo === true ? sql`true` : sql`f.score >= ${own}`);
  // Nobody is to call a customer who was erased.
  const found = sql`f.score is not null and f.value_at_risk is not null
    and f.customer_id not in (select customer_id from customer where erased_at is not null)`;
  const figures = sql`f.customer_id, f.score, f.value_at_risk, f.evidence`;
  if (tiers.length === 0) {
    return sql`
      select ${figures}, ${dueDays}::int as due_days, ${play}::text as play
      from (${looks}) f where ${found} and ${cut(sql`${threshold}::float8`)}`;
  }
  return sql`
    select ${figures}, coalesce(t.due_days, ${dueDays}::int) as due_days, coalesce(t.play, ${play}::text) as play
    from (${looks}) f left join ${byTier(set)} t on t.customer_id = f.customer_id
    where ${found} and coalesce(t.is_on, true) and ${cut(sql`coalesce(t.threshold, ${threshold}::float8)`)}`;
}

/** Of looks, those whose warning would begin: not there yet, and not dealt with a short while ago. */
export function beginningLooks(
  set: SetDetector,
  looks: RawBuilder<unknown>,
  today: string,
): RawBuilder<unknown> {
  const { id, quietDays } = set.detector;
  return sql`
    select f.* from (${warningLooks(set, looks)}) f
    where not exists (
      select from warning w where w.customer_id = f.customer_id and w.detector_id = ${id}
        and (w.status in ('open', 'snoozed') or (w.status in ('handled', 'false-alarm')
          and ${organisationDay(sql.ref('w.closed_at'))} + ${quietDays}::int > ${today}::date)))`;
}

/** Of those the little that is kept of everybody while the first are chosen. */
const beginning = (set: SetDetector, looks: RawBuilder<unknown>, today: string): RawBuilder<unknown> =>
  sql`select b.customer_id, b.value_at_risk from (${beginningLooks(set, looks, today)}) b`;

/** What all those looks come to whose warning would begin. */
export async function countBeginning(
  db: Db,
  set: SetDetector,
  looks: RawBuilder<unknown>,
  today: string,
): Promise<{ count: number; value: number }> {
  const { rows } = await sql<{ count: number; value: number }>`
    select count(*)::int as count, coalesce(sum(value_at_risk), 0) as value
    from (${beginning(set, looks, today)}) b`.execute(db);
  return rows[0]!;
}

/** Brings the unsettled warnings of a detector up to date, and closes those whose reason is gone. */
export async function renewWarnings(db: Db, set: SetDetector, from: LookFrom): Promise<Standing> {
  const { detector } = set;
  const { asOf, today, runId } = from;
  const looks = warningLooks(set, looksOn(detector, dayOfLook(detector, from)));
  // One by one by their key: there are few, and looks may be many. A warning that stays as it is is not written.
  const { rows } = await sql<Standing>`
    with standing as materialized (
      select w.warning_id, f.*, coalesce(s.clv, 0) as clv, f.customer_id is not null as is_found
      from warning w
        left join lateral (select * from (${looks}) l where l.customer_id = w.customer_id offset 0) f on true
        left join customer_score s on s.valuation_run_id = ${runId}::bigint and s.customer_id = w.customer_id
      where w.detector_id = ${detector.id} and w.status in ('open', 'snoozed')),
    gone as (
      update warning w set status = 'gone', closed_at = now(), updated_at = now(), row_version = row_version + 1
      from standing f where w.warning_id = f.warning_id and not f.is_found and w.status in ('open', 'snoozed')),
    renewed as (
      update warning w set score = f.score, value_at_risk = f.value_at_risk, clv = f.clv, evidence = f.evidence, play = f.play,
        times_seen = w.times_seen + (w.seen_on < ${asOf}::date)::int, seen_on = ${asOf}::date, updated_at = now(),
        status = case when w.snoozed_until <= ${today}::date then 'open' else w.status end,
        snoozed_until = case when w.snoozed_until <= ${today}::date then null else w.snoozed_until end
      from standing f where w.warning_id = f.warning_id and f.is_found and w.status in ('open', 'snoozed')
        and (w.snoozed_until <= ${today}::date or (w.seen_on, w.score, w.value_at_risk, w.clv, w.evidence, w.play)
          is distinct from (${asOf}::date, f.score, f.value_at_risk, f.clv, f.evidence, f.play)))
    select (count(*) filter (where is_found))::int as renewed, (count(*) filter (where not is_found))::int as gone
    from standing`.execute(db);
  return rows[0]!;
}

/** Raises what begins, the most valuable first, up to the limit of a day; the rest is summed up. */
export async function raiseWarnings(db: Db, set: SetDetector, from: LookFrom): Promise<Begun> {
  const { detector, mostAtOnce } = set;
  const { asOf, today, runId } = from;
  const looks = looksOn(detector, dayOfLook(detector, from));
  const { rows } = await sql<Begun>`
    with begun as materialized (${beginning(set, looks, today)}),
    first as materialized (
      select customer_id from begun order by value_at_risk desc, customer_id
      limit (select greatest(0, ${mostAtOnce}::int - count(*)) from warning w
        where w.detector_id = ${detector.id} and w.raised_on = ${asOf}::date and w.status in ('open', 'snoozed'))),
    raised as (
      insert into warning (customer_id, owner_id, team_id, detector_id, status, score, value_at_risk, clv, evidence,
        play, raised_on, due_on, seen_on)
      select c.customer_id, c.owner_id, c.team_id, ${detector.id}, 'open', f.score, f.value_at_risk, coalesce(s.clv, 0),
        f.evidence, f.play, ${asOf}::date, ${today}::date + f.due_days, ${asOf}::date
      from first
        join customer c on c.customer_id = first.customer_id
        cross join lateral (
          select * from (${warningLooks(set, looks)}) l where l.customer_id = first.customer_id offset 0) f
        left join customer_score s on s.valuation_run_id = ${runId}::bigint and s.customer_id = c.customer_id
      returning customer_id)
    select (select count(*) from raised)::int as raised, count(*)::int as folded,
      coalesce(sum(value_at_risk), 0) as "foldedValue"
    from begun where customer_id not in (select customer_id from first)`.execute(db);
  return rows[0]!;
}

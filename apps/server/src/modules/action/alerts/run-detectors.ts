import { minorDigits } from '@kezi/tabular';
import { sql, type RawBuilder } from 'kysely';
import { unnest } from '../../../platform/db/unnest.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { emitEvent } from '../../../platform/events/emit-event.js';
import type { JobContext } from '../../../platform/jobs/define-job.js';
import type { Platform } from '../../../platform/platform.js';
import { readSettings } from '../../people/settings/index.js';
import {
  basisQuery,
  lastOrderDay,
  latestPublishedRuns,
  type ValueBasis,
} from '../../insight/valuation/index.js';
import { readDetectors, type SetDetector } from './detector-settings.js';
import { forgetOthers, lookAgain, takeChanges, type LookFrom } from './look-again.js';

/** What a run did by one detector. */
export interface DetectorCount {
  raised: number;
  renewed: number;
  gone: number;
  /** Over the limit of what may be raised at once: summed up, not listed one by one. */
  folded: number;
  foldedValue: number;
  /** Customers who were looked at again; null: everybody. */
  looked: number | null;
  milliseconds: number;
}

/** The figures that warnings are made from; null before the first valuation. */
export async function lookFrom(db: Db, today: string): Promise<LookFrom | null> {
  const { latest, previous } = await latestPublishedRuns(db);
  if (latest === null) return null;
  const lastDay = await lastOrderDay(db);
  const { baseCurrency } = await readSettings(db);
  const { rows } = await sql<{ basis: ValueBasis }>`${sql.raw(basisQuery)}`.execute(db);
  return {
    runId: latest.valuationRunId,
    previousRunId: previous?.valuationRunId ?? null,
    asOf: lastDay !== null && lastDay > latest.asOf ? lastDay : latest.asOf,
    today,
    currency: baseCurrency,
    basis: rows[0]!.basis,
    minorUnit: 10 ** (minorDigits(baseCurrency) ?? 2),
  };
}

/**
 * Of `looks`, those that warn, in `found`, with whose the customers are and what the policy says of their tier: who is below
 * the threshold of the own tier is not found.
 */
export async function findAmong(
  db: Db,
  set: SetDetector,
  runId: number,
  looks: RawBuilder<unknown>,
): Promise<void> {
  const { detector, threshold, dueDays, play, tiers } = set;
  const byTier = unnest('t', {
    tier_id: { type: 'int', values: tiers.map((tier) => tier.tierId) },
    is_on: { type: 'boolean', values: tiers.map((tier) => tier.isOn) },
    threshold: { type: 'float8', values: tiers.map((tier) => tier.threshold) },
    due_days: { type: 'int', values: tiers.map((tier) => tier.dueDays) },
    play: { type: 'text', values: tiers.map((tier) => tier.play) },
  });
  const reached =
    detector.isYesNo === true ? sql`true` : sql`f.score >= coalesce(t.threshold, ${threshold}::float8)`;
  await sql`drop table if exists found`.execute(db);
  await sql`
    create temp table found on commit drop as
    select f.customer_id, c.owner_id, c.team_id, f.score, f.value_at_risk as at_risk, f.evidence, coalesce(s.clv, 0) as clv,
      coalesce(t.due_days, ${dueDays}::int) as due_days, coalesce(t.play, ${play}::text) as play
    from ${looks} f
      join customer c on c.customer_id = f.customer_id
      left join register_entry e on e.customer_id = f.customer_id
      left join ${byTier} on t.tier_id = e.tier_id
      left join customer_score s on s.valuation_run_id = ${runId}::bigint and s.customer_id = f.customer_id
    where f.score is not null and f.value_at_risk is not null and coalesce(t.is_on, true) and ${reached}`.execute(
    db,
  );
  await sql`analyze found`.execute(db);
}

/** Warnings that begin: found, not there yet, and not dealt with a short while ago. */
export const begins = (set: SetDetector, asOf: string) => sql`
  select f.* from found f
  where not exists (
    select from warning w where w.customer_id = f.customer_id and w.detector_id = ${set.detector.id}
      and (w.status in ('open', 'snoozed') or (w.status in ('handled', 'false-alarm')
        and w.closed_at::date + ${set.detector.quietDays}::int > ${asOf}::date)))`;

const changedRows = (result: { numAffectedRows?: bigint }) => Number(result.numAffectedRows ?? 0);

async function settle(db: Db, set: SetDetector, from: LookFrom, atAll: boolean): Promise<DetectorCount> {
  const { today } = from;
  const began = performance.now();
  const { id } = set.detector;
  const looked = await lookAgain(db, set, from, atAll);
  const looks = sql`(select * from warning_look where detector_id = ${id} and score is not null)`;
  await findAmong(db, set, from.runId, looks);
  const gone = await sql`
    update warning w set status = 'gone', closed_at = now(), updated_at = now(), row_version = row_version + 1
    where w.detector_id = ${id} and w.status in ('open', 'snoozed')
      and not exists (select from found f where f.customer_id = w.customer_id)`.execute(db);
  const renewed = await sql`
    update warning w set score = f.score, value_at_risk = f.at_risk, clv = f.clv, evidence = f.evidence, play = f.play,
      times_seen = w.times_seen + (w.seen_on < ${from.asOf}::date)::int, seen_on = ${from.asOf}::date, updated_at = now(),
      status = case when w.snoozed_until <= ${today}::date then 'open' else w.status end,
      snoozed_until = case when w.snoozed_until <= ${today}::date then null else w.snoozed_until end
    from found f where w.customer_id = f.customer_id and w.detector_id = ${id} and w.status in ('open', 'snoozed')`.execute(
    db,
  );
  const { rows } = await sql<{ raised: number; folded: number; value: number }>`
    with begun as (
      select b.*, row_number() over (order by at_risk desc, customer_id)
        + (select count(*) from warning w where w.detector_id = ${id} and w.raised_on = ${from.asOf}::date
            and w.status in ('open', 'snoozed')) as place
      from (${begins(set, today)}) b),
    raised as (
      insert into warning (customer_id, owner_id, team_id, detector_id, status, score, value_at_risk, clv, evidence,
        play, raised_on, due_on, seen_on)
      select customer_id, owner_id, team_id, ${id}, 'open', score, at_risk, clv, evidence, play, ${from.asOf}::date,
        ${today}::date + due_days, ${from.asOf}::date
      from begun where place <= ${set.mostAtOnce} returning 1)
    select (select count(*) from raised)::int as raised,
      count(*) filter (where place > ${set.mostAtOnce})::int as folded,
      coalesce(sum(at_risk) filter (where place > ${set.mostAtOnce}), 0) as value
    from begun`.execute(db);
  const counted = rows[0]!;
  return {
    raised: counted.raised,
    renewed: changedRows(renewed),
    gone: changedRows(gone),
    folded: counted.folded,
    foldedValue: counted.value,
    looked,
    milliseconds: Math.round(performance.now() - began),
  };
}

/** Sorting the order days of a million customers in memory takes a third of what it takes on disk. */
const sortMemory = '192MB';

/**
 * Asks every detector that is on, of the customers of whom it may say something else than in the run before, or of everybody
 * when that is wished for: the result is the same. All warnings of a run come at once, or none: readers see the warnings before
 * it or after. A second run on the same day finds what is there and raises nothing twice, nor what the first one summed up.
 */
export async function runDetectors(
  job: JobContext,
  platform: Platform,
  { today, atAll }: { today: string; atAll: boolean },
): Promise<Record<string, DetectorCount> | null> {
  const from = await job.asSystem((db) => lookFrom(db, today));
  if (from === null) return null;
  const detectors = (await job.asSystem(readDetectors)).filter(({ isOn }) => isOn);
  const ids = detectors.map(({ detector }) => detector.id);
  await job.report({ stage: 'publish', done: 0, total: detectors.length });
  return job.asSystem(async (db) => {
    await sql.raw(`set local work_mem = '${sortMemory}'`).execute(db);
    await takeChanges(db);
    await forgetOthers(db, ids);
    const counts: Record<string, DetectorCount> = {};
    for (const set of detectors) {
      job.signal.throwIfAborted();
      counts[set.detector.id] = await settle(db, set, from, atAll);
    }
    await sql`
      update warning set status = 'gone', closed_at = now(), row_version = row_version + 1
      where status in ('open', 'snoozed') and not detector_id = any (${ids}::text[])`.execute(db);
    await sql`
      insert into warning_run (as_of, valuation_run_id, status, counts, job_id, created_by, finished_at)
      values (${from.asOf}::date, ${from.runId}::bigint, 'done', ${JSON.stringify(counts)}::jsonb, ${job.jobId}::bigint,
        ${job.userId}::int, ${platform.clock.now().toISOString()}::timestamptz)`.execute(db);
    await emitEvent(db, 'warning.changed', { customerId: null }, { audience: 'all' });
    await emitEvent(db, 'warnings.ran', { asOf: from.asOf });
    return counts;
  });
}

import { minorDigits } from '@kezi/tabular';
import { detectInLake, lakeDetectors, type LakeHits } from '@kezi/valuation';
import { sql } from 'kysely';
import { unnest, type Column } from '../../../platform/db/unnest.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { emitEvent } from '../../../platform/events/emit-event.js';
import type { JobContext } from '../../../platform/jobs/define-job.js';
import type { Platform } from '../../../platform/platform.js';
import { readSettings } from '../../people/settings/index.js';
import { freshenLake, lastOrderDay, latestPublishedRuns } from '../../insight/valuation/index.js';
import type { Looking } from './detector.js';
import { lowestThreshold, readDetectors, type SetDetector } from './detector-settings.js';

/** What a run did by one detector. */
export interface DetectorCount {
  raised: number;
  renewed: number;
  gone: number;
  /** Over the limit of what may be raised at once: summed up, not listed one by one. */
  folded: number;
  foldedValue: number;
  milliseconds: number;
}

/** The figures that warnings are made from; null before the first valuation. */
export async function lookFrom(db: Db, today: string): Promise<Omit<Looking, 'threshold'> | null> {
  const { latest, previous } = await latestPublishedRuns(db);
  if (latest === null) return null;
  const lastDay = await lastOrderDay(db);
  const { baseCurrency } = await readSettings(db);
  return {
    runId: latest.valuationRunId,
    previousRunId: previous?.valuationRunId ?? null,
    asOf: lastDay !== null && lastDay > latest.asOf ? lastDay : latest.asOf,
    today,
    minorUnit: 10 ** (minorDigits(baseCurrency) ?? 2),
  };
}

/** Looks at the orders for those detectors that need it. */
export async function hitsInLake(
  platform: Platform,
  detectors: readonly SetDetector[],
  asOf: string,
  signal: AbortSignal,
): Promise<LakeHits[]> {
  const wanted = detectors.flatMap((set) => {
    const found = lakeDetectors.find(({ id }) => id === set.detector.lake);
    return found === undefined ? [] : [{ detector: found, threshold: lowestThreshold(set) }];
  });
  if (wanted.length === 0) return [];
  const { folders } = platform;
  return detectInLake({ folder: folders.lake, workFolder: folders.temp, signal, asOf, detectors: wanted });
}

/** Keeps what was found in the lake for this transaction, in `lake_hit`. */
export async function keepHits(db: Db, hits: readonly LakeHits[]): Promise<void> {
  await sql`
    create temp table lake_hit (detector_id text, customer_id bigint, score float8, evidence jsonb) on commit drop`.execute(
    db,
  );
  for (const { detector, customerIds, score, evidence } of hits) {
    if (customerIds.length === 0) continue;
    const names = lakeDetectors.find(({ id }) => id === detector)?.evidence ?? [];
    const columns: Record<string, Column> = {
      customer_id: { type: 'bigint', values: customerIds },
      score: { type: 'float8', values: [...score] },
    };
    names.forEach((_, i) => (columns[`e${i}`] = { type: 'float8', values: [...evidence[i]!] }));
    const pairs = names.map((name, i) => sql`${name}::text, ${sql.id(`e${i}`)}`);
    await sql`
      insert into lake_hit select ${detector}, customer_id, score, jsonb_build_object(${sql.join(pairs)})
      from ${unnest('h', columns)}`.execute(db);
  }
}

/**
 * What a detector finds now, in `found`, with whose the customers are and what the policy says of their tier: who is below the
 * threshold of the own tier is not found.
 */
export async function findNow(db: Db, set: SetDetector, from: Omit<Looking, 'threshold'>): Promise<void> {
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
    select f.customer_id, c.owner_id, c.team_id, f.score, f.at_risk, f.evidence, coalesce(s.clv, 0) as clv,
      coalesce(t.due_days, ${dueDays}::int) as due_days, coalesce(t.play, ${play}::text) as play
    from (${detector.find({ ...from, threshold: lowestThreshold(set) })}) f
      join customer c on c.customer_id = f.customer_id
      left join register_entry e on e.customer_id = f.customer_id
      left join ${byTier} on t.tier_id = e.tier_id
      left join customer_score s on s.valuation_run_id = ${from.runId}::bigint and s.customer_id = f.customer_id
    where f.at_risk is not null and coalesce(t.is_on, true) and ${reached}`.execute(db);
}

/** Warnings that begin: found, not there yet, and not dealt with a short while ago. */
export const begins = (set: SetDetector, asOf: string) => sql`
  select f.* from found f
  where not exists (
    select from warning w where w.customer_id = f.customer_id and w.detector_id = ${set.detector.id}
      and (w.status in ('open', 'snoozed') or (w.status in ('handled', 'false-alarm')
        and w.closed_at::date + ${set.detector.quietDays}::int > ${asOf}::date)))`;

const changedRows = (result: { numAffectedRows?: bigint }) => Number(result.numAffectedRows ?? 0);

async function settle(db: Db, set: SetDetector, from: Omit<Looking, 'threshold'>): Promise<DetectorCount> {
  const { today } = from;
  const began = performance.now();
  const { id } = set.detector;
  await findNow(db, set, from);
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
    with begun as (select b.*, row_number() over (order by at_risk desc, customer_id) as place from (${begins(set, today)}) b),
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
    milliseconds: Math.round(performance.now() - began),
  };
}

/**
 * Asks every detector that is on. All warnings of a run come at once, or none: readers see the warnings before it or after.
 * A second run on the same day finds what is there and raises nothing twice.
 */
export async function runDetectors(
  job: JobContext,
  platform: Platform,
  today: string,
): Promise<Record<string, DetectorCount> | null> {
  const from = await job.asSystem((db) => lookFrom(db, today));
  if (from === null) return null;
  const detectors = (await job.asSystem(readDetectors)).filter(({ isOn }) => isOn);
  await job.report({ stage: 'extract', done: 0, total: 1 });
  await freshenLake(platform, job.signal);
  const hits = await hitsInLake(platform, detectors, from.asOf, job.signal);
  await job.report({ stage: 'publish', done: 0, total: detectors.length });
  return job.asSystem(async (db) => {
    await keepHits(db, hits);
    const counts: Record<string, DetectorCount> = {};
    for (const set of detectors) {
      job.signal.throwIfAborted();
      counts[set.detector.id] = await settle(db, set, from);
    }
    await sql`
      update warning set status = 'gone', closed_at = now(), row_version = row_version + 1
      where status in ('open', 'snoozed') and not detector_id = any (${detectors.map(({ detector }) => detector.id)}::text[])`.execute(
      db,
    );
    await sql`
      insert into warning_run (as_of, valuation_run_id, status, counts, job_id, created_by, finished_at)
      values (${from.asOf}::date, ${from.runId}::bigint, 'done', ${JSON.stringify(counts)}::jsonb, ${job.jobId}::bigint,
        ${job.userId}::int, ${platform.clock.now().toISOString()}::timestamptz)`.execute(db);
    await emitEvent(db, 'warning.changed', { customerId: null }, { audience: 'all' });
    await emitEvent(db, 'warnings.ran', { asOf: from.asOf });
    return counts;
  });
}

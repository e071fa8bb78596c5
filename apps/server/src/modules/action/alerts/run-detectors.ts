import { minorDigits } from '@kezi/contract/currencies';
import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { emitEvent } from '../../../platform/events/emit-event.js';
import type { JobContext } from '../../../platform/jobs/define-job.js';
import type { Platform } from '../../../platform/platform.js';
import { readSettings } from '../../people/settings/index.js';
import { basisQuery, latestPublishedRuns, type ValueBasis } from '../../insight/valuation/index.js';
import { readDetectors, type SetDetector } from './detector-settings.js';
import { forgetOthers, lookAgain, takeChanges, type LookFrom } from './look-again.js';
import { raiseWarnings, renewWarnings, type Begun, type Standing } from './raise-warnings.js';

/** What a run did by one detector. */
export interface DetectorCount extends Standing, Begun {
  /** Customers who were looked at again; null: everybody. */
  looked: number | null;
  milliseconds: number;
}

/** The figures that warnings are made from; null before the first valuation. */
export async function lookFrom(db: Db, today: string): Promise<LookFrom | null> {
  const { latest, previous } = await latestPublishedRuns(db);
  if (latest === null) return null;
  // Days after the run alone: found in an index, where the last of all would be looked for in every order.
  const { rows: later } = await sql<{ day: string | null }>`
    select max(ordered_on) as day from customer_order where ordered_on > ${latest.asOf}::date`.execute(db);
  const { baseCurrency } = await readSettings(db);
  const { rows } = await sql<{ basis: ValueBasis }>`${sql.raw(basisQuery)}`.execute(db);
  return {
    runId: latest.valuationRunId,
    previousRunId: previous?.valuationRunId ?? null,
    asOf: later[0]?.day ?? latest.asOf,
    today,
    currency: baseCurrency,
    basis: rows[0]!.basis,
    isAwaited: false,
    minorUnit: 10 ** minorDigits(baseCurrency),
  };
}

async function settle(db: Db, set: SetDetector, from: LookFrom, atAll: boolean): Promise<DetectorCount> {
  const began = performance.now();
  const looked = await lookAgain(db, set, from, atAll);
  const standing = await renewWarnings(db, set, from);
  const begun = await raiseWarnings(db, set, from);
  return { ...standing, ...begun, looked, milliseconds: Math.round(performance.now() - began) };
}

/** Whether anything that warnings are made from may be other than in the run before; a day that passed is nothing new. */
async function hasNews(db: Db, { asOf, runId }: LookFrom): Promise<boolean> {
  const { rows } = await sql<{ has: boolean }>`
    select exists (select from changed) or not exists (
      select from (select as_of, valuation_run_id from warning_run order by warning_run_id desc limit 1) last
      where last.as_of = ${asOf}::date and last.valuation_run_id = ${runId}::bigint) as has`.execute(db);
  return rows[0]!.has;
}

/** Sorting the order days of a million customers in memory takes a third of what it takes on disk. */
const sortMemory = '192MB';

/**
 * Asks every detector that is on, of the customers of whom it may say something else than in the run before, or of everybody
 * when that is wished for: the result is the same. All warnings of a run come at once, or none: readers see the warnings before
 * it or after. By day an end of a week may be
 * left to the night, see `spendFall`. A second run on the same day finds what is there and raises nothing twice, nor what the first one summed up.
 */
export async function runDetectors(
  job: JobContext,
  platform: Platform,
  { today, atAll, atNight }: { today: string; atAll: boolean; atNight: boolean },
): Promise<Record<string, DetectorCount> | null> {
  const looked = await job.asSystem((db) => lookFrom(db, today));
  if (looked === null) return null;
  const from = { ...looked, isAwaited: !atAll && !atNight };
  const detectors = (await job.asSystem(readDetectors)).filter(({ isOn }) => isOn);
  const ids = detectors.map(({ detector }) => detector.id);
  await job.report({ stage: 'publish', done: 0, total: detectors.length });
  return job.asSystem(async (db) => {
    await sql.raw(`set local work_mem = '${sortMemory}'`).execute(db);
    await takeChanges(db);
    const isNew = atAll || (await hasNews(db, from));
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
    await emitEvent(db, 'warnings.ran', { asOf: from.asOf, hasNews: isNew });
    return counts;
  });
}

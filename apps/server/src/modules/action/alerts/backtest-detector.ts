import type { DetectorBacktestRow } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import {
  backtestDetectors,
  lakeDetectors,
  openLake,
  withLake,
  type CutsOf,
  type LakeDetectorId,
} from '@kezi/valuation';
import type { Platform } from '../../../platform/platform.js';
import { backtestRecords } from './backtest-records.js';
import { cutsThen } from './cuts-then.js';
import type { SetDetector } from './detector-settings.js';
import { getDetector } from './list-detectors.js';
import { lookFrom } from './run-detectors.js';

/** Longer than a million customers take. */
const patienceMs = 120_000;

async function backtestLake(
  platform: Platform,
  lakeId: LakeDetectorId,
  set: SetDetector,
  signal: AbortSignal,
): Promise<DetectorBacktestRow> {
  const wanted = lakeDetectors.filter((detector) => detector.id === lakeId);
  // The first valuation makes it.
  if ((await openLake(platform.folders.lake)) === null) throw new CodedError('alerts.no_scores_conflict');
  let tiersOfToday: number | null = null;
  const cutsOf: CutsOf = async (customerIds, days) => {
    const then = await platform.db.asSystem((db) => cutsThen(db, set, customerIds.map(Number), days));
    tiersOfToday = then.daysOfToday;
    return then.cuts;
  };
  const cutting = { threshold: set.threshold, cutsOf: set.tiers.length > 0 ? cutsOf : undefined };
  const [report] = await withLake(
    {
      folder: platform.folders.lake,
      workFolder: platform.folders.temp,
      signal,
    },
    (engine, lake) => backtestDetectors(engine, lake, wanted, cutting),
  );
  return { ...report!, tiersOfToday };
}

async function ask(
  platform: Platform,
  set: SetDetector,
  today: string,
  signal: AbortSignal,
): Promise<DetectorBacktestRow> {
  const { past } = set.detector;
  switch (past.kind) {
    case 'lake':
      return backtestLake(platform, past.detector, set, signal);
    case 'fact':
      throw new CodedError('alerts.backtest_fact');
    case 'training':
      throw new CodedError('alerts.backtest_training');
    default:
      return backtestRecords(platform, set, (db) => lookFrom(db, today), signal);
  }
}

/**
 * Asks a detector on past days of the organisation's own data, as the lake or PostgreSQL has them, with the threshold that the
 * organisation has set for all and for tiers: that of the tier which the customer had on the day.
 * @param today for what runs on without orders
 * @param gone ends it: whoever asked does not wait any more
 * @throws CodedError alerts.detector_not_found, alerts.no_scores_conflict, alerts.history_short, alerts.backtest_fact,
 *   alerts.backtest_training, alerts.backtest_given_up, alerts.backtest_too_long, alerts.backtest_lake_conflict, and those of
 *   `backtestRecords`
 */
export async function backtestDetector(
  platform: Platform,
  id: string,
  today: string,
  gone: AbortSignal,
): Promise<DetectorBacktestRow> {
  const set = await platform.db.asSystem((db) => getDetector(db, id));
  const late = AbortSignal.timeout(patienceMs);
  try {
    return await ask(platform, set, today, AbortSignal.any([gone, late]));
  } catch (error) {
    if (gone.aborted) throw new CodedError('alerts.backtest_given_up');
    if (late.aborted) throw new CodedError('alerts.backtest_too_long', { seconds: patienceMs / 1000 });
    // An earlier version's lake counts as damaged too: the reader is told what makes it anew.
    if (error instanceof CodedError && error.code === 'valuation.lake_damaged') {
      throw new CodedError('alerts.backtest_lake_conflict');
    }
    throw error;
  }
}

import type { DetectorBacktestRow } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { backtestDetectors, lakeDetectors, openLake, withLake, type LakeDetectorId } from '@kezi/valuation';
import type { Platform } from '../../../platform/platform.js';
import { backtestRecords } from './backtest-records.js';
import { findDetector } from './detector.js';
import { readDetectors } from './detector-settings.js';
import { lookFrom } from './run-detectors.js';

/** Longer than a million customers take. */
const patienceMs = 120_000;

async function backtestLake(
  platform: Platform,
  lakeId: LakeDetectorId,
  threshold: number,
): Promise<DetectorBacktestRow> {
  const wanted = lakeDetectors.filter((detector) => detector.id === lakeId);
  // The first valuation makes it.
  if ((await openLake(platform.folders.lake)) === null) throw new CodedError('alerts.no_scores_conflict');
  const [report] = await withLake(
    {
      folder: platform.folders.lake,
      workFolder: platform.folders.temp,
      signal: AbortSignal.timeout(patienceMs),
    },
    (engine, lake) => backtestDetectors(engine, lake, wanted, threshold),
  );
  return report!;
}

/**
 * Asks a detector on past days of the organisation's own data, as the lake or PostgreSQL has them, with the threshold that the
 * organisation has set. What a tier has of its own is left out: nobody knows the tiers of then.
 * @param today for what runs on without orders
 * @throws CodedError alerts.detector_not_found, alerts.no_scores_conflict, alerts.history_short, alerts.backtest_fact,
 *   alerts.backtest_training, valuation.lake_damaged, and those of `backtestRecords`
 */
export async function backtestDetector(
  platform: Platform,
  id: string,
  today: string,
): Promise<DetectorBacktestRow> {
  const detector = findDetector(id);
  if (!detector) throw new CodedError('alerts.detector_not_found', { detector: id });
  const { past } = detector;
  const set = (await platform.db.asSystem(readDetectors)).find((one) => one.detector.id === id);
  const threshold = set?.threshold ?? 1;
  switch (past.kind) {
    case 'lake':
      return backtestLake(platform, past.detector, threshold);
    case 'fact':
      throw new CodedError('alerts.backtest_fact');
    case 'training':
      throw new CodedError('alerts.backtest_training');
    default:
      return backtestRecords(platform, { detector, threshold }, (db) => lookFrom(db, today));
  }
}

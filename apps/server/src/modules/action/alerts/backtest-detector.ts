import type { DetectorBacktestRow } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { backtestDetectors, lakeDetectors, openLake, withLake } from '@kezi/valuation';
import type { Platform } from '../../../platform/platform.js';
import { findDetector } from './detector.js';

/** Longer than a million customers take. */
const patienceMs = 120_000;

/**
 * Asks a detector on past days of the organisation's own orders, as the lake has them.
 * @throws CodedError alerts.detector_not_found, alerts.no_scores_conflict, alerts.history_short, valuation.lake_damaged
 */
export async function backtestDetector(platform: Platform, id: string): Promise<DetectorBacktestRow> {
  const lakeId = findDetector(id)?.lake;
  const wanted = lakeDetectors.filter((detector) => detector.id === lakeId);
  if (wanted.length === 0) throw new CodedError('alerts.detector_not_found', { detector: id });
  // The first valuation makes it.
  if ((await openLake(platform.folders.lake)) === null) throw new CodedError('alerts.no_scores_conflict');
  const [report] = await withLake(
    {
      folder: platform.folders.lake,
      workFolder: platform.folders.temp,
      signal: AbortSignal.timeout(patienceMs),
    },
    (engine, lake) => backtestDetectors(engine, lake, wanted),
  );
  return report!;
}

import type { DetectorPatch, DetectorPreview } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import type { Platform } from '../../../platform/platform.js';
import { changed, getDetector } from './list-detectors.js';
import { lookAtAll } from './look-again.js';
import { countBeginning } from './raise-warnings.js';
import { lookFrom } from './run-detectors.js';

/**
 * What a detector would raise now if it were on and set so.
 * @throws CodedError alerts.detector_not_found, alerts.no_scores_conflict
 */
export async function previewDetector(
  platform: Platform,
  id: string,
  wish: Pick<DetectorPatch, 'threshold' | 'tiers'>,
  today: string,
): Promise<DetectorPreview> {
  const { threshold, tiers } = wish;
  const told = await platform.db.asSystem(
    async (db) => {
      const set = changed(await getDetector(db, id), { rowVersion: 0, threshold, tiers });
      const from = await lookFrom(db, today);
      if (from === null) throw new CodedError('alerts.no_scores_conflict');
      const begun = await countBeginning(db, set, await lookAtAll(db, set, from), today);
      return { ...begun, mostAtOnce: set.mostAtOnce, asOf: from.asOf };
    },
    { statementTimeoutMs: 120_000 },
  );
  const { value: valueAtRisk, ...found } = told;
  return { ...found, valueAtRisk };
}

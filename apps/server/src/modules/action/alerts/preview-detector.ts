import type { DetectorPatch, DetectorPreview } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import type { Platform } from '../../../platform/platform.js';
import { changed, getDetector } from './list-detectors.js';
import { begins, findNow, hitsInLake, keepHits, lookFrom } from './run-detectors.js';

/**
 * What a detector would raise now if it were on and set so. The orders are as the lake has them: of the last valuation or
 * warning run.
 * @throws CodedError alerts.detector_not_found, alerts.no_scores_conflict
 */
export async function previewDetector(
  platform: Platform,
  id: string,
  wish: Pick<DetectorPatch, 'threshold' | 'tiers'>,
  today: string,
): Promise<DetectorPreview> {
  const { threshold, tiers } = wish;
  const asked = await platform.db.asSystem(async (db) => ({
    set: changed(await getDetector(db, id), { rowVersion: 0, threshold, tiers }),
    from: await lookFrom(db, today),
  }));
  const { set, from } = asked;
  if (from === null) throw new CodedError('alerts.no_scores_conflict');
  const hits = await hitsInLake(platform, [set], from.asOf, AbortSignal.timeout(60_000));
  const { count, value } = await platform.db.asSystem(
    async (db) => {
      await keepHits(db, hits);
      await findNow(db, set, from);
      const { rows } = await sql<{ count: number; value: number }>`
        select count(*)::int as count, coalesce(sum(at_risk), 0) as value from (${begins(set, today)}) b`.execute(
        db,
      );
      return rows[0]!;
    },
    { statementTimeoutMs: 120_000 },
  );
  return { count, valueAtRisk: value, mostAtOnce: set.mostAtOnce, asOf: from.asOf };
}

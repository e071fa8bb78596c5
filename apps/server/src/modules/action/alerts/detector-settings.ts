import type { DetectorTier } from '@kezi/contract';
import type { Db } from '../../../platform/db/scoped-db.js';
import { allDetectors, type Detector } from './detector.js';

/** A detector with what the organisation has set; what nobody has set is as it was declared. */
export interface SetDetector {
  detector: Detector;
  isOn: boolean;
  threshold: number;
  mostAtOnce: number;
  dueDays: number;
  /** Null: the words of the detector. */
  play: string | null;
  /** Where a tier differs from the rest, the highest tier first. */
  tiers: DetectorTier[];
  rowVersion: number;
}

const mostAtOnce = 500;

async function readTiers(db: Db): Promise<Map<string, DetectorTier[]>> {
  const rows = await db
    .selectFrom('detector_tier as d')
    .innerJoin('tier', 'tier.tier_id', 'd.tier_id')
    .select([
      'd.detector_id as detectorId',
      'd.tier_id as tierId',
      'd.is_on as isOn',
      'd.threshold',
      'd.due_days as dueDays',
      'd.play',
    ])
    .orderBy('tier.tier_set_id')
    .orderBy('tier.rank')
    .execute();
  const byDetector = new Map<string, DetectorTier[]>();
  for (const { detectorId, ...row } of rows) {
    byDetector.set(detectorId, [...(byDetector.get(detectorId) ?? []), row]);
  }
  return byDetector;
}

export async function readDetectors(db: Db): Promise<SetDetector[]> {
  const rows = await db.selectFrom('detector_setting').selectAll().execute();
  const byId = new Map(rows.map((row) => [row.detector_id, row]));
  const tiers = await readTiers(db);
  return allDetectors().map((detector) => {
    const row = byId.get(detector.id);
    return {
      detector,
      isOn: row?.is_on ?? detector.isOn,
      threshold: row?.threshold ?? 1,
      mostAtOnce: row?.most_at_once ?? mostAtOnce,
      dueDays: row?.due_days ?? detector.dueDays,
      play: row?.play ?? null,
      tiers: tiers.get(detector.id) ?? [],
      rowVersion: row?.row_version ?? 0,
    };
  });
}

/** The lowest threshold of any tier: below it nobody needs to be looked at. */
export function lowestThreshold({ threshold, tiers }: SetDetector): number {
  return Math.min(threshold, ...tiers.map((tier) => (tier.isOn ? (tier.threshold ?? threshold) : threshold)));
}

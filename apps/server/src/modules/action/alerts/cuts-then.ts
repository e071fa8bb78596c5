import type { Db } from '../../../platform/db/scoped-db.js';
import { tiersThen } from '../../policy/tiers/index.js';
import type { SetDetector } from './detector-settings.js';

interface CutsThen {
  /** A day after the other, each in the order of the customers; infinite: the detector is off for the tier. */
  cuts: Float64Array;
  /** Days of which no tier is known: that of today stands in. */
  daysOfToday: number;
}

/** The cut of customers without a tier, or of one that differs in nothing. */
export const commonCut = ({ detector, threshold }: SetDetector): number =>
  detector.isYesNo === true ? 1 : threshold;

/** From which score on a detector warns of each customer on each past day, by the tier that the customer had then. */
export async function cutsThen(
  db: Db,
  set: SetDetector,
  customerIds: readonly number[],
  days: readonly string[],
): Promise<CutsThen> {
  const common = commonCut(set);
  const byTier = new Map<number | null, number>(
    set.tiers.map(({ tierId, isOn, threshold }) => [
      tierId,
      isOn ? (set.detector.isYesNo === true ? 1 : (threshold ?? common)) : Number.POSITIVE_INFINITY,
    ]),
  );
  const tiers = await tiersThen(db, customerIds, days);
  const cuts = new Float64Array(days.length * customerIds.length);
  for (const [place, { tierIds }] of tiers.entries()) {
    for (const [number, tierId] of tierIds.entries()) {
      cuts[place * customerIds.length + number] = byTier.get(tierId) ?? common;
    }
  }
  return { cuts, daysOfToday: tiers.filter(({ isOfToday }) => isOfToday).length };
}

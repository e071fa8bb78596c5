import { FEATURE_CELLS, type HistogramMemory } from './histograms.js';
import type { DerivativeUnits } from './loss-derivatives.js';

/** Limits on a tree. */
export interface TreeLimits {
  depth: number;
  leaves: number;
  learningRate: number;
  /** Added to a leaf's sum of second derivatives: draws its value towards 0. */
  ridge: number;
  /** Sum of p (1 - p) that a leaf needs at least: 5 are 20 rows at p = 1/2 and 500 at p = 1/100. */
  minimumLeafWeight: number;
  /** Loss that a split must save. */
  minimumGain: number;
}

/** Sums of first and second derivatives of the loss, in whole numbers of their units. */
export interface Sums {
  first: number;
  second: number;
}

export interface Split {
  feature: number;
  /** Values in bins up to this one go left. */
  bin: number;
  missingLeft: boolean;
  gain: number;
  left: Sums;
}

/**
 * Best split of a node from its histogram: over all columns and bins the largest gain
 * 1/2 (GL^2 / (HL + r) + GR^2 / (HR + r) - G^2 / (H + r)), missing values on either side.
 * Source: Chen & Guestrin 2016, eq. 7 and algorithm 3. Of equal gains the first column and bin are taken. Null where no
 * split is worth its while. `lastBins`: the last bin of each column. About 2 ns a bin.
 */
export function bestSplit(
  memory: HistogramMemory,
  slot: number,
  total: Sums,
  units: DerivativeUnits,
  lastBins: Uint16Array,
  limits: TreeLimits,
): Split | null {
  const { histograms, features, used } = memory;
  // In whole numbers: G^2 / (H + r) of the true sums is unit^2 / unitH times that of the whole ones with r / unitH.
  const ridge = limits.ridge / units.second;
  const least = Math.max(1, limits.minimumLeafWeight / units.second);
  const toGain = units.first ** 2 / units.second / 2;
  const worth = (first: number, second: number): number => (first * first) / (second + ridge);
  const whole = worth(total.first, total.second);
  let best: Split | null = null;
  let height = limits.minimumGain / toGain;
  const offer = (feature: number, bin: number, missingLeft: boolean, left: Sums): void => {
    if (left.second < least || total.second - left.second < least) return;
    const gain =
      worth(left.first, left.second) + worth(total.first - left.first, total.second - left.second) - whole;
    if (gain <= height) return;
    height = gain;
    best = { feature, bin, missingLeft, gain: gain * toGain, left: { ...left } };
  };
  const left = { first: 0, second: 0 };
  for (let feature = 0; feature < features; feature++) {
    if (used[feature] === 0) continue;
    const origin = (slot * features + feature) * FEATURE_CELLS;
    const last = lastBins[feature]!;
    const missing = { first: histograms[origin]!, second: histograms[origin + 1]! };
    // Where training has seen no missing value, one goes with the heavier side.
    const seen = missing.second > 0 || missing.first !== 0;
    for (let side = 0; side < (seen ? 2 : 1); side++) {
      left.first = side === 1 ? missing.first : 0;
      left.second = side === 1 ? missing.second : 0;
      for (let bin = 1; bin < last; bin++) {
        left.first += histograms[origin + 2 * bin]!;
        left.second += histograms[origin + 2 * bin + 1]!;
        offer(feature, bin, seen ? side === 1 : 2 * left.second >= total.second, left);
      }
    }
    if (!seen) continue;
    // Known against missing: all known values on the left.
    left.first = total.first - missing.first;
    left.second = total.second - missing.second;
    offer(feature, last, false, left);
  }
  return best;
}

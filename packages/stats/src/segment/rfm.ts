/** The eight groups of Chinese practice, by recency, frequency and monetary value above or below the middle. */
export type RfmSegment =
  | 'important-value'
  | 'important-develop'
  | 'important-retain'
  | 'important-win-back'
  | 'general-value'
  | 'general-develop'
  | 'general-retain'
  | 'general-win-back';

export interface RfmCuts {
  /** Cut-points of time since the last order: a long time scores low. */
  recency: number[];
  frequency: number[];
  monetary: number[];
}

export interface RfmScores {
  recency: Uint8Array;
  frequency: Uint8Array;
  monetary: Uint8Array;
}

/** Columns of equal length: time since the last order (any unit), number of orders, amount. */
export interface RfmColumns {
  sinceLastOrder: Float64Array;
  frequency: Float64Array;
  monetary: Float64Array;
}

/**
 * Inner cut-points that split a column into `bins` parts: quantiles at 1/bins, 2/bins ... by linear interpolation
 * (Hyndman & Fan 1996, type 7). Equal cut-points mean that a score is never given. Empty input gives no cut-points.
 * RangeError unless bins is a whole number >= 2. Sorts once.
 */
export function rfmCuts(values: ArrayLike<number>, bins = 5): number[] {
  const sorted = Float64Array.from(values).sort();
  return rfmCutsOfCounts(sorted, new Float64Array(sorted.length).fill(1), bins);
}

/** The same for values in rising order, each with the number of customers who have it. One pass. */
export function rfmCutsOfCounts(values: ArrayLike<number>, counts: ArrayLike<number>, bins = 5): number[] {
  if (!Number.isInteger(bins) || bins < 2) throw new RangeError(`rfmCuts needs at least 2 bins, got ${bins}`);
  /** Customers up to and with each value. */
  const reached = new Float64Array(counts.length);
  let size = 0;
  for (let i = 0; i < counts.length; i++) reached[i] = size += counts[i]!;
  if (size === 0) return [];
  const valueAt = (rank: number): number => values[firstAbove(reached, rank)]!;
  return Array.from({ length: bins - 1 }, (_, i) => {
    const position = ((size - 1) * (i + 1)) / bins;
    const below = Math.floor(position);
    const low = valueAt(below);
    const high = valueAt(Math.min(below + 1, size - 1));
    return low + (high - low) * (position - below);
  });
}

/** First index of a rising column whose value is above `bound`. */
function firstAbove(rising: Float64Array, bound: number): number {
  let low = 0;
  let high = rising.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rising[middle]! > bound) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * Score of a value, 1 ... cuts.length + 1: one more than the number of cut-points below it, so a value on a
 * cut-point stays in the lower group. Ties rule: equal values always have the same score, so groups need not be of
 * equal size, and where most customers ordered once, all of them score 1. For time since the last order give
 * `reversed`: cuts.length + 1 is then the most recent.
 */
export function rfmScore(value: number, cuts: readonly number[], reversed = false): number {
  let passed = 0;
  for (const cut of cuts) if (value > cut) passed++;
  return reversed ? cuts.length + 1 - passed : passed + 1;
}

function scoreColumn(values: Float64Array, cuts: readonly number[], reversed: boolean): Uint8Array {
  return Uint8Array.from(values, (value) => rfmScore(value, cuts, reversed));
}

/**
 * RFM scores of all customers by quantiles of each column (Hughes 1994; the rule for ties is rfmScore's). Returns the
 * cut-points too, so that SQL can apply the same rule. RangeError when columns differ in length. O(n log n).
 */
export function rfmScores(columns: RfmColumns, bins = 5): { cuts: RfmCuts; scores: RfmScores } {
  const { sinceLastOrder, frequency, monetary } = columns;
  if (frequency.length !== sinceLastOrder.length || monetary.length !== sinceLastOrder.length) {
    throw new RangeError('RFM columns differ in length');
  }
  const cuts = {
    recency: rfmCuts(sinceLastOrder, bins),
    frequency: rfmCuts(frequency, bins),
    monetary: rfmCuts(monetary, bins),
  };
  return {
    cuts,
    scores: {
      recency: scoreColumn(sinceLastOrder, cuts.recency, true),
      frequency: scoreColumn(frequency, cuts.frequency, false),
      monetary: scoreColumn(monetary, cuts.monetary, false),
    },
  };
}

/**
 * Group of a customer with these scores: high is a score above `middle` (default 3, the mean of quintile scores, so
 * 4 and 5 are high). Important = high amount; value / develop / retain / win-back by recency and frequency.
 */
export function rfmSegment(recency: number, frequency: number, monetary: number, middle = 3): RfmSegment {
  const worth = monetary > middle ? 'important' : 'general';
  if (recency > middle) return frequency > middle ? `${worth}-value` : `${worth}-develop`;
  return frequency > middle ? `${worth}-retain` : `${worth}-win-back`;
}

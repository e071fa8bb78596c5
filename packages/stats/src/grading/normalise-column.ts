/** How values of any size become shares of 0 to 1. */
export type Normalisation =
  /** The share of customers below, ties in the middle of their places. An outlier is only one place further. */
  | { kind: 'percentile' }
  /** In a straight line from `low` to `high`, cut off beyond; left out, they are the 1st and 99th percentile. */
  | { kind: 'min-max'; low?: number | undefined; high?: number | undefined }
  /** The same of log(1 + value), with the sign of the value: every doubling counts alike. */
  | { kind: 'log'; low?: number | undefined; high?: number | undefined }
  /** The share of the last step reached, steps in rising order; below the first, 0, or 1 where less is better and shares fall. */
  | { kind: 'thresholds'; steps: readonly { from: number; share: number }[] };

export interface NormalisedColumn {
  /** 0 to 1, 1 the best; NaN where the value is a hole. */
  shares: Float64Array;
  holes: number;
  /** Every customer has the same value: the column tells nobody from anybody. */
  isConstant: boolean;
}

const tail = 0.01;

/** In a straight line between neighbours (Hyndman & Fan 1996, type 7). */
function quantile(sorted: Float64Array, share: number): number {
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)]!;
  return below + (sorted[Math.ceil(place)]! - below) * (place - Math.floor(place));
}

/** Values between two that are looked at first: those of a million fit the fastest memory of a processor. */
const stride = 256;

/** Finds the place of a value among distinct sorted ones. */
function placeIn(distinct: Float64Array): (value: number) => number {
  const coarse = new Float64Array(Math.ceil(distinct.length / stride));
  for (let i = 0; i < coarse.length; i++) coarse[i] = distinct[i * stride]!;
  return (value) => {
    let low = 0;
    let high = coarse.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (coarse[middle]! > value) high = middle - 1;
      else low = middle;
    }
    low *= stride;
    high = Math.min(low + stride, distinct.length) - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (distinct[middle]! < value) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

/** The place of each value among the sorted, ties in their middle, as a share of the way from the first to the last. */
function percentiles(sorted: Float64Array): (value: number) => number {
  const last = sorted.length - 1;
  if (last < 1) return () => 0.5;
  const distinct = new Float64Array(sorted.length);
  const shares = new Float64Array(sorted.length);
  let count = 0;
  for (let first = 0, end = 0; first <= last; first = ++end) {
    const value = sorted[first]!;
    while (end < last && sorted[end + 1] === value) end++;
    distinct[count] = value;
    shares[count++] = (first + end) / 2 / last;
  }
  const find = placeIn(distinct.subarray(0, count));
  return (value) => shares[find(value)]!;
}

/** From `low` to `high`; where the tails leave no room (nearly all are alike), from the least to the largest. */
function straightLine(
  sorted: Float64Array,
  low: number | undefined,
  high: number | undefined,
): (value: number) => number {
  let from = low ?? quantile(sorted, tail);
  let to = high ?? quantile(sorted, 1 - tail);
  if (!(to > from)) {
    from = low ?? sorted[0]!;
    to = high ?? sorted.at(-1)!;
  }
  const span = to - from;
  if (!(span > 0)) return (value) => (value > to ? 1 : value < from ? 0 : 0.5);
  return (value) => Math.min(1, Math.max(0, (value - from) / span));
}

const signedLog = (value: number): number => Math.sign(value) * Math.log1p(Math.abs(value));

type Steps = readonly { from: number; share: number }[];

function stairs(steps: Steps, direction: 'more' | 'less'): (value: number) => number {
  const falls = steps.every((step, i) => step.share <= (steps[i - 1]?.share ?? 1));
  const below = direction === 'less' && falls ? 1 : 0;
  return (value) => {
    let reached = below;
    for (const step of steps) if (value >= step.from) reached = step.share;
    return reached;
  };
}

type Bounded = Exclude<Normalisation, { kind: 'thresholds' }>;

function scaleOf(how: Bounded, sorted: Float64Array): (value: number) => number {
  if (how.kind === 'percentile') return percentiles(sorted);
  if (how.kind === 'min-max') return straightLine(sorted, how.low, how.high);
  const bound = (value: number | undefined) => (value === undefined ? undefined : signedLog(value));
  const line = straightLine(sorted.map(signedLog), bound(how.low), bound(how.high));
  return (value) => line(signedLog(value));
}

/** A loop: `filter` with a function takes five times as long. */
function finiteOf(values: Float64Array): Float64Array {
  const found = new Float64Array(values.length);
  let count = 0;
  for (let i = 0; i < values.length; i++) if (Number.isFinite(values[i])) found[count++] = values[i]!;
  return found.subarray(0, count);
}

/**
 * A column on the scale of 0 to 1. With 'less' the smallest value is the best. Where all values are equal everybody gets the
 * middle (by thresholds what the steps say). Holes stay holes. A larger value never gets a smaller share ('more'), whatever
 * the others have. O(n log n).
 */
export function normaliseColumn(
  values: Float64Array,
  how: Normalisation,
  direction: 'more' | 'less' = 'more',
): NormalisedColumn {
  const sorted = finiteOf(values).sort();
  const shares = new Float64Array(values.length);
  const holes = values.length - sorted.length;
  if (sorted.length === 0) return { shares: shares.fill(Number.NaN), holes, isConstant: true };
  const isDirected = how.kind === 'thresholds';
  const scale = isDirected ? stairs(how.steps, direction) : scaleOf(how, sorted);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) shares[i] = Number.NaN;
    else shares[i] = direction === 'more' || isDirected ? scale(value) : 1 - scale(value);
  }
  return { shares, holes, isConstant: sorted[0] === sorted.at(-1) };
}

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

function firstNotBelow(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The place of each value among the sorted, ties in their middle, as a share of the way from the first to the last. */
function percentiles(values: Float64Array, sorted: Float64Array): (value: number) => number {
  const last = sorted.length - 1;
  if (last < 1) return () => 0.5;
  // Many customers share a value (none bought twice): each is looked up once.
  const known = new Map<number, number>();
  const mayRepeat = values.length > 64;
  return (value) => {
    const before = mayRepeat ? known.get(value) : undefined;
    if (before !== undefined) return before;
    const first = firstNotBelow(sorted, value);
    let end = first;
    if (sorted[first + 1] === value) end = lastNotAbove(sorted, value, first);
    const share = (first + end) / 2 / last;
    if (mayRepeat && end > first) known.set(value, share);
    return share;
  };
}

function lastNotAbove(sorted: Float64Array, value: number, from: number): number {
  let low = from;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (sorted[middle]! > value) high = middle - 1;
    else low = middle;
  }
  return low;
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

function scaleOf(how: Bounded, values: Float64Array, sorted: Float64Array): (value: number) => number {
  if (how.kind === 'percentile') return percentiles(values, sorted);
  if (how.kind === 'min-max') return straightLine(sorted, how.low, how.high);
  const bound = (value: number | undefined) => (value === undefined ? undefined : signedLog(value));
  const line = straightLine(sorted.map(signedLog), bound(how.low), bound(how.high));
  return (value) => line(signedLog(value));
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
  const sorted = values.filter((value) => Number.isFinite(value)).sort();
  const shares = new Float64Array(values.length);
  const holes = values.length - sorted.length;
  if (sorted.length === 0) return { shares: shares.fill(Number.NaN), holes, isConstant: true };
  const isDirected = how.kind === 'thresholds';
  const scale = isDirected ? stairs(how.steps, direction) : scaleOf(how, values, sorted);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) shares[i] = Number.NaN;
    else shares[i] = direction === 'more' || isDirected ? scale(value) : 1 - scale(value);
  }
  return { shares, holes, isConstant: sorted[0] === sorted.at(-1) };
}

import {
  normalQuantile,
  probabilityAlive,
  scorePurchases,
  valueQuantiles,
  type PurchaseModel,
  type PurchaseSummary,
  type SpendModel,
} from '@kezi/stats';

/*
 * scorePurchases for hundreds of thousands of triples. What a living customer will do depends on his frequency x and age
 * T alone; recency enters only through P(alive), which has a closed form. So for each x a few ages are scored exactly and
 * everything between them is interpolated in y = ln(alpha + T), in which all of it is smooth:
 * - orders and discounted orders of a living customer: Chebyshev points, relative error below 1e-6;
 * - the distribution of value given that there is some order: ln of its quantiles, linear in y and in the normal
 *   quantile z of the level; about 2 % of the value, less than what the intervals themselves promise.
 */

/** Columns of scorePurchases that a valuation needs. */
export interface ManyScores {
  pAlive: Float64Array;
  expectedOrders: Float64Array;
  discountedOrders: Float64Array;
  /** Times expected spend: the ends of the 80 % interval of clv, and the variance of the factor. */
  valueLow: Float64Array;
  valueHigh: Float64Array;
  valueVariance: Float64Array;
}

export interface ManyOptions {
  horizon: number;
  discountPerUnit: number;
  spend: SpendModel;
}

/** Frequencies with fewer triples than this are scored one by one: a grid would cost more. */
const WORTH_A_GRID = 400;
const CHEBYSHEV_POINTS = 12;
const QUANTILE_AGES = 9;
const LOWEST_Z = -3.5;
/** z of the 10 % and 90 % points: an 80 % interval. */
const Z90 = 1.2815515655446004;
const QUANTILE_STEPS = 18;
const Z_STEP = (Z90 - LOWEST_Z) / QUANTILE_STEPS;
const TAIL = 0.1;

/** What is kept of one frequency. */
interface Grid {
  alpha: number;
  from: number;
  span: number;
  /** Chebyshev points in [0, 1] and values there: ln orders, discount, second moment of value, given alive. */
  lnOrders: Float64Array;
  discount: Float64Array;
  moment: Float64Array;
  /** ln of the quantiles given some order, an age after the other. */
  lnQuantiles: Float64Array;
}

const points = Float64Array.from(
  { length: CHEBYSHEV_POINTS },
  (_, k) => 0.5 - 0.5 * Math.cos((Math.PI * (k + 0.5)) / CHEBYSHEV_POINTS),
);
const pointWeights = Float64Array.from(
  { length: CHEBYSHEV_POINTS },
  (_, k) => (k % 2 === 0 ? 1 : -1) * Math.sin((Math.PI * (k + 0.5)) / CHEBYSHEV_POINTS),
);
/** Shares of each point at the place last asked for: barycentric interpolation, Berrut & Trefethen 2004, eq. 4.2. */
const shares = new Float64Array(CHEBYSHEV_POINTS);

function setShares(place: number): void {
  let total = 0;
  for (let k = 0; k < CHEBYSHEV_POINTS; k++) {
    // A place on a point gets all of that point; one rounding beside it is as good.
    const distance = place - points[k]!;
    const share = pointWeights[k]! / (Math.abs(distance) < 1e-14 ? 1e-14 : distance);
    shares[k] = share;
    total += share;
  }
  for (let k = 0; k < CHEBYSHEV_POINTS; k++) shares[k]! /= total;
}

function valueAt(values: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < CHEBYSHEV_POINTS; k++) sum += shares[k]! * values[k]!;
  return sum;
}

/** Probability that a living customer places no order within the horizon. */
function lnNone(model: PurchaseModel, x: number, rate: number, horizon: number): number {
  return -(model.parameters.r + x) * Math.log1p(horizon / rate);
}

/** Exact scores of customers with frequency x who ordered just now, at the given ages. */
function scoreJustNow(model: PurchaseModel, x: number, ages: Float64Array, options: ManyOptions) {
  const frequency = new Float64Array(ages.length).fill(x);
  const recency = x === 0 ? new Float64Array(ages.length) : ages;
  return scorePurchases(model, { frequency, recency, age: ages }, options);
}

function buildGrid(model: PurchaseModel, x: number, range: [number, number], options: ManyOptions): Grid {
  const { alpha } = model.parameters;
  const from = Math.log(alpha + range[0]);
  const span = Math.max(1e-9, Math.log(alpha + range[1]) - from);
  const ageAt = (place: number): number => Math.exp(from + span * place) - alpha;
  const exact = scoreJustNow(
    model,
    x,
    points.map((place) => Math.max(0, ageAt(place))),
    options,
  );
  const discount = exact.discountedOrders.map((discounted, k) => discounted / exact.expectedOrders[k]!);
  const lnOrders = exact.expectedOrders.map((mean, k) => Math.log(mean / exact.pAlive[k]!));
  const moment = exact.valueVariance.map(
    (variance, k) => (variance / discount[k]! ** 2 + exact.expectedOrders[k]! ** 2) / exact.pAlive[k]!,
  );
  const lnQuantiles = new Float64Array(QUANTILE_AGES * (QUANTILE_STEPS + 1));
  for (let i = 0; i < QUANTILE_AGES; i++) {
    const age = Math.max(0, ageAt(i / (QUANTILE_AGES - 1)));
    fillQuantiles(lnQuantiles, i * (QUANTILE_STEPS + 1), model, x, age, options);
  }
  return { alpha, from, span, lnOrders, discount, moment, lnQuantiles };
}

/**
 * Quantiles of value given some order, read off the intervals of a customer of this age: with probability `some` of any
 * order, the share u of those with orders lies at the level (1 - some) + u some.
 */
function fillQuantiles(
  target: Float64Array,
  offset: number,
  model: PurchaseModel,
  x: number,
  age: number,
  options: ManyOptions,
): void {
  const recency = x === 0 ? 0 : age;
  const some =
    probabilityAlive(model, x, recency, age) *
    -Math.expm1(lnNone(model, x, model.parameters.alpha + age, options.horizon));
  const levels = quantileShares.map((share) => 1 - some + share * some);
  const quantiles = valueQuantiles(model, { x, tx: recency, T: age }, options, levels);
  for (let k = 0; k <= QUANTILE_STEPS; k++) target[offset + k] = Math.log(quantiles[k]!);
}

/** Distribution function of the normal, by bisection on its inverse: used for a few grid points only. */
function normalProbability(z: number): number {
  let [low, high] = [0, 1];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (normalQuantile(middle) < z) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Share of those with orders below each step of z. */
const quantileShares = Float64Array.from({ length: QUANTILE_STEPS + 1 }, (_, k) =>
  normalProbability(LOWEST_Z + k * Z_STEP),
);

/** Quantile of value at `level` when some order comes with probability `some`. */
function quantileAt(grid: Grid, place: number, some: number, level: number): number {
  const u = (level - (1 - some)) / some;
  if (!(u > 0)) return 0;
  const step = Math.min(QUANTILE_STEPS - 1e-9, Math.max(0, (normalQuantile(u) - LOWEST_Z) / Z_STEP));
  const age = Math.min(QUANTILE_AGES - 1 - 1e-9, Math.max(0, place * (QUANTILE_AGES - 1)));
  const [k, i] = [Math.floor(step), Math.floor(age)];
  const [dk, di] = [step - k, age - i];
  const at = i * (QUANTILE_STEPS + 1) + k;
  const q = grid.lnQuantiles;
  const lower = q[at]! + dk * (q[at + 1]! - q[at]!);
  const upper =
    q[at + QUANTILE_STEPS + 1]! + dk * (q[at + QUANTILE_STEPS + 2]! - q[at + QUANTILE_STEPS + 1]!);
  return Math.exp(lower + di * (upper - lower));
}

/** Columns of `ManyScores`. */
const names = [
  'pAlive',
  'expectedOrders',
  'discountedOrders',
  'valueLow',
  'valueHigh',
  'valueVariance',
] as const;

/** Where each frequency begins among triples that are sorted by it, and their end. */
export function frequencyStarts({ frequency }: PurchaseSummary): Int32Array {
  const starts: number[] = [];
  frequency.forEach((x, i) => {
    if (i === 0 || x !== frequency[i - 1]) starts.push(i);
  });
  return Int32Array.from([...starts, frequency.length]);
}

/** Scores the triples from `start` to `end`, which all have the same frequency. */
export function scoreFrequency(
  model: PurchaseModel,
  summary: PurchaseSummary,
  options: ManyOptions,
  scores: ManyScores,
  [start, end]: readonly [number, number],
): void {
  if (end - start >= WORTH_A_GRID) {
    scoreByGrid(model, summary, options, scores, start, end);
    return;
  }
  const part = (column: Float64Array): Float64Array => column.subarray(start, end);
  const exact = scorePurchases(
    model,
    { frequency: part(summary.frequency), recency: part(summary.recency), age: part(summary.age) },
    options,
  );
  for (const name of names) scores[name].set(exact[name], start);
}

function scoreByGrid(
  model: PurchaseModel,
  summary: PurchaseSummary,
  options: ManyOptions,
  scores: ManyScores,
  start: number,
  end: number,
): void {
  const x = summary.frequency[start]!;
  let [youngest, oldest] = [Number.POSITIVE_INFINITY, 0];
  for (let i = start; i < end; i++) {
    youngest = Math.min(youngest, summary.age[i]!);
    oldest = Math.max(oldest, summary.age[i]!);
  }
  const grid = buildGrid(model, x, [youngest, oldest], options);
  for (let i = start; i < end; i++) {
    const age = summary.age[i]!;
    const rate = grid.alpha + age;
    const place = (Math.log(rate) - grid.from) / grid.span;
    setShares(place);
    const pAlive = probabilityAlive(model, x, summary.recency[i]!, age);
    const mean = pAlive * Math.exp(valueAt(grid.lnOrders));
    const discount = valueAt(grid.discount);
    const some = pAlive * -Math.expm1(lnNone(model, x, rate, options.horizon));
    scores.pAlive[i] = pAlive;
    scores.expectedOrders[i] = mean;
    scores.discountedOrders[i] = mean * discount;
    scores.valueVariance[i] = discount ** 2 * Math.max(0, pAlive * valueAt(grid.moment) - mean * mean);
    scores.valueLow[i] = quantileAt(grid, place, some, TAIL);
    scores.valueHigh[i] = quantileAt(grid, place, some, 1 - TAIL);
  }
}

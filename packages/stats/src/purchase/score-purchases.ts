import { digamma, trigamma } from '../special/digamma.js';
import { normalQuantile } from '../special/normal.js';
import type { SpendModel } from '../spend/gamma-gamma.js';
import { countQuantile, countTail } from './count-distribution.js';
import { discountedCount } from './discounted-orders.js';
import { residualProcess, type PurchaseModel } from './purchase-model.js';
import { checkPurchaseSummary, type PurchaseSummary } from './purchase-summary.js';
import { countMoments, type CountMoments, type ResidualProcess } from './residual-process.js';

/*
 * Value of a customer = expected spend an order * value factor. The factor is the discounted number of orders, each
 * weighted by its spend relative to the customer's expected spend. Under Gamma-Gamma that relative spend depends on the
 * frequency alone, so the factor's whole distribution belongs to the triple (x, tx, T): it is worked out once a triple
 * and multiplied by each customer's expected spend.
 */

export interface ScoreOptions {
  /** Length of the future, in the model's unit of time. */
  horizon: number;
  /** Continuous discount rate a unit of time: ln(1 + yearly rate) / units a year. Default 0. */
  discountPerUnit?: number;
  /** Fitted spend model: adds the uncertainty of spend to value intervals. Without it an order is worth exactly its expected spend. */
  spend?: SpendModel | null;
  /** Probability held by the intervals, equal tails. Default 0.8. */
  level?: number;
}

/** One entry a triple, in the order of the input. */
export interface PurchaseScores {
  pAlive: Float64Array;
  expectedOrders: Float64Array;
  /** Discounted expected orders: times expected spend it is the clv. */
  discountedOrders: Float64Array;
  /** Predictive interval of the number of orders (exact quantiles). */
  ordersLow: Float64Array;
  ordersHigh: Float64Array;
  /** Predictive interval of the value factor: times expected spend it gives clv_low and clv_high. 0 where silence is likely. */
  valueLow: Float64Array;
  valueHigh: Float64Array;
  /** Variance of the value factor, for sums over customers; null entries do not occur: where spend has no variance (px + q <= 2) that of the orders alone is given. */
  valueVariance: Float64Array;
  /** Median, low and high of the wait from now to the next order, given alive; Infinity where it is beyond any horizon. */
  nextOrderMedian: Float64Array;
  nextOrderLow: Float64Array;
  nextOrderHigh: Float64Array;
}

/** Counts beyond which the distribution is taken from its first two moments: its steps no longer matter. */
const LONG_WALK = 400;

/** Moments of ln S where S is the sum of n spends in units of nu: digamma(pn), trigamma(pn); ln n and 0 without a spend model. */
class LogSums {
  readonly mean: number[] = [Number.NEGATIVE_INFINITY];
  readonly variance: number[] = [0];
  constructor(private readonly p: number | null) {}
  reach(n: number): void {
    for (let k = this.mean.length; k <= n; k++) {
      this.mean.push(this.p === null ? Math.log(k) : digamma(this.p * k));
      this.variance.push(this.p === null ? 0 : trigamma(this.p * k));
    }
  }
}

interface CountShape {
  /** P(K >= 1). */
  some: number;
  /** Mean and variance of ln S given K >= 1. */
  lnMean: number;
  lnVariance: number;
  low: number;
  high: number;
}

/** Walks P(K >= n) upwards from n = 1 and gathers quantiles and log-moments in one pass. */
function walkCounts(process: ResidualProcess, horizon: number, tail: number, sums: LogSums): CountShape {
  const { pAlive, shape, rate, a, b } = process;
  const z = horizon / (rate + horizon);
  let probability = Math.exp(-shape * Math.log1p(horizon / rate));
  let wouldBe = -Math.expm1(-shape * Math.log1p(horizon / rate));
  let survival = 1;
  let atLeast = pAlive * wouldBe;
  const some = atLeast;
  let [low, high] = [some <= 1 - tail ? 0 : -1, some <= tail ? 0 : -1];
  let [first, second] = [0, 0];
  for (let n = 1; atLeast > 1e-7 * some; n++) {
    sums.reach(n);
    probability *= ((shape + n - 1) / n) * z;
    wouldBe = Math.max(0, wouldBe - probability);
    survival *= a === 0 ? 1 : (b + n - 1) / (a + b + n - 1);
    const next = pAlive * survival * wouldBe;
    const exactly = atLeast - next;
    first += exactly * sums.mean[n]!;
    second += exactly * (sums.mean[n]! ** 2 + sums.variance[n]!);
    if (low < 0 && next <= 1 - tail) low = n;
    if (high < 0 && next <= tail) high = n;
    atLeast = next;
  }
  const lnMean = some > 0 ? first / some : 0;
  return {
    some,
    lnMean,
    lnVariance: some > 0 ? Math.max(0, second / some - lnMean * lnMean) : 0,
    low: Math.max(0, low),
    high: Math.max(0, high),
  };
}

/** The same for many orders, where K is taken as log-normal with its first two moments. */
function shapeFromMoments(
  process: ResidualProcess,
  horizon: number,
  tail: number,
  moments: CountMoments,
  p: number | null,
): CountShape {
  const some = countTail(process, 1, horizon);
  const mean = (process.pAlive * moments.first) / some;
  const square = (process.pAlive * (moments.second + moments.first)) / some;
  const variance = Math.log(Math.max(1, square / (mean * mean)));
  return {
    some,
    lnMean: Math.log(mean) - 0.5 * variance + (p === null ? 0 : Math.log(p)),
    lnVariance: variance + (p === null ? 0 : 1 / (p * mean)),
    low: countQuantile(process, horizon, tail),
    high: countQuantile(process, horizon, 1 - tail),
  };
}

/** Quantile of the value factor before discounting: a mass at zero, log-normal beyond. */
function factorQuantile(level: number, some: number, lnMean: number, lnSpread: number): number {
  const inside = (level - (1 - some)) / some;
  return inside > 0 && some > 0
    ? Math.exp(lnMean + lnSpread * normalQuantile(Math.min(inside, 1 - 1e-12)))
    : 0;
}

const columns = [
  'pAlive',
  'expectedOrders',
  'discountedOrders',
  'ordersLow',
  'ordersHigh',
  'valueLow',
  'valueHigh',
  'valueVariance',
  'nextOrderMedian',
  'nextOrderLow',
  'nextOrderHigh',
] as const;

/** Spread of spend relative to its expectation after x orders: within an order, and of the customer's mean. */
function relativeSpend(
  spend: SpendModel | null,
  x: number,
): { within: number; between: number; posterior: number | null } {
  if (spend === null) return { within: 0, between: 0, posterior: null };
  const { p, q } = spend.parameters;
  const posterior = p * x + q;
  if (posterior <= 1) return { within: 0, between: 0, posterior: null };
  if (posterior <= 2) return { within: 0, between: 0, posterior };
  return { within: (posterior - 1) / (posterior - 2) / p, between: 1 / (posterior - 2), posterior };
}

/**
 * Scores every triple: P(alive), expected and discounted orders, predictive intervals and the next order. The interval
 * is predictive: a customer's actual orders and value over the horizon fall inside with probability `level`, given the
 * parameters; for the uncertainty of a portfolio's total add valueVariance over customers and see drawParameters.
 * Intervals of orders are exact; those of value treat the positive part as log-normal with the exact mean and variance
 * of its logarithm (coverage 78-82 % for 80 % by simulation) and discount by the mean discount of the orders.
 * RangeError for an invalid summary or options. About 3 microseconds a triple.
 */
export function scorePurchases(
  model: PurchaseModel,
  triples: PurchaseSummary,
  options: ScoreOptions,
): PurchaseScores {
  checkPurchaseSummary(triples);
  const { horizon, discountPerUnit = 0, level = 0.8 } = options;
  const spend = options.spend ?? null;
  if (!(level > 0 && level < 1)) throw new RangeError(`level must lie in (0, 1), got ${level}`);
  const tail = (1 - level) / 2;
  const size = triples.frequency.length;
  const scores = Object.fromEntries(
    columns.map((name) => [name, new Float64Array(size)]),
  ) as unknown as PurchaseScores;
  const sums = new LogSums(spend === null ? null : spend.parameters.p);
  for (let i = 0; i < size; i++) {
    const x = triples.frequency[i]!;
    const process = residualProcess(model, x, triples.recency[i]!, triples.age[i]!);
    const { pAlive, shape, rate } = process;
    const moments = countMoments(process, horizon);
    const mean = pAlive * moments.first;
    const discounted = pAlive * discountedCount(process, horizon, discountPerUnit);
    const discount = mean > 0 ? discounted / mean : 1;
    scores.pAlive[i] = pAlive;
    scores.expectedOrders[i] = mean;
    scores.discountedOrders[i] = discounted;
    fillIntervals(scores, i, { process, horizon, tail, moments, sums, spend, x, discount });
    scores.nextOrderMedian[i] = rate * Math.expm1(Math.LN2 / shape);
    scores.nextOrderLow[i] = rate * Math.expm1(-Math.log1p(-tail) / shape);
    scores.nextOrderHigh[i] = rate * Math.expm1(-Math.log(tail) / shape);
  }
  return scores;
}

interface IntervalInput {
  process: ResidualProcess;
  horizon: number;
  tail: number;
  moments: CountMoments;
  sums: LogSums;
  spend: SpendModel | null;
  x: number;
  discount: number;
}

/** Interval columns of one triple. */
function fillIntervals(scores: PurchaseScores, i: number, input: IntervalInput): void {
  const { process, horizon, tail, moments, sums, spend, x, discount } = input;
  if (!(moments.first > 0)) return;
  const { within, between, posterior } = relativeSpend(spend, x);
  const { pAlive } = process;
  const long = moments.first + 10 * Math.sqrt(moments.second) > LONG_WALK;
  const shape = long
    ? shapeFromMoments(process, horizon, tail, moments, spend === null ? null : spend.parameters.p)
    : walkCounts(process, horizon, tail, sums);
  scores.ordersLow[i] = shape.low;
  scores.ordersHigh[i] = shape.high;
  const mean = pAlive * moments.first;
  const square = pAlive * (moments.second + moments.first);
  scores.valueVariance[i] = discount ** 2 * Math.max(0, mean * within + square * (1 + between) - mean * mean);
  if (spend === null || posterior === null) {
    scores.valueLow[i] = discount * shape.low;
    scores.valueHigh[i] = discount * shape.high;
    return;
  }
  const lnMean = shape.lnMean - digamma(posterior) + Math.log((posterior - 1) / spend.parameters.p);
  const lnSpread = Math.sqrt(shape.lnVariance + trigamma(posterior));
  scores.valueLow[i] = discount * factorQuantile(tail, shape.some, lnMean, lnSpread);
  scores.valueHigh[i] = discount * factorQuantile(1 - tail, shape.some, lnMean, lnSpread);
}

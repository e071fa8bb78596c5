import { digamma, trigamma } from '../special/digamma.js';
import type { SpendModel } from '../spend/gamma-gamma.js';
import { countQuantile } from './count-distribution.js';
import {
  fillCountMixture,
  fillMixtureFromTails,
  mixtureQuantile,
  newCountMixture,
  type CountMixture,
} from './count-mixture.js';
import { customerFuture } from './customer-models.js';
import { discountedCount } from './discounted-orders.js';
import { livingCounts, waitQuantile, type OtherModel } from './living-counts.js';
import { residualProcess, type PurchaseModel } from './purchase-model.js';
import { checkPurchaseSummary, type PurchaseSummary } from './purchase-summary.js';
import { countMoments, type CountMoments } from './residual-process.js';

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

function emptyScores(size: number): PurchaseScores {
  return Object.fromEntries(
    columns.map((name) => [name, new Float64Array(size)]),
  ) as unknown as PurchaseScores;
}

function tailOf(level: number): number {
  if (!(level > 0 && level < 1)) throw new RangeError(`level must lie in (0, 1), got ${level}`);
  return (1 - level) / 2;
}

/**
 * Scores every triple: P(alive), expected and discounted orders, predictive intervals and the next order. The interval
 * is predictive: a customer's actual orders and value over the horizon fall inside with probability `level`, given the
 * parameters; for the uncertainty of a portfolio's total add valueVariance over customers and see drawParameters.
 * Intervals of orders are exact; those of value are quantiles of a mixture over the number of orders (each tail
 * within 1.5 percentage points of its 10 % by simulation) and discount by the mean discount of the orders.
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
  const tail = tailOf(level);
  const size = triples.frequency.length;
  const scores = emptyScores(size);
  const mixture = newCountMixture(spend === null ? 1 : spend.parameters.p);
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
    if (moments.first > 0) {
      fillCountMixture(mixture, process, horizon, tail, moments);
      fillIntervals(scores, i, { pAlive, tail, moments, mixture, spend, x, discount });
    }
    scores.nextOrderMedian[i] = rate * Math.expm1(Math.LN2 / shape);
    scores.nextOrderLow[i] = rate * Math.expm1(-Math.log1p(-tail) / shape);
    scores.nextOrderHigh[i] = rate * Math.expm1(-Math.log(tail) / shape);
  }
  return scores;
}

/**
 * Quantiles of a customer's value factor at the given probabilities, of a model with spend: the distribution whose 10 %
 * and 90 % points scorePurchases gives. One mixture serves all of them. x, tx, T in the model's unit of time.
 */
export function valueQuantiles(
  model: PurchaseModel,
  customer: { x: number; tx: number; T: number },
  options: ScoreOptions & { spend: SpendModel },
  probabilities: ArrayLike<number>,
): Float64Array {
  const { horizon, discountPerUnit = 0, spend } = options;
  const process = residualProcess(model, customer.x, customer.tx, customer.T);
  const moments = countMoments(process, horizon);
  if (!(moments.first > 0)) return new Float64Array(probabilities.length);
  const discount = discountedCount(process, horizon, discountPerUnit) / moments.first;
  const { posterior } = relativeSpend(spend, customer.x);
  if (posterior === null) {
    return Float64Array.from(probabilities, (level) => discount * countQuantile(process, horizon, level));
  }
  const mixture = newCountMixture(spend.parameters.p);
  fillCountMixture(mixture, process, horizon, 0.1, moments);
  const { shift, shared } = spendShift(spend, posterior, discount);
  return Float64Array.from(probabilities, (level) => mixtureQuantile(mixture, level, shift, shared));
}

/** What a customer's mean spend adds to ln S: its mean and its variance. S in units of 1 / nu over the expected spend. */
function spendShift(
  spend: SpendModel,
  posterior: number,
  discount: number,
): { shift: number; shared: number } {
  return {
    shift: Math.log((discount * (posterior - 1)) / spend.parameters.p) - digamma(posterior),
    shared: trigamma(posterior),
  };
}

/** Models whose count distribution has a closed form. */
function hasClosedTails(model: PurchaseModel | OtherModel): model is PurchaseModel {
  return model.name === 'bg-nbd' || model.name === 'mbg-nbd' || model.name === 'nbd';
}

/**
 * The same for any model of time. Those that scorePurchases knows go its way; for the others counts are walked from the
 * posterior: orders exact to 1e-6 (Pareto/NBD) or 1e-11, intervals as there. The wait is that of those like him who are
 * alive now, of whom in a Pareto/NBD some leave before they order. 50 to 300 microseconds a triple.
 */
export function scoreCustomers(
  model: PurchaseModel | OtherModel,
  triples: PurchaseSummary,
  options: ScoreOptions,
): PurchaseScores {
  if (hasClosedTails(model)) return scorePurchases(model, triples, options);
  checkPurchaseSummary(triples);
  const { horizon, discountPerUnit = 0, level = 0.8 } = options;
  const spend = options.spend ?? null;
  const tail = tailOf(level);
  const scores = emptyScores(triples.frequency.length);
  const mixture = newCountMixture(spend === null ? 1 : spend.parameters.p);
  for (let i = 0; i < triples.frequency.length; i++) {
    const [x, tx, T] = [triples.frequency[i]!, triples.recency[i]!, triples.age[i]!];
    const future = customerFuture(model, x, tx, T);
    const counts = livingCounts(model, x, tx, T, horizon);
    const { pAlive, moments } = counts;
    const mean = future.expectedOrders(horizon);
    const discounted = future.discountedOrders(discountPerUnit, horizon);
    const discount = mean > 0 ? discounted / mean : 1;
    scores.pAlive[i] = pAlive;
    scores.expectedOrders[i] = mean;
    scores.discountedOrders[i] = discounted;
    if (moments.first > 0) {
      fillMixtureFromTails(mixture, counts, tail);
      fillIntervals(scores, i, { pAlive, tail, moments, mixture, spend, x, discount });
    }
    scores.nextOrderMedian[i] = waitQuantile(counts, 0.5);
    scores.nextOrderLow[i] = waitQuantile(counts, tail);
    scores.nextOrderHigh[i] = waitQuantile(counts, 1 - tail);
  }
  return scores;
}

interface IntervalInput {
  pAlive: number;
  tail: number;
  moments: CountMoments;
  mixture: CountMixture;
  spend: SpendModel | null;
  x: number;
  discount: number;
}

/** Interval columns of one triple, whose mixture is filled and who may order. */
function fillIntervals(scores: PurchaseScores, i: number, input: IntervalInput): void {
  const { pAlive, tail, moments, mixture, spend, x, discount } = input;
  const { within, between, posterior } = relativeSpend(spend, x);
  scores.ordersLow[i] = mixture.low;
  scores.ordersHigh[i] = mixture.high;
  const mean = pAlive * moments.first;
  const square = pAlive * (moments.second + moments.first);
  scores.valueVariance[i] = discount ** 2 * Math.max(0, mean * within + square * (1 + between) - mean * mean);
  if (spend === null || posterior === null) {
    scores.valueLow[i] = discount * mixture.low;
    scores.valueHigh[i] = discount * mixture.high;
    return;
  }
  const { shift, shared } = spendShift(spend, posterior, discount);
  scores.valueLow[i] = mixtureQuantile(mixture, tail, shift, shared);
  scores.valueHigh[i] = mixtureQuantile(mixture, 1 - tail, shift, shared);
}

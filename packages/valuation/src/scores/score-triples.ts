import {
  naiveOrders,
  scorePurchases,
  timeToNextOrder,
  type PurchaseModel,
  type PurchaseSummary,
  type SpendModel,
} from '@kezi/stats';
import type { Rule } from '../models/choose-rule.js';
import { scoreManyTriples, type ManyScores } from './score-many-triples.js';

/** Scores of each triple; NaN stands for 'no such figure' and is written as null. */
export interface TripleScores {
  pAlive: Float64Array;
  expectedOrders: Float64Array;
  discountedOrders: Float64Array;
  /** Times expected spend: the ends of the 80 % interval of clv, and the variance of the factor. */
  valueLow: Float64Array;
  valueHigh: Float64Array;
  valueVariance: Float64Array;
  /** Median wait to the next order in time units; NaN where it makes no sense to name a day. */
  nextOrder: Float64Array;
}

/** Below this P(alive) a next order is less likely than none, and naming its day would mislead. */
const LIKELY_ALIVE = 0.5;

interface ScoreTriplesOptions {
  horizon: number;
  discountPerUnit: number;
  spend: SpendModel | null;
  /** Waits beyond this are not named, in time units. */
  longestWait: number;
}

export function scoreTriples(
  rule: Rule,
  summary: PurchaseSummary,
  options: ScoreTriplesOptions,
): TripleScores {
  if (rule.model === null) return scoreNaively(summary, options);
  const { model } = rule;
  const scores = scoreByModel(model, summary, options);
  const nextOrder = scores.pAlive.map((pAlive, i) => {
    if (pAlive < LIKELY_ALIVE) return Number.NaN;
    const wait = timeToNextOrder(model, summary.frequency[i]!, summary.recency[i]!, summary.age[i]!);
    return wait <= options.longestWait ? wait : Number.NaN;
  });
  return { ...scores, nextOrder };
}

/** From this many triples on they are scored on a grid, at a twentieth of the cost. */
const MANY = 20_000;

function scoreByModel(
  model: PurchaseModel,
  summary: PurchaseSummary,
  options: ScoreTriplesOptions,
): ManyScores {
  const { horizon, discountPerUnit, spend } = options;
  if (spend !== null && summary.frequency.length >= MANY) {
    return scoreManyTriples(model, summary, { horizon, discountPerUnit, spend });
  }
  return scorePurchases(model, summary, { horizon, discountPerUnit, spend });
}

/** z of the 10 % and 90 % points of the normal distribution. */
const Z80 = 1.2815515655446004;

/**
 * The naive rule: everybody goes on at his own past rate, orders arriving at random (Poisson). It knows nothing of
 * P(alive), which stays empty. Discounting is that of a constant stream.
 */
function scoreNaively(summary: PurchaseSummary, options: ScoreTriplesOptions): TripleScores {
  const { horizon, discountPerUnit: rate, longestWait } = options;
  const discount = rate > 0 ? -Math.expm1(-rate * horizon) / (rate * horizon) : 1;
  const expectedOrders = summary.frequency.map((x, i) => naiveOrders(x, summary.age[i]!, horizon));
  const discountedOrders = expectedOrders.map((mean) => mean * discount);
  return {
    pAlive: new Float64Array(summary.frequency.length).fill(Number.NaN),
    expectedOrders,
    discountedOrders,
    valueLow: discountedOrders.map((mean, i) =>
      Math.max(0, mean - Z80 * discount * Math.sqrt(expectedOrders[i]!)),
    ),
    valueHigh: discountedOrders.map((mean, i) => mean + Z80 * discount * Math.sqrt(expectedOrders[i]!)),
    valueVariance: expectedOrders.map((mean) => mean * discount * discount),
    nextOrder: expectedOrders.map((mean) => {
      const wait = (Math.LN2 * horizon) / mean;
      return mean > 0 && wait <= longestWait ? wait : Number.NaN;
    }),
  };
}

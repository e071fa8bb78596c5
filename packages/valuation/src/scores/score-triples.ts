import {
  naiveOrders,
  scorePurchases,
  type OtherModel,
  type PurchaseModel,
  type PurchaseSummary,
  type SpendModel,
} from '@kezi/stats';
import type { Rule } from '../models/choose-rule.js';
import type { FittedPurchaseModel } from '../models/fit-purchase.js';
import { scoreInCells } from './score-in-cells.js';
import { frequencyStarts } from './score-many-triples.js';
import { scoreOneByOne } from './score-one-by-one.js';
import {
  fillWaits,
  nameable,
  scoreTabledPieces,
  TAIL,
  type TabledRequest,
  type TripleScores,
} from './score-tabled.js';
import { openThreads } from '../threads/open-threads.js';
import { sharedCounter, sharedDoubles, sharedSummary } from '../threads/shared-columns.js';

export interface ScoreTriplesOptions {
  horizon: number;
  discountPerUnit: number;
  spend: SpendModel | null;
  /** Waits beyond this are not named, in time units. */
  longestWait: number;
  /** Season and drift ahead: expected orders are multiplied by it. 1 where there is nothing to correct. */
  correction: number;
  /** Cores that score models without tables. */
  threads: number;
}

/** From this many triples on they are scored on a grid or in cells, at a twentieth of the cost. */
const MANY = 20_000;
/** From this many on a helper saves more than the quarter of a second that it takes to start. */
const WORTH_HELPERS = 300_000;

/** Whether triples share the scores of a cell: they are many, and the model has no tables of its own. */
export function isScoredOnCells({ model }: Rule, summary: PurchaseSummary): boolean {
  return model !== null && !isTabled(model) && summary.frequency.length >= MANY;
}

function isTabled(model: FittedPurchaseModel): model is PurchaseModel {
  return model.name === 'bg-nbd' || model.name === 'mbg-nbd' || model.name === 'nbd';
}

/** Scores each triple. */
export async function scoreTriples(
  rule: Rule,
  summary: PurchaseSummary,
  options: ScoreTriplesOptions,
): Promise<TripleScores> {
  if (rule.model === null) return scoreNaively(summary, options);
  const { model } = rule;
  const scores = isTabled(model)
    ? await scoreTabled(model, summary, options)
    : await scoreOthers(model, summary, options);
  return corrected(scores, options.correction);
}

const columnNames = [
  'pAlive',
  'expectedOrders',
  'discountedOrders',
  'valueLow',
  'valueHigh',
  'valueVariance',
  'nextOrder',
  'nextOrderLow',
  'nextOrderHigh',
] as const satisfies readonly (keyof TripleScores)[];

async function scoreTabled(
  model: PurchaseModel,
  summary: PurchaseSummary,
  options: ScoreTriplesOptions,
): Promise<TripleScores> {
  const { horizon, discountPerUnit, spend, longestWait } = options;
  const size = summary.frequency.length;
  if (spend !== null && size >= MANY) {
    const threads = size >= WORTH_HELPERS ? options.threads : 1;
    return scoreManyTabled(model, summary, { ...options, spend, threads });
  }
  const waits = { nextOrder: none(size), nextOrderLow: none(size), nextOrderHigh: none(size) };
  const scores = { ...scorePurchases(model, summary, { horizon, discountPerUnit, spend }), ...waits };
  fillWaits(model, summary, longestWait, scores, [0, size]);
  return scores;
}

const none = (size: number): Float64Array => new Float64Array(size).fill(Number.NaN);

/** Triples sorted by frequency, on so many threads; the same bytes on any number of them. */
export async function scoreManyTabled(
  model: PurchaseModel,
  summary: PurchaseSummary,
  { horizon, discountPerUnit, longestWait, spend, threads }: ScoreTriplesOptions & { spend: SpendModel },
): Promise<TripleScores> {
  const request: TabledRequest = {
    model,
    triples: sharedSummary(summary),
    starts: frequencyStarts(summary),
    options: { horizon, discountPerUnit, spend },
    longestWait,
    scores: Object.fromEntries(
      columnNames.map((name) => [name, sharedDoubles(summary.frequency.length)]),
    ) as unknown as TripleScores,
    next: sharedCounter(),
  };
  const helpers = await openThreads(threads);
  try {
    await helpers.apart(
      () => ({ kind: 'score-tabled', request }),
      () => scoreTabledPieces(request),
    );
    return request.scores;
  } finally {
    await helpers.close();
  }
}

async function scoreOthers(
  model: OtherModel,
  summary: PurchaseSummary,
  options: ScoreTriplesOptions,
): Promise<TripleScores> {
  const { horizon, discountPerUnit, spend, longestWait, threads } = options;
  const given = { horizon, discountPerUnit, spend };
  const scores =
    summary.frequency.length >= MANY
      ? await scoreInCells(model, summary, given, threads)
      : await scoreOneByOne(model, summary, given, threads);
  const named = (waits: Float64Array): Float64Array =>
    waits.map((wait, i) => nameable(wait, scores.pAlive[i]!, longestWait));
  return {
    ...scores,
    nextOrder: named(scores.nextOrderMedian),
    nextOrderLow: named(scores.nextOrderLow),
    nextOrderHigh: named(scores.nextOrderHigh),
  };
}

/** Expected orders times a factor, and value with them; the next order stays, whose day no yearly factor tells. */
function corrected(scores: TripleScores, factor: number): TripleScores {
  if (factor === 1) return scores;
  const times = (column: Float64Array, by: number): Float64Array => column.map((value) => value * by);
  return {
    ...scores,
    expectedOrders: times(scores.expectedOrders, factor),
    discountedOrders: times(scores.discountedOrders, factor),
    valueLow: times(scores.valueLow, factor),
    valueHigh: times(scores.valueHigh, factor),
    valueVariance: times(scores.valueVariance, factor ** 2),
  };
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
  // Waits of a Poisson stream: exponential.
  const waits = (shareOfMean: number): Float64Array =>
    expectedOrders.map((mean) => {
      const wait = (shareOfMean * horizon) / mean;
      return mean > 0 && wait <= longestWait ? wait : Number.NaN;
    });
  return {
    pAlive: new Float64Array(summary.frequency.length).fill(Number.NaN),
    expectedOrders,
    discountedOrders,
    valueLow: discountedOrders.map((mean, i) =>
      Math.max(0, mean - Z80 * discount * Math.sqrt(expectedOrders[i]!)),
    ),
    valueHigh: discountedOrders.map((mean, i) => mean + Z80 * discount * Math.sqrt(expectedOrders[i]!)),
    valueVariance: expectedOrders.map((mean) => mean * discount * discount),
    nextOrder: waits(Math.LN2),
    nextOrderLow: waits(-Math.log1p(-TAIL)),
    nextOrderHigh: waits(-Math.log(TAIL)),
  };
}

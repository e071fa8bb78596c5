import { timeToNextOrder, type PurchaseModel, type PurchaseSummary } from '@kezi/stats';
import { scoreFrequency, type ManyOptions, type ManyScores } from './score-many-triples.js';

/** Scores of each triple; NaN stands for 'no such figure' and is written as null. */
export interface TripleScores extends ManyScores {
  /** Median wait to the next order in time units; NaN where it makes no sense to name a day. */
  nextOrder: Float64Array;
  /** Ends of its 80 % interval, given alive; NaN as above, and where an end is beyond any wait that is named. */
  nextOrderLow: Float64Array;
  nextOrderHigh: Float64Array;
}

/** Many triples under a model with tables, over shared memory: whichever thread is free takes the next frequency. */
export interface TabledRequest {
  model: PurchaseModel;
  /** Sorted by frequency. */
  triples: PurchaseSummary;
  /** Where each frequency begins, and the end of the last. */
  starts: Int32Array;
  options: ManyOptions;
  /** Waits beyond this are not named, in time units. */
  longestWait: number;
  scores: TripleScores;
  /** Number of the next frequency, shared by all threads. */
  next: Int32Array;
}

/** Probability left out on each side of an interval. */
export const TAIL = 0.1;

/** Below this P(alive) a next order is less likely than none, and naming its day would mislead. */
const LIKELY_ALIVE = 0.5;

/** A wait that may be named: somebody who likely orders again, and within reach. */
export function nameable(wait: number, pAlive: number, longest: number): number {
  return pAlive >= LIKELY_ALIVE && wait <= longest ? wait : Number.NaN;
}

/** Waits to the next order of the triples from `start` to `end`, from their P(alive). */
export function fillWaits(
  model: PurchaseModel,
  { frequency, recency, age }: PurchaseSummary,
  longestWait: number,
  scores: TripleScores,
  [start, end]: readonly [number, number],
): void {
  const { pAlive } = scores;
  const fill = (waits: Float64Array, level: number): void => {
    for (let i = start; i < end; i++) {
      const isLikely = pAlive[i]! >= LIKELY_ALIVE;
      const wait = isLikely ? timeToNextOrder(model, frequency[i]!, recency[i]!, age[i]!, level) : Number.NaN;
      waits[i] = nameable(wait, pAlive[i]!, longestWait);
    }
  };
  fill(scores.nextOrder, 0.5);
  fill(scores.nextOrderLow, TAIL);
  fill(scores.nextOrderHigh, 1 - TAIL);
}

/** Takes frequencies until there are none left. They do not touch each other: the scores are the same on any number of threads. */
export function scoreTabledPieces(request: TabledRequest): void {
  const { model, triples, starts, options, longestWait, scores, next } = request;
  for (;;) {
    const k = Atomics.add(next, 0, 1);
    if (k >= starts.length - 1) return;
    const range = [starts[k]!, starts[k + 1]!] as const;
    scoreFrequency(model, triples, options, scores, range);
    fillWaits(model, triples, longestWait, scores, range);
  }
}

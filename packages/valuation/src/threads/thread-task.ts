import {
  histogramFiller,
  scoreCustomers,
  type FillHistogram,
  type HistogramMemory,
  type PurchaseSummary,
  type ScoreOptions,
} from '@kezi/stats';
import { scoreTabledPieces, type TabledRequest } from '../scores/score-tabled.js';
import { fillCustomerDraws, type DrawRequest } from './fill-customer-draws.js';

/*
 * Terms. Helper: a thread beside the one that asks. Task: what a helper is asked for; plain data and arrays over shared
 * memory, into which the answer goes. Share: rows or columns that one thread works on.
 */

/** A column of scores over shared memory, by name. */
export type SharedColumns = Readonly<Record<string, Float64Array>>;

/** Scores of triples, a piece at a time: whichever thread is free takes the next piece. */
export interface ScoreRequest {
  model: Parameters<typeof scoreCustomers>[0];
  triples: PurchaseSummary;
  options: ScoreOptions;
  scores: SharedColumns;
  /** Number of the next piece, shared by all threads. */
  next: Int32Array;
}

export type ThreadTask =
  | { kind: 'histograms-start'; memory: HistogramMemory; fromPack: number; toPack: number }
  | { kind: 'histograms-fill'; slot: number; from: number; to: number }
  | { kind: 'score-customers'; request: ScoreRequest }
  | { kind: 'score-tabled'; request: TabledRequest }
  | { kind: 'customer-draws'; request: DrawRequest };

/** Triples that are scored at one go: 1 to 50 ms, so that no thread waits long for the last piece of another. */
const PIECE = 256;

/** Takes pieces until there are none left. Pieces do not touch each other: the scores are the same on any number of threads. */
export function scorePieces({ model, triples, options, scores, next }: ScoreRequest): void {
  const { frequency, recency, age } = triples;
  for (;;) {
    const from = PIECE * Atomics.add(next, 0, 1);
    if (from >= frequency.length) return;
    const part = (column: Float64Array): Float64Array => column.subarray(from, from + PIECE);
    const piece = scoreCustomers(
      model,
      { frequency: part(frequency), recency: part(recency), age: part(age) },
      options,
    );
    for (const [name, values] of Object.entries(piece)) scores[name]!.set(values as Float64Array, from);
  }
}

/** Does what it is asked; keeps the memory of the trees that are being grown. */
export function taskRunner(): (task: ThreadTask) => void {
  let fill: FillHistogram | null = null;
  return (task) => {
    switch (task.kind) {
      case 'histograms-start':
        fill = histogramFiller(task.memory, task.fromPack, task.toPack);
        return;
      case 'histograms-fill':
        fill!(task.slot, task.from, task.to);
        return;
      case 'score-customers':
        scorePieces(task.request);
        return;
      case 'score-tabled':
        scoreTabledPieces(task.request);
        return;
      case 'customer-draws':
        fillCustomerDraws(task.request);
    }
  };
}

import { scoreCustomers, type PurchaseScores, type PurchaseSummary, type ScoreOptions } from '@kezi/stats';
import type { Threads } from './open-threads.js';
import { sharedCounter, sharedDoubles, sharedSummary } from './shared-columns.js';
import { scorePieces, type ScoreRequest } from './thread-task.js';

/**
 * scoreCustomers on several threads, the same bytes on any number of them. The triples go into shared memory once; each
 * thread takes the next piece when it is done with one, so that long histories do not keep one waiting for the other.
 */
export async function scoreOnThreads(
  threads: Threads,
  model: ScoreRequest['model'],
  triples: PurchaseSummary,
  options: ScoreOptions,
): Promise<PurchaseScores> {
  const size = triples.frequency.length;
  const none = new Float64Array(0);
  const columns = Object.keys(scoreCustomers(model, { frequency: none, recency: none, age: none }, options));
  const request: ScoreRequest = {
    model,
    triples: sharedSummary(triples),
    options,
    scores: Object.fromEntries(columns.map((name) => [name, sharedDoubles(size)])),
    next: sharedCounter(),
  };
  await threads.apart(
    () => ({ kind: 'score-customers', request }),
    () => scorePieces(request),
  );
  return request.scores as unknown as PurchaseScores;
}

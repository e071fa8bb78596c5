import { scorePurchases, type PurchaseSummary } from '@kezi/stats';
import type { Threads } from './open-threads.js';
import { scorePieces, type ScoreRequest } from './thread-task.js';

const shared = (values: Float64Array): Float64Array => {
  const copy = new Float64Array(new SharedArrayBuffer(values.byteLength));
  copy.set(values);
  return copy;
};

/**
 * scorePurchases on several threads, the same bytes on any number of them. The triples go into shared memory once; each
 * thread takes the next piece when it is done with one, so that long histories do not keep one waiting for the other.
 */
export async function scoreOnThreads(
  threads: Threads,
  model: ScoreRequest['model'],
  triples: PurchaseSummary,
  options: ScoreRequest['options'],
): Promise<ReturnType<typeof scorePurchases>> {
  const size = triples.frequency.length;
  const none = new Float64Array(0);
  const columns = Object.keys(scorePurchases(model, { frequency: none, recency: none, age: none }, options));
  const request: ScoreRequest = {
    model,
    triples: {
      frequency: shared(triples.frequency),
      recency: shared(triples.recency),
      age: shared(triples.age),
    },
    options,
    scores: Object.fromEntries(
      columns.map((name) => [name, new Float64Array(new SharedArrayBuffer(8 * size))]),
    ),
    next: new Int32Array(new SharedArrayBuffer(4)),
  };
  await threads.apart(
    () => ({ kind: 'score-purchases', request }),
    () => scorePieces(request),
  );
  return request.scores as unknown as ReturnType<typeof scorePurchases>;
}

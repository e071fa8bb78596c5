import {
  scoreCustomers,
  type OtherModel,
  type PurchaseScores,
  type PurchaseSummary,
  type ScoreOptions,
} from '@kezi/stats';
import { openThreads } from '../threads/open-threads.js';
import { scoreOnThreads } from '../threads/score-on-threads.js';

/** From so many on, at 50 to 300 microseconds each, helpers save more than the 100 ms they take to start. */
const WORTH_HELPERS = 3000;

/** Scores of each triple under a model without tables, on several threads where they are many; the same on any number of them. */
export async function scoreOneByOne(
  model: OtherModel,
  triples: PurchaseSummary,
  options: ScoreOptions,
  threads: number,
): Promise<PurchaseScores> {
  if (threads <= 1 || triples.frequency.length < WORTH_HELPERS)
    return scoreCustomers(model, triples, options);
  const helpers = await openThreads(threads);
  try {
    return await scoreOnThreads(helpers, model, triples, options);
  } finally {
    await helpers.close();
  }
}

import { CodedError } from '@kezi/contract/errors';
import { codeLevels, customerModels, fitBySegment, type PurchaseSummary } from '@kezi/stats';
import { readWeighted, type FitFlags, type FittedKind } from './fitted-kind.js';
import { numbersOf, textsOf } from './model-table.js';

/** CodedError models.bad_history for a customer who cannot be. */
export function checkHistory(line: number, frequency: number, recency: number, age: number): void {
  const possible = frequency >= 0 && recency >= 0 && recency <= age && (frequency > 0 || recency === 0);
  if (!possible) throw new CodedError('models.bad_history', { line, frequency, recency, age });
}

/** A model of repeat orders: one fit for all, or one for each segment. */
export function purchaseKind(name: keyof typeof customerModels): FittedKind {
  const age = customerModels[name].clock === 'opportunities' ? 'opportunities' : 'age';
  const fit = async (file: string, { by }: FitFlags): Promise<object> => {
    const { table, weight } = await readWeighted(file, [
      'frequency',
      'recency',
      age,
      ...(by === undefined ? [] : [by]),
    ]);
    const summary: PurchaseSummary = {
      frequency: numbersOf(table, 'frequency'),
      recency: numbersOf(table, 'recency'),
      age: numbersOf(table, age),
      ...weight,
    };
    table.lines.forEach((line, i) =>
      checkHistory(line, summary.frequency[i]!, summary.recency[i]!, summary.age[i]!),
    );
    if (by === undefined) return customerModels[name].fit(summary);
    return { by, ...fitBySegment(name, summary, codeLevels(textsOf(table, by))) };
  };
  return { columns: `frequency,recency,${age}[,weight] [--by]`, fit };
}

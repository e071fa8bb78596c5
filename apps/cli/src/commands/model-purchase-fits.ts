import { CodedError } from '@kezi/contract/errors';
import {
  codeLevels,
  customerModels,
  fitBgCnbdK,
  fitBySegment,
  fitMbgCnbdK,
  fitWithCovariates,
  type CovariateModelName,
  type CustomerModelName,
  type PurchaseSummary,
} from '@kezi/stats';
import { readWeighted, type FitFlags, type FittedKind } from './fitted-kind.js';
import { featuresOf } from './model-features.js';
import { numbersOf, textsOf, type ModelTable } from './model-table.js';

/** CodedError models.bad_history for a customer who cannot be. */
export function checkHistory(line: number, frequency: number, recency: number, age: number): void {
  const possible = frequency >= 0 && recency >= 0 && recency <= age && (frequency > 0 || recency === 0);
  if (!possible) throw new CodedError('models.bad_history', { line, frequency, recency, age });
}

const withCovariates = new Set<string>([
  'bg-nbd',
  'mbg-nbd',
  'pareto-nbd',
  'nbd',
] satisfies CovariateModelName[]);
const regular: Readonly<Record<string, typeof fitBgCnbdK>> = {
  'bg-cnbd-k': fitBgCnbdK,
  'mbg-cnbd-k': fitMbgCnbdK,
};
/** Beyond this many phases the intervals are a clock. */
const LARGEST_K = 20;

/** CodedError for flags that do not go together. */
function checkTogether(name: CustomerModelName, { by, covariates, ridge, k }: FitFlags): void {
  const refuse = (flag: string): never => {
    throw new CodedError('models.flag_not_taken', { flag, name });
  };
  if (by !== undefined && covariates !== undefined) refuse('--by --covariates');
  if (by !== undefined && k !== undefined) refuse('--by --k');
  if (ridge !== undefined && covariates === undefined)
    throw new CodedError('models.flag_missing', { flag: '--covariates' });
  if (k !== undefined && k > LARGEST_K) throw new CodedError('models.k_too_large', { k, most: LARGEST_K });
}

function fitTo(
  name: CustomerModelName,
  summary: PurchaseSummary,
  table: ModelTable,
  flags: FitFlags,
): object {
  const { by, covariates, ridge, k } = flags;
  if (by !== undefined) return { by, ...fitBySegment(name, summary, codeLevels(textsOf(table, by))) };
  if (covariates !== undefined) {
    const { table: features, ...coding } = featuresOf(table, covariates, 'treatment');
    const options = ridge === undefined ? {} : { ridge };
    return { ...fitWithCovariates(name as CovariateModelName, summary, features, options), coding };
  }
  const ofRegular = regular[name];
  return ofRegular && k !== undefined ? ofRegular(summary, { k }) : customerModels[name].fit(summary);
}

/** A model of repeat orders: one fit for all, one for each segment, or one that depends on covariates. */
export function purchaseKind(name: CustomerModelName): FittedKind {
  const age = customerModels[name].clock === 'opportunities' ? 'opportunities' : 'age';
  const fit = async (file: string, flags: FitFlags): Promise<object> => {
    checkTogether(name, flags);
    const { by, covariates = [] } = flags;
    const needed = ['frequency', 'recency', age, ...(by === undefined ? [] : [by]), ...covariates];
    const { table, weight } = await readWeighted(file, needed);
    const summary: PurchaseSummary = {
      frequency: numbersOf(table, 'frequency'),
      recency: numbersOf(table, 'recency'),
      age: numbersOf(table, age),
      ...weight,
    };
    table.lines.forEach((line, i) =>
      checkHistory(line, summary.frequency[i]!, summary.recency[i]!, summary.age[i]!),
    );
    return fitTo(name, summary, table, flags);
  };
  const takes: (keyof FitFlags)[] = [
    'by',
    ...(withCovariates.has(name) ? (['covariates', 'ridge'] as const) : []),
    ...(name in regular ? (['k'] as const) : []),
  ];
  const optional = takes.filter((flag) => flag !== 'ridge').map((flag) => `[--${flag}]`);
  return { columns: `frequency,recency,${age}[,weight] ${optional.join(' ')}`, takes, fit };
}

import { covariateModels } from '@kezi/contract';
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
  type Fit,
  type PurchaseSummary,
} from '@kezi/stats';
import { featuresOf } from './bench-features.js';
import { numbersOf, textsOf, weightOf, type BenchTable } from './bench-table.js';
import { toldFit, type FitFlags, type FittedKind } from './fitted-kind.js';

type Clock = 'time' | 'opportunities';

/**
 * CodedError models.bad_history or, where orders are counted by opportunities, models.bad_opportunities for a customer who
 * cannot be.
 */
export function checkHistory(
  clock: Clock,
  line: number,
  frequency: number,
  recency: number,
  age: number,
): void {
  const possible =
    Number.isInteger(frequency) &&
    frequency >= 0 &&
    recency >= 0 &&
    recency <= age &&
    (frequency > 0 || recency === 0);
  if (clock === 'time' && !possible)
    throw new CodedError('models.bad_history', { line, frequency, recency, age });
  const fits = Number.isInteger(recency) && Number.isInteger(age) && frequency <= recency;
  if (clock === 'opportunities' && !(possible && fits))
    throw new CodedError('models.bad_opportunities', { line, frequency, recency, opportunities: age });
}

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
  if (by !== undefined && covariates !== undefined) refuse('by, covariates');
  if (by !== undefined && k !== undefined) refuse('by, k');
  if (ridge !== undefined && covariates === undefined)
    throw new CodedError('models.flag_missing', { flag: 'covariates' });
  if (k !== undefined && k > LARGEST_K) throw new CodedError('models.k_too_large', { k, most: LARGEST_K });
}

/** A reader wants to know how sure each parameter is, at its edge too. */
const careful = { edgeIntervals: true };

function fitTo(
  name: CustomerModelName,
  summary: PurchaseSummary,
  table: BenchTable,
  flags: FitFlags,
): object {
  const { by, covariates, ridge, k } = flags;
  if (by !== undefined) {
    const { pooled, ...fit } = fitBySegment(name, summary, codeLevels(textsOf(table, by)), careful);
    return { by, pooled: toldFit(pooled), ...fit };
  }
  if (covariates !== undefined) {
    const { table: features, ...coding } = featuresOf(table, covariates, 'treatment');
    const options = ridge === undefined ? {} : { ridge };
    return { ...toldFit(fitWithCovariates(name as CovariateModelName, summary, features, options)), coding };
  }
  const ofRegular = regular[name];
  const fit: Fit<object> =
    ofRegular && k !== undefined
      ? ofRegular(summary, { k, ...careful })
      : customerModels[name].fit(summary, careful);
  return toldFit(fit);
}

/** A model of repeat orders: one fit for all, one for each segment, or one that depends on covariates. */
export function purchaseKind(name: CustomerModelName): FittedKind {
  const { clock } = customerModels[name];
  const age = clock === 'opportunities' ? 'opportunities' : 'age';
  const takesCovariates = (covariateModels as readonly string[]).includes(name);
  return {
    columns: ['frequency', 'recency', age],
    optional: ['weight'],
    needs: [],
    takes: [
      'by',
      ...(takesCovariates ? (['covariates', 'ridge'] as const) : []),
      ...(name in regular ? (['k'] as const) : []),
    ],
    fit: (table, flags) => {
      checkTogether(name, flags);
      const summary: PurchaseSummary = {
        frequency: numbersOf(table, 'frequency'),
        recency: numbersOf(table, 'recency'),
        age: numbersOf(table, age),
        ...weightOf(table),
      };
      table.lines.forEach((line, i) =>
        checkHistory(clock, line, summary.frequency[i]!, summary.recency[i]!, summary.age[i]!),
      );
      return fitTo(name, summary, table, flags);
    },
  };
}

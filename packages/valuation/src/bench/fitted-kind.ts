import { CodedError } from '@kezi/contract/errors';
import type { HazardBaseline } from '@kezi/stats';
import { triedLikelihood } from '../models/report-fit.js';
import type { BenchTable } from './bench-table.js';

/** What a fit may be told beside its rows. */
export interface FitFlags {
  duration?: string | undefined;
  event?: string | undefined;
  label?: string | undefined;
  /** Names, or all columns that have no other part. */
  features?: string[] | 'all' | undefined;
  /** Rows whose number from 0 can be divided by this are held out and judged. */
  holdoutEvery?: number | undefined;
  clusters?: number | undefined;
  /** Column of segments: the model is fitted to each, small ones leaning on all. */
  by?: string | undefined;
  /** Columns that the parameters depend on, and the weight of the ridge penalty on their effects. */
  covariates?: string[] | undefined;
  ridge?: number | undefined;
  /** Phases to an order interval, for the models of regular buyers. */
  k?: number | undefined;
  /** Columns of customers and periods, and how the risk goes with the period (hazard). */
  id?: string | undefined;
  period?: string | undefined;
  baseline?: HazardBaseline | undefined;
}

/** A model that can be fitted to a table. The answer is plain JSON. */
export interface FittedKind {
  /** Columns that every table needs under these names; those of the others are named by flags. */
  columns: readonly string[];
  /** Columns under these names that a table may have. */
  optional: readonly string[];
  /** Flags that it cannot do without, and all that it takes: any other is refused, not passed over in silence. */
  needs: readonly (keyof FitFlags)[];
  takes: readonly (keyof FitFlags)[];
  fit: (table: BenchTable, flags: FitFlags) => object;
}

/** A fit by likelihood as it is told. */
export const toldFit = <F extends { logLikelihood: number }>(fit: F) => ({
  ...fit,
  logLikelihood: triedLikelihood(fit.logLikelihood),
});

/** CodedError models.flag_not_taken for a flag that the model has no use for, models.flag_missing for one it lacks. */
export function checkFlags(name: string, { takes, needs }: FittedKind, flags: FitFlags): void {
  const given = Object.entries(flags).flatMap(([flag, value]) => (value === undefined ? [] : [flag]));
  const wrong = given.find((flag) => !(takes as readonly string[]).includes(flag));
  if (wrong !== undefined) throw new CodedError('models.flag_not_taken', { flag: wrong, name });
  const lacking = needs.find((flag) => !given.includes(flag));
  if (lacking !== undefined) throw new CodedError('models.flag_missing', { flag: lacking });
}

/** Columns that a fit reads, so that a file need not be kept whole; null stands for all of them. */
export function columnsRead({ columns }: FittedKind, flags: FitFlags): string[] | null {
  const { duration, event, label, features = [], by, covariates = [], id, period } = flags;
  if (features === 'all') return null;
  const named = [duration, event, label, by, id, period].filter((name) => name !== undefined);
  const wanted = [...columns, ...named, ...features, ...covariates];
  return [...new Map(wanted.map((name) => [name.trim().toLowerCase(), name])).values()];
}

/** A flag that a model cannot do without. CodedError models.flag_missing. */
export function needed(flag: string, value: string | undefined): string {
  if (value === undefined) throw new CodedError('models.flag_missing', { flag });
  return value;
}

/** The columns to learn from: those named, or all but the others. */
export function featureNames(
  flags: FitFlags,
  table: BenchTable,
  taken: readonly (string | undefined)[],
): string[] {
  const { features } = flags;
  if (features === undefined) throw new CodedError('models.flag_missing', { flag: 'features' });
  if (features !== 'all') return features;
  const others = new Set(taken.map((name) => name?.trim().toLowerCase()));
  return table.names.filter((name) => !others.has(name.toLowerCase()));
}

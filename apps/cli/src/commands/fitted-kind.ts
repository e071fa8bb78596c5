import { CodedError } from '@kezi/contract/errors';
import type { HazardBaseline } from '@kezi/stats';
import { numbersOf, readTable, type ModelTable } from './model-table.js';

/** What a fit may be told beside its file. */
export interface FitFlags {
  duration?: string;
  event?: string;
  label?: string;
  /** Names, or all columns that have no other part. */
  features?: string[] | 'all';
  /** Rows whose number from 0 can be divided by this are held out and judged. */
  holdoutEvery?: number;
  clusters?: number;
  /** Column of segments: the model is fitted to each, small ones leaning on all. */
  by?: string;
  /** Columns that the parameters depend on, and the weight of the ridge penalty on their effects. */
  covariates?: string[];
  ridge?: number;
  /** Phases to an order interval, for the models of regular buyers. */
  k?: number;
  /** Columns of customers and periods, and how the risk goes with the period (hazard). */
  id?: string;
  period?: string;
  baseline?: HazardBaseline;
}

/** A model that `kezi models fit` knows. The answer is plain JSON. */
export interface FittedKind {
  /** Columns of the file; flags name those of the others. */
  columns: string;
  /** Flags that it takes: any other is refused, not passed over in silence. */
  takes: readonly (keyof FitFlags)[];
  fit: (file: string, flags: FitFlags) => Promise<object>;
}

/** A flag as it is typed. */
const typed = (flag: string): string => `--${flag.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** CodedError models.flag_not_taken for a flag that the model has no use for. */
export function checkFlags(name: string, { takes }: FittedKind, flags: FitFlags): void {
  const given = Object.entries(flags).flatMap(([flag, value]) => (value === undefined ? [] : [flag]));
  const wrong = given.find((flag) => !(takes as readonly string[]).includes(flag));
  if (wrong !== undefined) throw new CodedError('models.flag_not_taken', { flag: typed(wrong), name });
}

const countOf = (value: number): boolean => value >= 0 && Number.isFinite(value);

/** Columns of a file with a weight where it has one. */
export async function readWeighted(
  file: string,
  columns: readonly string[],
): Promise<{ table: ModelTable; weight: { weight: Float64Array } | object }> {
  const table = await readTable(file, 'all');
  const missing = columns.find((column) => !table.columns.has(column.trim().toLowerCase()));
  if (missing !== undefined)
    throw new CodedError('models.column_missing', { column: missing, columns: table.names.join(', ') });
  if (!table.columns.has('weight')) return { table, weight: {} };
  const weight = numbersOf(table, 'weight');
  const bad = weight.findIndex((value) => !countOf(value));
  if (bad >= 0) throw new CodedError('models.bad_weight', { line: table.lines[bad]!, text: weight[bad]! });
  return { table, weight: { weight } };
}

/** A flag that a model cannot do without. CodedError models.flag_missing. */
export function needed(flag: string, value: string | undefined): string {
  if (value === undefined) throw new CodedError('models.flag_missing', { flag });
  return value;
}

/** The columns to learn from: those named, or all but the others. */
export function featureNames(
  flags: FitFlags,
  table: ModelTable,
  taken: readonly (string | undefined)[],
): string[] {
  const { features } = flags;
  if (features === undefined) throw new CodedError('models.flag_missing', { flag: '--features' });
  if (features !== 'all') return features;
  const others = new Set(taken.map((name) => name?.trim().toLowerCase()));
  return table.names.filter((name) => !others.has(name.toLowerCase()));
}

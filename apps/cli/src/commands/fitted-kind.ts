import { CodedError } from '@kezi/contract/errors';
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
}

/** A model that `kezi models fit` knows. The answer is plain JSON. */
export interface FittedKind {
  /** Columns of the file; flags name those of the others. */
  columns: string;
  fit: (file: string, flags: FitFlags) => Promise<object>;
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

import type { ModelEvaluateInput, ModelFitInput } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';

export type BenchRow = ModelFitInput['rows'][number];
/** What is asked of a model beside the rows. */
export type BenchQuestion = Omit<ModelEvaluateInput, 'rows' | 'model'>;
/** What a fit is told beside the rows. */
export type BenchFit = Omit<ModelFitInput, 'name' | 'rows'>;
export type GivenModel = ModelEvaluateInput['model'];

export interface BenchKind {
  columns: readonly string[];
  /** Columns that a row may have. */
  optional: readonly string[];
  /** What a fit may be told: anything else is refused, not passed over in silence. */
  takes: readonly (keyof BenchFit)[];
  fit: (rows: readonly BenchRow[], options: BenchFit) => object;
  /** Answers one row. RangeError where the parameters are none, before any row is seen. */
  asked: (model: GivenModel, options: BenchQuestion) => (row: BenchRow, line: number) => object;
}

/** A figure of a row; rows are counted from 1. CodedError models.not_a_number. */
export function figureOf(row: BenchRow, line: number, column: string): number {
  const value = row[column];
  if (typeof value !== 'number')
    throw new CodedError('models.not_a_number', { line, column, text: value ?? '' });
  return value;
}

/** A word of a row, or a number as it is written; empty where there is none. */
export const textOf = (row: BenchRow, column: string): string => String(row[column] ?? '').trim();

export const columnOf = (rows: readonly BenchRow[], column: string): Float64Array =>
  Float64Array.from(rows, (row, i) => figureOf(row, i + 1, column));

/** How many customers each row stands for, where any row says so. */
export function weightOf(rows: readonly BenchRow[]): { weight?: Float64Array } {
  if (!rows.some((row) => 'weight' in row)) return {};
  const weight = columnOf(rows, 'weight');
  const bad = weight.findIndex((value) => value < 0);
  if (bad >= 0) throw new CodedError('models.bad_weight', { line: bad + 1, text: weight[bad] ?? '' });
  return { weight };
}

export function horizonOf({ horizon }: BenchQuestion): number {
  if (horizon === undefined) throw new CodedError('models.flag_missing', { flag: 'horizon' });
  return horizon;
}

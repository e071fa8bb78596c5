import { CodedError } from '@kezi/contract/errors';
import { numberIn } from './bench-table.js';

/** What is asked of a model beside the rows. */
export interface EvalOptions {
  /** Time units or periods to look ahead; null where none was given. */
  horizon: number | null;
  discountRate: number | null;
  /** Largest number of orders whose probability is wanted; null for none. */
  pmf: number | null;
}

/** A row as a model sees it. */
export interface AskedRow {
  line: number;
  /** Text of a column; empty where there is no such column. */
  cell: (column: string) => string;
}

/** A model that rows can be put to. */
export interface AskedModel {
  /** Columns that the rows must have. */
  columns: readonly string[];
  /** Answers in the order of the rows: an object, or the reason why there is none. */
  ask: (rows: readonly AskedRow[]) => (object | CodedError)[];
}

/** A model as `fit` prints it, or written by hand: not known to be one yet. */
export type GivenModel = Readonly<Record<string, unknown>>;

/** Makes a model of what was given. RangeError or TypeError where that is none. */
export type ReadModel = (given: GivenModel, options: EvalOptions) => AskedModel;

/** The look ahead. CodedError models.flag_missing where it was not given. */
export function horizonOf({ horizon }: EvalOptions): number {
  if (horizon === null) throw new CodedError('models.flag_missing', { flag: 'horizon' });
  return horizon;
}

/** A number in a row. CodedError models.not_a_number. */
export function numberOf(row: AskedRow, column: string): number {
  const text = row.cell(column);
  const value = numberIn(text);
  if (!Number.isFinite(value)) throw new CodedError('models.not_a_number', { line: row.line, column, text });
  return value;
}

/** The time that a row has lasted, in the column of the fit; 0 where it is empty or there is no such column. */
export function lastedOf(given: GivenModel): (row: AskedRow) => number {
  const { duration = 'duration' } = (given['columns'] ?? {}) as { duration?: string };
  return (row) => (row.cell(duration) === '' ? 0 : numberOf(row, duration));
}

/** Answers rows one by one; what is wrong with a row is its answer. */
export const eachRow =
  (answer: (row: AskedRow) => object): AskedModel['ask'] =>
  (rows) =>
    rows.map((row) => {
      try {
        return answer(row);
      } catch (error) {
        if (error instanceof CodedError) return error;
        if (error instanceof RangeError)
          return new CodedError('models.row_refused', { line: row.line, reason: error.message });
        throw error;
      }
    });

import type { ErrorCode, ErrorParams } from '@kezi/contract/errors';

/** A good row: as many cells as the file has columns. `line` is the physical line, or the sheet row, from 1. */
export interface Row {
  line: number;
  cells: string[];
}

/** A row that cannot be used, with the place and the reason. `column` counts from 0; `text` is the start of the raw row. */
export interface BadRow {
  line: number;
  column?: number;
  code: ErrorCode;
  params: ErrorParams;
  text: string;
  cells: string[];
}

export interface RowBatch {
  rows: Row[];
  bad: BadRow[];
}

/** Something the reader should know about the file, which does not stop the work. */
export interface TabularWarning {
  code: ErrorCode;
  params: ErrorParams;
}

/** Outcome of reading one value: the value, or the reason why there is none. Nothing throws for one bad value. */
export type Parsed<T> = { ok: true; value: T } | { ok: false; code: ErrorCode; params: ErrorParams };

/** True where every cell is empty or blank; spreadsheets leave many such rows behind the last one. */
export function isBlankRow(cells: readonly string[]): boolean {
  return cells.every((cell) => cell.trim() === '');
}

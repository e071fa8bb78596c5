import type { Delimiter, Encoding, ImportKind } from '@kezi/contract';

import type { ColumnGuess } from '../columns/guess-columns.js';
import type { TabularWarning } from '../tabular-row.js';

export type FileFormat = 'delimited' | 'xlsx' | 'parquet';

/** What the reader says about the file; it is taken, not questioned. */
export interface SniffOverrides {
  format?: FileFormat;
  encoding?: Encoding;
  delimiter?: Delimiter;
  quote?: '"' | null;
  header?: boolean;
  sheet?: string;
  /** What the rows are, for the guess of columns; default orders. */
  kind?: ImportKind;
}

export interface SniffedColumn {
  /** From 0. */
  index: number;
  /** The header, never empty, never twice in a file; `column_3` where there is none. */
  name: string;
  samples: string[];
  guess: ColumnGuess | null;
  /** Its cells are numbers by their type, so they have a point and no thousands, whatever they look like. */
  numeric?: boolean;
}

/** What a file is. Everything that was detected can be shown, and overridden in the next call. */
export interface SniffedFile {
  format: FileFormat;
  compression: 'none' | 'gzip';
  encoding: Encoding;
  bom: boolean;
  delimiter: Delimiter;
  quote: '"' | null;
  newline: '\n' | '\r\n' | '\r';
  header: boolean;
  /** Line of the header; 0 where there is none; over 1 where titles stand in front. */
  headerLine: number;
  /** Last line that is no row: the header or a title; 0 where the rows begin at once. */
  frontLine: number;
  /** Empty for Parquet until the SQL engine has looked: see describeParquet of @kezi/valuation. */
  columns: SniffedColumn[];
  sizeBytes: number;
  modifiedMs: number;
  sampleRows: string[][];
  sheets: string[];
  sheet: string | null;
  /** Rejected rows of ours that come back: the three extra columns are left out, guarded cells are themselves again. */
  errorFile: boolean;
  warnings: TabularWarning[];
  /** A strict SQL reader of CSV or Parquet may read the file itself. */
  engineReadable: boolean;
}

import type { SourceColumn } from './source-column.js';

/**
 * The port to a SQL engine. Everything above it speaks the common part of SQL (integer and date arithmetic by days,
 * sum, count, min, max, equality joins, group by) and asks the dialect for the rest.
 */

/** How an engine says the few things on which engines differ. All of it is text; nothing here runs. */
export interface Dialect {
  readonly name: string;
  /** A name as an identifier, quoted. */
  identifier(name: string): string;
  /** A text as a literal, quoted. */
  text(value: string): string;
  /** Bucket 0 .. buckets-1 of a text. The same text has the same bucket in every run of one engine. */
  bucketOf(expression: string, buckets: number): string;
  /** A relation over a delimited file with a header line or without. */
  csv(file: CsvRelation): string;
  /** A relation over Parquet files; with `numbered`, of one file with its row number from 1 as `_line`. */
  parquet(paths: readonly string[], numbered?: boolean): string;
  /** Writes a query to one file. The text of a CSV is UTF-8 with a header line. */
  copyToFile(query: string, path: string, format: 'csv' | 'parquet'): string;
  /** Writes a query to a folder: one sub-folder `bucket=N` for each value of its column `bucket`. */
  copyToBuckets(query: string, folder: string, options: { compact: boolean }): string;
  /** Day of a DATE or TIMESTAMP as whole days since 1970-01-01. */
  dayNumber(expression: string): string;
  /** Seconds since 1970-01-01 UTC of an instant written with Z or an offset, as DOUBLE; null if unreadable. */
  instantSecond(expression: string): string;
  /** ISO text (yyyy-mm-dd) of a day number. */
  dayText(expression: string): string;
  /** DATE from a text by a strptime pattern; null where it does not fit. */
  dateByPattern(expression: string, pattern: string): string;
  /**
   * Quantity x unit price (both 'factor') in hundredths as BIGINT, rounded half away from zero; null above 900 million
   * units, where whole-number arithmetic would need more than 64 bits.
   */
  lineAmountMinor(quantity: string, unitPrice: string): string;
  /** CAST that gives null instead of an error. */
  tryCast(expression: string, type: 'amount' | 'factor' | 'date' | 'double'): string;
  /**
   * Sum of the squares of whole numbers (DOUBLE, below 2^53) as DOUBLE: exact until the end, so that it is the same in
   * whatever order rows come.
   */
  sumOfSquares(expression: string): string;
  /** Size of a text or binary value in bytes. */
  byteLength(expression: string, kind: 'text' | 'binary'): string;
  /** A binary value read as UTF-8; null where it is none. */
  utf8(expression: string): string;
  /** The text without blanks at its ends: space, tab, line ends and the full-width space. */
  trimmed(expression: string): string;
  /** Whether a text has such blanks at an end: a fifth of the cost of trimming it. */
  hasBlankEnds(expression: string): string;
}

export type CsvType = 'text' | 'date' | 'amount' | 'factor' | 'integer' | 'bigint';

/** A file that is plain enough for the engine to read by itself. */
export interface CsvRelation {
  path: string;
  delimiter: string;
  quote: string | null;
  header: boolean;
  gzip: boolean;
  /** All columns of the file, in order. A value that does not fit its type fails the query. */
  columns: readonly { name: string; type: CsvType }[];
}

/** A column of a chunk: numbers as doubles (null is NaN), everything else as text or null. */
export type Column = Float64Array | (string | null)[];

export interface Chunk {
  size: number;
  columns: Column[];
}

export type NewColumn =
  | { name: string; type: 'double' | 'integer' | 'bigint'; values: Float64Array }
  | { name: string; type: 'text'; values: readonly (string | null)[] };

/**
 * One engine session with its own tables. Every call rejects with the signal's reason once the session's signal is
 * aborted, and with CodedError valuation.disk_full or valuation.out_of_memory where that is the cause.
 */
export interface Engine {
  readonly dialect: Dialect;
  run(sql: string): Promise<void>;
  /** A relation's columns, in order. */
  columns(relation: string): Promise<SourceColumn[]>;
  /** Runs statements that do not need each other, as many at a time as there are cores, one core each. */
  runEach(statements: readonly string[], onDone?: (done: number) => void): Promise<void>;
  /** All rows of a query whose columns are all DOUBLE. For results that fit into memory. */
  numbers(sql: string): Promise<Float64Array[]>;
  /** Rows of a query, a chunk at a time. Only DOUBLE and text columns. */
  stream(sql: string): AsyncGenerator<Chunk>;
  /** Adds rows to a table, creating it first where it does not exist. */
  append(table: string, columns: readonly NewColumn[]): Promise<void>;
  close(): void;
}

export interface EngineOptions {
  /** Folder for what does not fit into memory. Must exist. */
  tempFolder: string;
  /** Memory the engine may take for itself, in MB. */
  memoryMb: number;
  threads: number;
  /** Rows come in the order of their source; costs memory where several threads read. */
  ordered?: boolean | undefined;
  signal?: AbortSignal | undefined;
}

export type OpenEngine = (options: EngineOptions) => Promise<Engine>;

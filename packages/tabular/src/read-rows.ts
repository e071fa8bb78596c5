import { CodedError } from '@kezi/contract/errors';

import { createSegmentDecoder, type Segment } from './bytes/decode-segments.js';
import { readBytes } from './bytes/read-bytes.js';
import { createRowSplitter } from './delimited/split-rows.js';
import { MAX_LINE } from './limits.js';
import { ERROR_COLUMNS, sourceCells } from './output/error-columns.js';
import { findBom } from './sniff/detect-encoding.js';
import type { SniffedFile } from './sniff/sniffed-file.js';
import type { RowBatch } from './tabular-row.js';
import { readSheetRows } from './workbook/read-sheet-rows.js';

export interface ReadRowsOptions {
  signal?: AbortSignal | undefined;
  /** Called with the bytes of the file on disk that have been read. */
  onBytes?: ((bytes: number) => void) | undefined;
  /** Rows in a batch, about; default 4096. */
  batchRows?: number | undefined;
}

const BATCH_ROWS = 4096;

/**
 * The rows of a file behind its header, in batches, good and bad apart. Memory does not grow with the file. Empty lines are
 * skipped. A file that changes meanwhile is `tabular.file_changed`; an abort throws the signal's reason.
 */
export function readRows(
  path: string,
  sniffed: SniffedFile,
  options: ReadRowsOptions = {},
): AsyncGenerator<RowBatch> {
  if (sniffed.format === 'parquet') throw new CodedError('tabular.unsupported_format', { format: 'PARQUET' });
  return sniffed.format === 'delimited'
    ? readDelimited(path, sniffed, options)
    : readSheetRows(path, sniffed, { batchRows: BATCH_ROWS, ...options });
}

async function* readDelimited(
  path: string,
  sniffed: SniffedFile,
  options: ReadRowsOptions,
): AsyncGenerator<RowBatch> {
  const { signal, onBytes, batchRows = BATCH_ROWS } = options;
  const { compression, sizeBytes, modifiedMs } = sniffed;
  const splitter = createRowSplitter({
    delimiter: sniffed.delimiter,
    quote: sniffed.quote,
    columns: sniffed.columns.length + (sniffed.errorFile ? ERROR_COLUMNS : 0),
  });
  const decoder = createSegmentDecoder(sniffed.encoding, () => splitter.line());
  const front = skipFront(sniffed);
  let batch: RowBatch = { rows: [], bad: [] };
  const take = (segment: Segment | null): void => {
    if (segment === null) return;
    splitter.push(segment, batch);
    front(batch);
  };
  const asInSource = (read: RowBatch): RowBatch =>
    sniffed.errorFile
      ? { ...read, rows: read.rows.map(({ line, cells }) => ({ line, cells: sourceCells(cells) })) }
      : read;
  let first = true;
  let held = 0;
  for await (const piece of readBytes(path, {
    compression,
    signal,
    onBytes,
    expected: { sizeBytes, modifiedMs },
  })) {
    const bom = first && sniffed.bom ? (findBom(piece)?.bytes ?? 0) : 0;
    first = false;
    take(decoder.push(piece.subarray(bom)));
    held += piece.length;
    const rows = batch.rows.length + batch.bad.length;
    // Long rows come in smaller batches, so that memory does not grow with them.
    if (rows >= batchRows || (rows > 0 && held >= MAX_LINE)) {
      yield asInSource(batch);
      batch = { rows: [], bad: [] };
      held = 0;
    }
  }
  take(decoder.end());
  splitter.end(batch);
  front(batch);
  if (batch.rows.length + batch.bad.length > 0) yield asInSource(batch);
}

/** Takes titles and header off the first batches, good or bad. */
function skipFront({ frontLine }: SniffedFile): (batch: RowBatch) => void {
  let passed = frontLine === 0;
  return (batch) => {
    if (passed) return;
    batch.rows = batch.rows.filter((row) => row.line > frontLine);
    batch.bad = batch.bad.filter((row) => row.line > frontLine);
    passed = batch.rows.length > 0;
  };
}

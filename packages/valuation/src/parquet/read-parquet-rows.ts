import { CodedError, type ErrorCode } from '@kezi/contract/errors';
import { BAD_TEXT, MAX_CELL, MAX_LINE, refuseChanged, type RowBatch, type SniffedFile } from '@kezi/tabular';
import type { Chunk } from '../engine/engine.js';
import { cellText } from './cell-text.js';
import { LongRows } from './long-rows.js';
import { openParquet, type OpenParquet, type ParquetOptions } from './open-parquet.js';
import { parquetFault } from './parquet-fault.js';
import { LIGHT_ROW_BYTES, lightRowsQuery } from './parquet-query.js';

export interface ReadParquetOptions extends ParquetOptions {
  /** Told after every piece, in bytes of the file: its share of the rows times its size. */
  onBytes?: ((bytes: number) => void) | undefined;
  /** Rows in a batch, about; default 4096. */
  batchRows?: number | undefined;
}

const BATCH_ROWS = 4096;

/** Some rows of a chunk; `row` is the first of them in the file, from 0. */
interface Piece {
  chunk: Chunk;
  from: number;
  to: number;
  row: number;
}

/**
 * The rows of a Parquet file as text, in batches, in the order of the file; `line` is the row, from 1. Memory grows neither
 * with the file nor with what its pages unpack to. A row with bytes that are no text, or a NUL, is bad. An abort throws the
 * signal's reason.
 * @throws CodedError tabular.parquet_*, tabular.cell_too_large, tabular.line_too_large, tabular.file_changed
 */
export async function* readParquetRows(
  path: string,
  sniffed: Pick<SniffedFile, 'sizeBytes' | 'modifiedMs'>,
  options: ReadParquetOptions,
): AsyncGenerator<RowBatch> {
  const { signal, onBytes, batchRows = BATCH_ROWS } = options;
  await refuseChanged(path, sniffed);
  const file = await openParquet(path, options);
  const longRows = new LongRows(path, sniffed.sizeBytes, options);
  try {
    const [count] = await file.engine.numbers(`SELECT CAST(count(*) AS DOUBLE) FROM ${file.relation}`);
    const total = Math.max(1, count?.[0] ?? 0);
    let batch: RowBatch = { rows: [], bad: [] };
    let text = 0;
    for await (const piece of piecesOf(file, longRows)) {
      text += takeRows(file, piece, batch);
      onBytes?.(Math.floor((sniffed.sizeBytes * (piece.row + piece.to - piece.from)) / total));
      if (batch.rows.length + batch.bad.length < batchRows && text < MAX_LINE) continue;
      yield batch;
      batch = { rows: [], bad: [] };
      text = 0;
    }
    if (batch.rows.length + batch.bad.length > 0) yield batch;
  } catch (error) {
    throw parquetFault(error, signal);
  } finally {
    longRows.close();
    file.close();
  }
  await refuseChanged(path, sniffed);
}

/** The file in order: what the engine's chunks hold of light rows, and the long rows between them. */
async function* piecesOf(file: OpenParquet, longRows: LongRows): AsyncGenerator<Piece> {
  let row = 0;
  for await (const chunk of file.engine.stream(lightRowsQuery(file))) {
    const weights = chunk.columns[0] as Float64Array;
    let from = 0;
    while (from < chunk.size) {
      let to = weights.findIndex((weight, at) => at >= from && weight > LIGHT_ROW_BYTES);
      if (to === -1) to = chunk.size;
      if (to > from) yield { chunk, from, to, row: row + from };
      from = to;
      if (from === chunk.size) break;
      to = longRows.endOfRun(weights, from, row);
      let done = from;
      for await (const long of longRows.fetch(row + from, to - from)) {
        yield { chunk: long, from: 0, to: long.size, row: row + done };
        done += long.size;
      }
      from = to;
    }
    row += chunk.size;
  }
}

/** Puts rows into the batch, good or bad. Answers how much text they hold. */
function takeRows({ columns }: OpenParquet, { chunk, from, to, row }: Piece, batch: RowBatch): number {
  const [weights, broken, ...texts] = chunk.columns as [Float64Array, Float64Array, ...(string | null)[][]];
  let text = 0;
  for (let i = from; i < to; i += 1) {
    const line = row + i - from + 1;
    const cells = texts.map((values, k) => cellText(columns[k]!.kind, values[i]!));
    text += weights[i]!;
    if (cells.some((cell) => cell.length > MAX_CELL)) {
      throw new CodedError('tabular.cell_too_large', { line, limit: '1 MiB' });
    }
    const bad = faultOf(cells, broken[i]!);
    if (bad === null) batch.rows.push({ line, cells });
    else batch.bad.push({ line, ...bad, params: {}, text: cells.join(',').slice(0, BAD_TEXT), cells });
  }
  return text;
}

function faultOf(cells: readonly string[], broken: number): { column: number; code: ErrorCode } | null {
  if (!Number.isNaN(broken)) return { column: broken, code: 'tabular.broken_encoding' };
  const nul = cells.findIndex((cell) => cell.includes('\0'));
  return nul === -1 ? null : { column: nul, code: 'tabular.nul_byte' };
}

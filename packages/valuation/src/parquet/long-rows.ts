import { CodedError } from '@kezi/contract/errors';
import { MAX_GZIP_RATIO, MAX_LINE } from '@kezi/tabular';
import type { Chunk } from '../engine/engine.js';
import { openParquet, type OpenParquet, type ParquetOptions } from './open-parquet.js';
import { LIGHT_ROW_BYTES, longRowsQuery } from './parquet-query.js';

/** Long rows in all, from where on they must not be so many times the file: a few bytes can stand for a terabyte. */
const RATIO_FREE_BYTES = 2 ** 30;

/** Rows whose text is fetched for themselves, in a second engine, as the first one stands in the middle of its stream. */
export class LongRows {
  private file: OpenParquet | null = null;
  private bytes = 0;

  constructor(
    private readonly path: string,
    private readonly sizeBytes: number,
    private readonly options: ParquetOptions,
  ) {}

  /**
   * Where the run of long rows that begins at `from` ends: at a light row, or where it has as much text as is held at a time.
   * @param row of the file, from 0, at which the chunk begins
   * @throws CodedError tabular.line_too_large, tabular.parquet_too_large
   */
  endOfRun(weights: Float64Array, from: number, row: number): number {
    let text = 0;
    let to = from;
    for (; to < weights.length && weights[to]! > LIGHT_ROW_BYTES; to += 1) {
      const weight = weights[to]!;
      if (weight > MAX_LINE) {
        throw new CodedError('tabular.line_too_large', { line: row + to + 1, limit: '16 MiB' });
      }
      if (text + weight > MAX_LINE) break;
      text += weight;
    }
    this.bytes += text;
    if (this.bytes > RATIO_FREE_BYTES && this.bytes > this.sizeBytes * MAX_GZIP_RATIO) {
      throw new CodedError('tabular.parquet_too_large', {});
    }
    return to;
  }

  async *fetch(row: number, rows: number): AsyncGenerator<Chunk> {
    this.file ??= await openParquet(this.path, this.options);
    yield* this.file.engine.stream(longRowsQuery(this.file, row, rows));
  }

  close(): void {
    this.file?.close();
  }
}

import {
  readRows,
  sniffFile,
  type ReadRowsOptions,
  type RowBatch,
  type SniffedFile,
  type SniffOverrides,
} from '@kezi/tabular';
import { describeParquet, readParquetRows } from '@kezi/valuation';

/*
 * Tables of every format as rows of text. Most are read by @kezi/tabular; Parquet by the SQL engine, which may want a
 * folder to put things aside.
 */

/** @throws CodedError tabular.* */
export async function sniffTable(
  path: string,
  overrides: SniffOverrides,
  tempFolder: string,
): Promise<SniffedFile> {
  const sniffed = await sniffFile(path, overrides);
  if (sniffed.format !== 'parquet') return sniffed;
  return describeParquet(path, sniffed, overrides.kind ?? 'orders', { tempFolder });
}

/** @throws CodedError tabular.* */
export function readTable(
  path: string,
  sniffed: SniffedFile,
  options: ReadRowsOptions,
  tempFolder: string,
): AsyncGenerator<RowBatch> {
  if (sniffed.format === 'parquet') return readParquetRows(path, sniffed, { ...options, tempFolder });
  return readRows(path, sniffed, options);
}

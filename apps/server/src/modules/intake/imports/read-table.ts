import {
  readRows,
  sniffFile,
  type ReadRowsOptions,
  type RowBatch,
  type SniffedFile,
  type SniffOverrides,
} from '@kezi/tabular';

/*
 * Tables of every format as rows of text. Most are read by @kezi/tabular; Parquet by the SQL engine, which may want a
 * folder to put things aside. The engine is loaded at the first such file: it would cost every start.
 */

/** @throws CodedError tabular.* */
export async function sniffTable(
  path: string,
  overrides: SniffOverrides,
  tempFolder: string,
): Promise<SniffedFile> {
  const sniffed = await sniffFile(path, overrides);
  if (sniffed.format !== 'parquet') return sniffed;
  const { describeParquet } = await import('@kezi/valuation');
  return describeParquet(path, sniffed, overrides.kind ?? 'orders', { tempFolder });
}

/** @throws CodedError tabular.* */
export async function* readTable(
  path: string,
  sniffed: SniffedFile,
  options: ReadRowsOptions,
  tempFolder: string,
): AsyncGenerator<RowBatch> {
  if (sniffed.format !== 'parquet') return yield* readRows(path, sniffed, options);
  const { readParquetRows } = await import('@kezi/valuation');
  return yield* readParquetRows(path, sniffed, { ...options, tempFolder });
}

import type { ImportKind } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { nameColumns, SAMPLE_ROWS, type SniffedFile } from '@kezi/tabular';
import { openParquet, type ParquetOptions } from './open-parquet.js';
import { readParquetRows } from './read-parquet-rows.js';

/** Characters of a cell that are shown. */
const SHOWN = 500;

/**
 * Fills in what `sniffFile` cannot know of a Parquet file: its columns, with samples and what they are taken for, and its
 * first rows as text.
 * @throws CodedError tabular.header_only, tabular.parquet_*, tabular.cell_too_large, tabular.line_too_large
 */
export async function describeParquet(
  path: string,
  sniffed: SniffedFile,
  kind: ImportKind,
  options: ParquetOptions,
): Promise<SniffedFile> {
  const file = await openParquet(path, options);
  file.close();
  const sampleRows: string[][] = [];
  for await (const { rows } of readParquetRows(path, sniffed, { ...options, batchRows: SAMPLE_ROWS })) {
    for (const { cells } of rows) sampleRows.push(cells.map((cell) => cell.slice(0, SHOWN)));
    if (sampleRows.length >= SAMPLE_ROWS) break;
  }
  if (sampleRows.length === 0) throw new CodedError('tabular.header_only', {});
  sampleRows.length = Math.min(sampleRows.length, SAMPLE_ROWS);
  const headers = file.columns.map((column) => column.name);
  const { columns, warnings } = nameColumns(headers, sampleRows, headers.length, kind);
  for (const column of columns) {
    const held = file.columns[column.index]?.kind;
    column.numeric = held === 'number' || held === 'float';
  }
  return { ...sniffed, columns, sampleRows, warnings };
}

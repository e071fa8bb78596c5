import { CodedError } from '@kezi/contract/errors';

import { refuseChanged } from '../bytes/refuse-changed.js';
import { BAD_TEXT } from '../limits.js';
import { revertInertCell } from '../output/inert-cell.js';
import type { SniffedFile } from '../sniff/sniffed-file.js';
import type { Row, RowBatch } from '../tabular-row.js';
import { openWorkbook } from './open-workbook.js';
import { readSheet } from './read-sheet.js';
import { readWorkbookParts } from './read-workbook-parts.js';

interface ReadSheetOptions {
  signal?: AbortSignal | undefined;
  onBytes?: ((bytes: number) => void) | undefined;
  batchRows?: number | undefined;
}

/** The rows of the sniffed sheet behind its header. Missing cells at the end of a row are empty; cells beyond the table are a fault. */
export async function* readSheetRows(
  path: string,
  sniffed: SniffedFile,
  options: ReadSheetOptions,
): AsyncGenerator<RowBatch> {
  await refuseChanged(path, sniffed);
  const book = await openWorkbook(path);
  try {
    const parts = await readWorkbookParts(book);
    const sheet = parts.sheets.find((one) => one.name === sniffed.sheet);
    if (sheet === undefined) throw new CodedError('tabular.file_changed', {});
    let batch: RowBatch = { rows: [], bad: [] };
    for await (const rows of readSheet(book, sheet.part, parts)) {
      options.signal?.throwIfAborted();
      for (const row of rows) {
        if (row.line > sniffed.frontLine) sort(row, sniffed, batch);
      }
      if (batch.rows.length + batch.bad.length < (options.batchRows ?? 0)) continue;
      yield batch;
      batch = { rows: [], bad: [] };
    }
    if (batch.rows.length + batch.bad.length > 0) yield batch;
    options.onBytes?.(sniffed.sizeBytes);
  } finally {
    book.close();
  }
  await refuseChanged(path, sniffed);
}

function sort(row: Row, sniffed: SniffedFile, batch: RowBatch): void {
  const width = sniffed.columns.length;
  const beyond = sniffed.errorFile ? -1 : row.cells.findIndex((cell, index) => index >= width && cell !== '');
  const nul = row.cells.findIndex((cell) => cell.includes('\0'));
  const text = (): string => row.cells.join(',').slice(0, BAD_TEXT);
  if (beyond !== -1) {
    const params = { expected: width, found: row.cells.length };
    batch.bad.push({
      line: row.line,
      column: beyond,
      code: 'tabular.ragged_row',
      params,
      text: text(),
      cells: row.cells,
    });
    return;
  }
  if (nul !== -1) {
    batch.bad.push({
      line: row.line,
      column: nul,
      code: 'tabular.nul_byte',
      params: {},
      text: text(),
      cells: row.cells,
    });
    return;
  }
  const cells = row.cells.slice(0, width);
  while (cells.length < width) cells.push('');
  batch.rows.push({ line: row.line, cells: sniffed.errorFile ? cells.map(revertInertCell) : cells });
}

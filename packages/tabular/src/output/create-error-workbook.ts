import { messageOf, type ErrorCode, type ErrorParams, type Language } from '@kezi/contract/errors';
import type exceljs from 'exceljs';

import { errorHeaders } from './error-columns.js';
import { inertCell } from './inert-cell.js';
import { openWorkbookWriter, type WorkbookWriter } from './open-workbook-writer.js';

/** A rejected row: its place, the reason, its cells as they stood in the source. */
export interface ErrorRow {
  line: number;
  /** From 0. */
  column?: number;
  code: ErrorCode;
  params?: ErrorParams;
  cells: readonly string[];
}

export interface ErrorWorkbook {
  add: (row: ErrorRow) => void;
  close: () => Promise<{ rows: number }>;
}

/** What one cell of a workbook can hold. */
const MAX_TEXT = 32_767;

/** Rows in one sheet; Excel holds 1,048,576. */
const MAX_ROWS = 1_000_000;

/**
 * Writes rejected rows as a workbook: the columns of the source, then line, column and reason in the reader's language.
 * Cells are guarded against formulas. Mended in place and imported again, the three columns are left out and the guard is
 * taken off (`sniffFile` recognises the headers). Rows go to disk as they come. Above a million rows a further sheet begins.
 */
export async function createErrorWorkbook(
  path: string,
  options: { headers: readonly string[]; language: Language },
): Promise<ErrorWorkbook> {
  const book = await openWorkbookWriter({ to: path, styles: true });
  const { headers, language } = options;
  let rows = 0;
  let sheet = addSheet(book, 1, headers, language);
  return {
    add({ line, column, code, params, cells }) {
      if (rows > 0 && rows % MAX_ROWS === 0) {
        sheet.commit();
        sheet = addSheet(book, rows / MAX_ROWS + 1, headers, language);
      }
      rows += 1;
      const own = headers.map((_, index) => safe(cells[index] ?? ''));
      const place = column === undefined ? '' : safe(headers[column] ?? String(column + 1));
      sheet
        .addRow([...own, line, place, messageOf(code, params ?? {}, language).slice(0, MAX_TEXT)])
        .commit();
    },
    async close() {
      sheet.commit();
      await book.commit();
      return { rows };
    },
  };
}

function addSheet(
  book: WorkbookWriter,
  number: number,
  headers: readonly string[],
  language: Language,
): exceljs.Worksheet {
  const name = messageOf('tabular.error_sheet', {}, language);
  const sheet = book.addWorksheet(number === 1 ? name : `${name} ${number}`, {
    views: [{ state: 'frozen', ySplit: 1 }],
  });
  const head = sheet.addRow([...headers.map(safe), ...errorHeaders(language)]);
  head.font = { bold: true };
  head.commit();
  return sheet;
}

/** Inert, without characters that XML cannot hold, and short enough for a cell. */
function safe(text: string): string {
  const printable = text.replace(/[^\P{Cc}\t\n\r]|[\p{Cs}\uFFFE\uFFFF]/gu, '');
  return inertCell(printable.slice(0, MAX_TEXT - 1));
}

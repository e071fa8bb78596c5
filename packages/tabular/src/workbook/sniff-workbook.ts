import { CodedError } from '@kezi/contract/errors';

import { SAMPLE_ROWS } from '../limits.js';
import { isErrorHeader, ERROR_COLUMNS } from '../output/error-columns.js';
import { revertInertCell } from '../output/inert-cell.js';
import { commonWidth } from '../sniff/detect-delimiter.js';
import { detectHeader } from '../sniff/detect-header.js';
import { nameColumns } from '../sniff/name-columns.js';
import type { FileHead } from '../sniff/read-head.js';
import type { SniffedFile, SniffOverrides } from '../sniff/sniffed-file.js';
import type { Row } from '../tabular-row.js';
import { refuseManyCells } from './count-cells.js';
import { openWorkbook, type WorkbookPackage } from './open-workbook.js';
import { readSheet } from './read-sheet.js';
import { readWorkbookParts, type SheetPart, type WorkbookParts } from './read-workbook-parts.js';

/**
 * Finds sheet, header and columns of an .xlsx. Where no sheet is named the first table is taken: a sheet of notes before it has
 * one line, or one column, and is taken only where nothing else has rows.
 */
export async function sniffWorkbook(
  path: string,
  head: FileHead,
  overrides: SniffOverrides,
): Promise<SniffedFile> {
  const book = await openWorkbook(path);
  try {
    const parts = await readWorkbookParts(book);
    let notes: SniffedFile | null = null;
    let hasRows = false;
    for (const sheet of sheetsAsked(parts, overrides.sheet)) {
      await refuseManyCells(book, sheet.part);
      const rows = await frontRows(book, sheet.part, parts);
      hasRows ||= rows.length > 0;
      const found = describe(head, overrides, parts, sheet, rows);
      if (found !== null && found.columns.length > 1) return found;
      notes ??= found;
    }
    if (notes !== null) return notes;
    throw new CodedError(hasRows ? 'tabular.header_only' : 'tabular.empty_file', {});
  } finally {
    book.close();
  }
}

/** The sheet that is named, or all of them. */
function sheetsAsked({ sheets }: WorkbookParts, wanted: string | undefined): SheetPart[] {
  const asked = sheets.filter((sheet) => wanted === undefined || sheet.name === wanted);
  if (wanted !== undefined && asked.length === 0) {
    const names = sheets.map((sheet) => sheet.name).join(', ');
    throw new CodedError('tabular.workbook_sheet_missing', { sheet: wanted, sheets: names });
  }
  return asked;
}

async function frontRows(book: WorkbookPackage, part: string, parts: WorkbookParts): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const batch of readSheet(book, part, parts)) {
    rows.push(...batch);
    if (rows.length > SAMPLE_ROWS) break;
  }
  return rows.slice(0, SAMPLE_ROWS + 1);
}

/** Null where there is nothing below the header. */
function describe(
  head: FileHead,
  overrides: SniffOverrides,
  parts: WorkbookParts,
  sheet: SheetPart,
  rows: Row[],
): SniffedFile | null {
  const { header, headerLine, skipped } = detectHeader(rows, commonWidth(rows).width, overrides.header);
  const headerCells = header ? (rows[skipped]?.cells ?? []) : null;
  const errorFile = headerCells !== null && isErrorHeader(headerCells);
  const body = rows.slice(skipped + (header ? 1 : 0));
  if (body.length === 0) return null;
  const widest = Math.max(...body.map((row) => row.cells.length), headerCells?.length ?? 0);
  const width = errorFile ? (headerCells?.length ?? 0) - ERROR_COLUMNS : widest;
  const headers = headerCells === null ? null : fit(headerCells, width);
  const sampleRows = body.map((row) =>
    fit(row.cells, width).map((cell) => (errorFile ? revertInertCell(cell) : cell)),
  );
  const names = headers?.map((name) => (errorFile ? revertInertCell(name) : name)) ?? null;
  const named = nameColumns(names, sampleRows, width, overrides.kind ?? 'orders');
  const titles =
    skipped === 0 ? [] : [{ code: 'tabular.titles_skipped' as const, params: { rows: skipped } }];
  return {
    format: 'xlsx',
    compression: 'none',
    encoding: 'utf-8',
    bom: false,
    delimiter: ',',
    quote: null,
    newline: '\n',
    header,
    headerLine,
    frontLine: rows[skipped - (header ? 0 : 1)]?.line ?? 0,
    columns: named.columns,
    sizeBytes: head.sizeBytes,
    modifiedMs: head.modifiedMs,
    sampleRows: sampleRows.map((row) => row.map((cell) => cell.slice(0, 500))),
    sheets: parts.sheets.map((one) => one.name),
    sheet: sheet.name,
    errorFile,
    warnings: [...titles, ...named.warnings],
    engineReadable: false,
  };
}

/** The cells cut or filled up to the width of the table. */
function fit(cells: readonly string[], width: number): string[] {
  return Array.from({ length: width }, (_, index) => cells[index] ?? '');
}

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

/** Finds sheet, header and columns of an .xlsx. The first sheet with rows is taken where none is named. */
export async function sniffWorkbook(
  path: string,
  head: FileHead,
  overrides: SniffOverrides,
): Promise<SniffedFile> {
  const book = await openWorkbook(path);
  try {
    const parts = await readWorkbookParts(book);
    const { sheet, rows } = await chooseSheet(book, parts, overrides.sheet);
    return describe(head, overrides, parts, sheet, rows);
  } finally {
    book.close();
  }
}

async function chooseSheet(
  book: WorkbookPackage,
  parts: WorkbookParts,
  wanted: string | undefined,
): Promise<{ sheet: SheetPart; rows: Row[] }> {
  const named = parts.sheets.filter((sheet) => wanted === undefined || sheet.name === wanted);
  if (wanted !== undefined && named.length === 0) {
    const sheets = parts.sheets.map((sheet) => sheet.name).join(', ');
    throw new CodedError('tabular.workbook_sheet_missing', { sheet: wanted, sheets });
  }
  for (const sheet of named) {
    await refuseManyCells(book, sheet.part);
    const rows = await frontRows(book, sheet.part, parts);
    if (rows.length > 0) return { sheet, rows };
  }
  throw new CodedError('tabular.empty_file', {});
}

async function frontRows(book: WorkbookPackage, part: string, parts: WorkbookParts): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const batch of readSheet(book, part, parts)) {
    rows.push(...batch);
    if (rows.length > SAMPLE_ROWS) break;
  }
  return rows.slice(0, SAMPLE_ROWS + 1);
}

function describe(
  head: FileHead,
  overrides: SniffOverrides,
  parts: WorkbookParts,
  sheet: SheetPart,
  rows: Row[],
): SniffedFile {
  const { header, headerLine, skipped } = detectHeader(rows, commonWidth(rows).width, overrides.header);
  const headerCells = header ? (rows[skipped]?.cells ?? []) : null;
  const errorFile = headerCells !== null && isErrorHeader(headerCells);
  const body = rows.slice(skipped + (header ? 1 : 0));
  if (body.length === 0) throw new CodedError('tabular.header_only', {});
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

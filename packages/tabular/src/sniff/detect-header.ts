import { FIELDS, describeColumn, headerKey } from '../columns/guess-columns.js';
import { isBlankRow, type Row } from '../tabular-row.js';
import { parseDecimal } from '../values/parse-decimal.js';

interface DetectedHeader {
  header: boolean;
  /** Line of the header, or 0. */
  headerLine: number;
  /** Rows in front of the header or of the first row: a title, 'exported at', blank ones. */
  skipped: number;
}

const known: ReadonlySet<string> = new Set(
  Object.values(FIELDS).flatMap((fields) =>
    fields.flatMap((field) => [...field.zh, ...field.en].map((name) => headerKey(name))),
  ),
);

/** Rows in front of the table that titles may take. */
const TITLE_ROWS = 20;

/**
 * Where the table begins and whether its first row names the columns. It does if it holds a known name and no number, or
 * if its cells are all words, all different, and a column below holds days or numbers.
 *
 * @param forced the reader's word, which is not questioned
 */
export function detectHeader(
  rows: readonly Row[],
  width: number,
  forced: boolean | undefined,
): DetectedHeader {
  const skipped = countTitles(rows, width);
  const first = rows[skipped];
  if (first === undefined) return { header: forced ?? false, headerLine: 0, skipped: 0 };
  const header = forced ?? isHeader(first.cells, rows.slice(skipped + 1));
  return { header, headerLine: header ? first.line : 0, skipped };
}

function countTitles(rows: readonly Row[], width: number): number {
  const filled = (row: Row) => row.cells.filter((cell) => cell.trim() !== '').length;
  let skipped = 0;
  while (skipped < Math.min(rows.length - 1, TITLE_ROWS)) {
    const row = rows[skipped];
    if (row === undefined) break;
    const title =
      width >= 3 && (filled(row) === 1 || (row.cells.length !== width && filled(row) * 2 <= width));
    if (!title && !isBlankRow(row.cells)) break;
    skipped += 1;
  }
  return skipped === rows.length - 1 && rows.length > 1 && skipped > 3 ? 0 : skipped;
}

function isHeader(cells: readonly string[], below: readonly Row[]): boolean {
  const filled = cells.filter((cell) => cell.trim() !== '');
  if (filled.length === 0) return false;
  const valued = filled.some((cell) => parseDecimal(cell).ok || describeColumn([cell]).dates);
  if (valued) return filled.filter((cell) => known.has(headerKey(cell))).length >= 2;
  if (filled.some((cell) => known.has(headerKey(cell)))) return true;
  if (new Set(filled).size < filled.length || filled.some((cell) => cell.length > 60)) return false;
  if (below.length === 0) return true;
  const columns = cells.map((_, index) => describeColumn(below.map((row) => row.cells[index] ?? '')));
  if (columns.some((column) => column.dates || column.numbers)) return true;
  return cells.every((cell, index) => !below.some((row) => row.cells[index] === cell));
}

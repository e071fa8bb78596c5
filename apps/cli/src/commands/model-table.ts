import { CodedError } from '@kezi/contract/errors';
import type { FeatureTable } from '@kezi/stats';
import { isBlankRow, readRows, sniffFile, type BadRow, type Row, type SniffedFile } from '@kezi/tabular';

/** Columns of a file that a model is asked about: texts by name, and the line of each row for messages. */
export interface ModelTable {
  names: string[];
  lines: number[];
  columns: Map<string, string[]>;
}

interface OpenedTable {
  names: string[];
  batches: AsyncGenerator<(Row | BadRow)[]>;
}

/** Rows of a file in its order, those among them that cannot be split into cells. */
async function* rowsOf(path: string, sniffed: SniffedFile): AsyncGenerator<(Row | BadRow)[]> {
  for await (const { rows, bad } of readRows(path, sniffed)) {
    const good = rows.filter(({ cells }) => !isBlankRow(cells));
    yield bad.length === 0 ? good : [...good, ...bad].sort((a, b) => a.line - b.line);
  }
}

/** Whether a row could not be split into cells. */
export const isBroken = (row: Row | BadRow): row is BadRow => 'code' in row;

/** The header of a file and its rows as they come. A file of models has a header: its columns are known by name. */
export async function openTable(path: string): Promise<OpenedTable> {
  const sniffed = await sniffFile(path, { header: true });
  return { names: sniffed.columns.map(({ name }) => name), batches: rowsOf(path, sniffed) };
}

/** Place of a column by its name. CodedError models.column_missing lists what there is. */
export function placeOf(names: readonly string[], wanted: string): number {
  const place = names.findIndex((name) => name.toLowerCase() === wanted.trim().toLowerCase());
  if (place < 0) throw new CodedError('models.column_missing', { column: wanted, columns: names.join(', ') });
  return place;
}

/** Some columns of a whole file; all of them where none are named. */
export async function readTable(path: string, wanted: readonly string[] | 'all'): Promise<ModelTable> {
  const { names, batches } = await openTable(path);
  const places =
    wanted === 'all' ? names.map((_, place) => place) : wanted.map((name) => placeOf(names, name));
  const kept = places.map((place) => ({ place, texts: [] as string[] }));
  const lines: number[] = [];
  for await (const rows of batches)
    for (const row of rows) {
      if (isBroken(row)) throw new CodedError('models.row_unreadable', { line: row.line, text: row.text });
      lines.push(row.line);
      for (const { place, texts } of kept) texts.push(row.cells[place]!.trim());
    }
  if (lines.length === 0) throw new CodedError('models.no_rows', { file: path });
  return {
    names: places.map((place) => names[place]!),
    lines,
    columns: new Map(kept.map(({ place, texts }) => [names[place]!.toLowerCase(), texts])),
  };
}

/** Reads a plain number; NaN for anything else. */
export function numberIn(text: string): number {
  return text === '' ? Number.NaN : Number(text);
}

export function textsOf(table: ModelTable, column: string): string[] {
  return table.columns.get(column.trim().toLowerCase())!;
}

/** A column of numbers. CodedError models.not_a_number names the first line that has none. */
export function numbersOf(table: ModelTable, column: string): Float64Array {
  const texts = textsOf(table, column);
  return Float64Array.from(texts, (text, i) => {
    const value = numberIn(text);
    if (!Number.isFinite(value))
      throw new CodedError('models.not_a_number', { line: table.lines[i]!, column, text });
    return value;
  });
}

/** A column of yes and no: 0 and 1, or two words, of which the later in code point order is 1. */
export function binaryOf(table: ModelTable, column: string): { values: Float64Array; positive: string } {
  const texts = textsOf(table, column);
  const levels = [...new Set(texts)].sort();
  if (levels.every((level) => numberIn(level) === 0 || numberIn(level) === 1)) {
    return { values: Float64Array.from(texts, Number), positive: '1' };
  }
  if (levels.length !== 2 || levels.includes('')) {
    const place = texts.findIndex((text) => text === '' || text === levels[2]);
    throw new CodedError('models.not_binary', {
      line: table.lines[Math.max(0, place)]!,
      column,
      text: texts[Math.max(0, place)]!,
    });
  }
  return { values: Float64Array.from(texts, (text) => Number(text === levels[1])), positive: levels[1]! };
}

/** Names typed with commas between them. */
export const namesIn = (text: string): string[] =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

/** Rows of a table by their numbers. */
export function pickRows(table: FeatureTable, rows: readonly number[]): FeatureTable {
  return {
    names: table.names,
    columns: table.columns.map((column) => Float64Array.from(rows, (row) => column[row]!)),
  };
}

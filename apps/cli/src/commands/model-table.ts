import { CodedError } from '@kezi/contract/errors';
import { isBlankRow, readRows, sniffFile, type BadRow, type Row, type SniffedFile } from '@kezi/tabular';
import type { BenchTable } from '@kezi/valuation/bench';
import { inOurNames } from './usual-names.js';

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

/** Some columns of a whole file, all of them where none are named, and those of `optional` that it has. */
export async function readTable(
  path: string,
  wanted: readonly string[] | null,
  optional: readonly string[] = [],
): Promise<BenchTable> {
  const { names: given, batches } = await openTable(path);
  const names = wanted === null ? given : inOurNames(given, [...wanted, ...optional]);
  const has = (column: string): boolean => names.some((name) => name.toLowerCase() === column);
  const places =
    wanted === null
      ? names.map((_, place) => place)
      : [...wanted, ...optional.filter(has)].map((name) => placeOf(names, name));
  const kept = [...new Set(places)].map((place) => ({ place, texts: [] as string[] }));
  const lines: number[] = [];
  for await (const rows of batches)
    for (const row of rows) {
      if (isBroken(row)) throw new CodedError('models.row_unreadable', { line: row.line, text: row.text });
      lines.push(row.line);
      for (const { place, texts } of kept) texts.push(row.cells[place]!.trim());
    }
  if (lines.length === 0) throw new CodedError('models.no_rows', { file: path });
  return {
    names: kept.map(({ place }) => names[place]!),
    lines,
    columns: new Map(kept.map(({ place, texts }) => [names[place]!.toLowerCase(), texts])),
  };
}

/** Names typed with commas between them. */
export const namesIn = (text: string): string[] =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

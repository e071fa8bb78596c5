import { mostTableRows, type ModelFitInput, type ModelTable } from '@kezi/contract';

export type TableRow = ModelFitInput['rows'][number];

/** A small table out of text that was pasted, or of a file. */
export interface SmallTable {
  columns: string[];
  rows: TableRow[];
}

export type TableFault =
  | { fault: 'empty' }
  | { fault: 'no-rows' }
  | { fault: 'too-many-rows'; rows: number; most: number }
  | { fault: 'cells'; line: number; cells: number; columns: number }
  | { fault: 'column-twice'; column: string };

/** Delimiters in the order of preference where a header has none of them, or two as often. */
const delimiters = ['\t', ',', ';', '|'];

/** Cells of each line. A quoted cell may hold the delimiter, a doubled quote and the end of a line (RFC 4180). */
function cellsOf(text: string, delimiter: string): string[][] {
  const lines: string[][] = [];
  let cells: string[] = [];
  let cell = '';
  let isQuoted = false;
  const endLine = () => {
    cells.push(cell);
    if (cells.some((each) => each.trim() !== '')) lines.push(cells);
    cells = [];
    cell = '';
  };
  for (let i = 0; i < text.length; i++) {
    const letter = text[i]!;
    if (isQuoted) {
      if (letter !== '"') cell += letter;
      else if (text[i + 1] === '"') {
        cell += '"';
        i += 1;
      } else isQuoted = false;
    } else if (letter === '"' && cell.trim() === '') {
      isQuoted = true;
      cell = '';
    } else if (letter === delimiter) {
      cells.push(cell);
      cell = '';
    } else if (letter === '\n') endLine();
    else if (letter !== '\r') cell += letter;
  }
  endLine();
  return lines;
}

/** Figures as they are typed in Chinese too: full-width digits, commas between thousands. Anything else stays a word. */
function valueOf(text: string): string | number {
  const plain = text.normalize('NFKC').trim();
  const figure = /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain) ? plain.replaceAll(',', '') : plain;
  return figure !== '' && Number.isFinite(Number(figure)) ? Number(figure) : text.trim();
}

/** Reads a table with a header: cells copied out of a spreadsheet, or the text of a CSV or TSV file. */
export function readTable(text: string): SmallTable | TableFault {
  const clean = text.replace(/^\uFEFF/, '').trim();
  if (clean === '') return { fault: 'empty' };
  const header = clean.split('\n', 1)[0] ?? '';
  const count = (delimiter: string): number => header.split(delimiter).length;
  const delimiter = delimiters.reduce((best, each) => (count(each) > count(best) ? each : best));
  const [names = [], ...lines] = cellsOf(clean, delimiter);
  const columns = names.map((name) => name.trim());
  const twice = columns.find((name, place) => columns.indexOf(name) !== place);
  if (twice !== undefined) return { fault: 'column-twice', column: twice };
  if (lines.length === 0) return { fault: 'no-rows' };
  if (lines.length > mostTableRows)
    return { fault: 'too-many-rows', rows: lines.length, most: mostTableRows };
  const bad = lines.findIndex((cells) => cells.length !== columns.length);
  if (bad >= 0) return { fault: 'cells', line: bad + 1, cells: lines[bad]!.length, columns: columns.length };
  const rows = lines.map((cells) =>
    Object.fromEntries(columns.map((name, place) => [name, valueOf(cells[place]!)])),
  );
  return { columns, rows };
}

/** A cell as it stands in tab-separated text: quoted where it would break a line or a cell. */
const inTsv = (cell: string): string => (/[\t\n\r"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** The text that reads as this table. */
export const textOfTable = ({ columns, rows }: ModelTable): string =>
  [columns, ...rows].map((cells) => cells.map(inTsv).join('\t')).join('\n');

/** Rows with their places: two may be alike, so the place is what tells them apart. */
export const numbered = <Row>(rows: readonly Row[]): { number: number; row: Row }[] =>
  rows.map((row, number) => ({ number, row }));

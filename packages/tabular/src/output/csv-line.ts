import { inertCell } from './inert-cell.js';

export interface CsvLineOptions {
  /** Guards text against being taken for a formula; default true. Switch it off only for files that programs read. */
  inert?: boolean;
  lineEnd?: '\r\n' | '\n';
}

/** One line of CSV after RFC 4180, quotes where needed, ending with CRLF. null is an empty cell. */
export function csvLine(
  cells: readonly (string | number | bigint | null)[],
  options: CsvLineOptions = {},
): string {
  const inert = options.inert ?? true;
  const line = cells.map((cell) =>
    quoteCell(typeof cell === 'string' && inert ? inertCell(cell) : String(cell ?? '')),
  );
  // A line of one empty cell would be an empty line, which readers skip.
  const text = line.length === 1 && line[0] === '' ? '""' : line.join(',');
  return text + (options.lineEnd ?? '\r\n');
}

function quoteCell(cell: string): string {
  return /[",\r\n]/.test(cell) || /^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

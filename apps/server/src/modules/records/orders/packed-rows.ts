import type { SourceRow } from '../../intake/imports/index.js';

/** Rows in one text: it goes from thread to thread by a copy of its bytes, where a dozen texts a row go one by one. */
export interface PackedRows {
  lines: number[];
  /** Cells that each of them has. */
  width: number;
  /** Cells with NUL between them, which no good row holds. */
  text: string;
}

export function packRows(rows: readonly SourceRow[]): PackedRows {
  return {
    lines: rows.map(({ line }) => line),
    width: rows[0]?.cells.length ?? 0,
    text: rows.map(({ cells }) => cells.join('\0')).join('\0'),
  };
}

export function unpackRows({ lines, width, text }: PackedRows): SourceRow[] {
  const cells = text.split('\0');
  return lines.map((line, at) => ({ line, cells: cells.slice(at * width, (at + 1) * width) }));
}

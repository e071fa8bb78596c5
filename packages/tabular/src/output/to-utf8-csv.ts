import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';

import { readRows } from '../read-rows.js';
import type { SniffedFile } from '../sniff/sniffed-file.js';
import type { BadRow, Row } from '../tabular-row.js';
import { csvLine } from './csv-line.js';

/** The first column of the CSV: the line or sheet row that the row stood on. */
export const LINE_COLUMN = '_line';

export interface ToUtf8CsvOptions {
  signal?: AbortSignal | undefined;
  onBytes?: ((bytes: number) => void) | undefined;
  onBad?: ((bad: BadRow) => void) | undefined;
}

export interface Utf8Csv {
  rows: number;
  bad: number;
  bytes: number;
}

/**
 * Writes any file that `readRows` reads as plain UTF-8 CSV for a SQL engine: commas, LF, quotes only where needed, a header
 * of `_line` and the sniffed names. Bad rows go to `onBad`, not into the file. Cells are as in the source, not guarded:
 * this is for programs.
 */
export async function toUtf8Csv(
  path: string,
  sniffed: SniffedFile,
  out: string | Writable,
  options: ToUtf8CsvOptions = {},
): Promise<Utf8Csv> {
  const stream = typeof out === 'string' ? createWriteStream(out) : out;
  const total: Utf8Csv = { rows: 0, bad: 0, bytes: 0 };
  const failed = once(stream, 'error').then(([error]) => Promise.reject(error as Error));
  failed.catch(() => undefined);
  const write = async (text: string): Promise<void> => {
    const bytes = Buffer.from(text);
    total.bytes += bytes.length;
    if (!stream.write(bytes)) await Promise.race([once(stream, 'drain'), failed]);
  };
  try {
    const names = [LINE_COLUMN, ...sniffed.columns.map((column) => column.name)];
    await write(csvLine(names, { inert: false, lineEnd: '\n' }));
    for await (const batch of readRows(path, sniffed, options)) {
      total.rows += batch.rows.length;
      total.bad += batch.bad.length;
      for (const bad of batch.bad) options.onBad?.(bad);
      await write(batch.rows.map(lineOf).join(''));
    }
    stream.end();
    await finished(stream);
    return total;
  } catch (error) {
    stream.destroy();
    throw error;
  }
}

function lineOf(row: Row): string {
  return csvLine([row.line, ...row.cells], { inert: false, lineEnd: '\n' });
}

import { once } from 'node:events';
import { Readable, type Writable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { csvLine, inertCell, openWorkbookWriter } from '@kezi/tabular';
import type { ExportValue } from './export-columns.js';

/** Spreadsheets take UTF-8 for something else without it. */
const byteOrderMark = '\uFEFF';
/** Rows of a sheet; Excel holds 1,048,576. */
const rowsOfSheet = 1_000_000;

type Batches = AsyncIterable<readonly (readonly ExportValue[])[]>;

async function* csvOf(header: readonly string[], batches: Batches): AsyncGenerator<string> {
  yield byteOrderMark + csvLine(header);
  for await (const batch of batches) yield batch.map((row) => csvLine(row)).join('');
}

/** Writes a CSV file as the rows come and ends it; text that a spreadsheet would take for a formula is guarded. */
export async function writeCsv(out: Writable, header: readonly string[], batches: Batches): Promise<void> {
  await pipeline(Readable.from(csvOf(header, batches)), out);
}

/** The workbook's writer does not wait for a slow reader; we do, or a million rows stand in memory. */
async function waitForReader(out: Writable): Promise<void> {
  if (out.destroyed) throw new Error('The reader of the workbook has gone.');
  if (!out.writableNeedDrain) return;
  const waiting = new AbortController();
  const { signal } = waiting;
  try {
    await Promise.race([once(out, 'drain', { signal }), once(out, 'close', { signal })]);
  } finally {
    waiting.abort();
  }
}

/** Writes a workbook as the rows come and ends it. Above a million rows a further sheet begins. */
export async function writeXlsx(
  out: Writable,
  header: readonly string[],
  batches: Batches,
  title: string,
): Promise<void> {
  const book = await openWorkbookWriter({ to: out });
  const open = (number: number) => {
    const sheet = book.addWorksheet(number === 1 ? title : `${title} ${number}`);
    sheet.addRow([...header]).commit();
    return sheet;
  };
  let sheet = open(1);
  let rows = 0;
  for await (const batch of batches) {
    for (const row of batch) {
      if (rows > 0 && rows % rowsOfSheet === 0) {
        sheet.commit();
        sheet = open(rows / rowsOfSheet + 1);
      }
      rows++;
      sheet.addRow(row.map((value) => (typeof value === 'string' ? inertCell(value) : value))).commit();
    }
    await waitForReader(out);
  }
  sheet.commit();
  const done = finished(out, { readable: false });
  await book.commit();
  await done;
}

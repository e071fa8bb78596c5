import type { ImportKind, ImportMapping } from '@kezi/contract';
import type { BadRow, SniffedFile } from '@kezi/tabular';
import type { Db } from '../../../platform/db/scoped-db.js';
import { giveValues } from '../../../platform/jobs/give-values.js';
import { streamThread } from '../../../platform/jobs/stream-thread.js';
import { readSettings } from '../../people/settings/index.js';
import { dateFormatsOf, numberStyleOf } from './column-values.rules.js';
import { ExchangeRates, type ExchangeRate } from './exchange-rates.rules.js';
import { getImportKind, type ReadWindow } from './import-kind.js';
import { readTable } from './read-table.js';
import { RowFields } from './row-fields.js';

/*
 * A file as windows of rows that are read and checked. That is more work for a processor than writing them is for
 * PostgreSQL, so it happens on a thread of its own: the two go on side by side, and requests wait for neither.
 */

/** Large enough that a window's queries cost little, small enough that handing one over keeps nobody waiting (5-20 ms). */
const windowRows = 4096;

/** How the cells of a batch are to be understood, as plain data. */
interface FieldSettings {
  mapping: ImportMapping;
  baseCurrency: string;
  timeZone: string;
  rates: ExchangeRate[];
}

interface ReadingTask {
  kind: ImportKind;
  path: string;
  sniffed: SniffedFile;
  tempFolder: string;
  fields: FieldSettings;
  /** What the kind knows from the database. */
  known: unknown;
}

/** A window with what the file itself got wrong in it. */
export interface FileWindow extends ReadWindow<unknown> {
  /** Rows with as many cells as there are columns. */
  rows: number;
  bad: BadRow[];
  /** Read so far. */
  bytes: number;
}

/** Values of cells as this organisation and this mapping understand them. */
export async function readFieldSettings(db: Db, mapping: ImportMapping): Promise<FieldSettings> {
  const { baseCurrency, timeZone } = await readSettings(db);
  const rates = await db.selectFrom('exchange_rate').selectAll().execute();
  return {
    mapping,
    baseCurrency,
    timeZone,
    rates: rates.map(({ currency, valid_from, rate }) => ({ currency, validFrom: valid_from, rate })),
  };
}

export function openFields({ mapping, baseCurrency, timeZone, rates }: FieldSettings): RowFields {
  return new RowFields({
    columns: mapping.columns,
    dateFormats: dateFormatsOf(mapping.dateFormat),
    numberStyle: numberStyleOf(mapping.numberStyle),
    currency: mapping.currency ?? baseCurrency,
    timeZone,
    rates: new ExchangeRates(baseCurrency, rates),
  });
}

async function* windowsOf(task: ReadingTask, signal: AbortSignal): AsyncGenerator<FileWindow> {
  const { path, sniffed, tempFolder } = task;
  const read = getImportKind(task.kind).reader(openFields(task.fields), task.known);
  let bytes = 0;
  const options = { signal, onBytes: (done: number) => (bytes = done), batchRows: windowRows };
  for await (const { rows, bad } of readTable(path, sniffed, options, tempFolder)) {
    yield { ...read(rows), rows: rows.length, bad, bytes };
  }
}

/** What the thread does: see modules/import-thread.ts. */
export const giveWindows = (): void => giveValues(windowsOf);

const thread = { beside: '' };

/** Said once when the program starts: beside which module the file of the thread stands, as it has to know every kind. */
export function readBeside(url: string): void {
  thread.beside = url;
}

/** @throws CodedError tabular.* when the file itself breaks off */
export function readWindows(task: ReadingTask, signal: AbortSignal): AsyncGenerator<FileWindow> {
  return streamThread(thread.beside, 'import-thread', task, signal);
}

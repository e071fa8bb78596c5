import type { ImportCounts } from '@kezi/contract';
import type { BadRow } from '@kezi/tabular';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { Principal } from '../../../platform/http/kezi-app.js';
import type { Platform } from '../../../platform/platform.js';
import { readSettings } from '../../people/settings/index.js';
import { dateFormatsOf, numberStyleOf } from './column-values.rules.js';
import { ExchangeRates, type ExchangeRate } from './exchange-rates.rules.js';
import { getImportKind, type BatchContext, type ImportTarget, type RefusedRow } from './import-kind.js';
import type { Batch } from './imports.queries.js';
import { openFile } from './inspect-file.js';
import { readTable } from './read-table.js';
import type { RowErrorSpool } from './row-error-spool.js';
import { RowFields } from './row-fields.js';

/** Large enough that a window's queries cost little, small enough that reading one keeps nobody waiting (10-20 ms). */
const windowRows = 4096;

interface ImportRun {
  batch: Batch;
  principal: Principal;
  spool: RowErrorSpool;
  signal: AbortSignal;
  report: (progress: { stage: string; done: number; total: number }) => Promise<void>;
}

/** Values of cells as this organisation and this mapping understand them. */
export async function readFields(db: Db, { mapping }: Pick<Batch, 'mapping'>): Promise<RowFields> {
  const settings = await readSettings(db);
  const rates = await db.selectFrom('exchange_rate').selectAll().execute();
  const dated = rates.map((rate): ExchangeRate => ({
    currency: rate.currency,
    validFrom: rate.valid_from,
    rate: rate.rate,
  }));
  return new RowFields({
    columns: mapping.columns,
    dateFormats: dateFormatsOf(mapping.dateFormat),
    numberStyle: numberStyleOf(mapping.numberStyle),
    currency: mapping.currency ?? settings.baseCurrency,
    timeZone: settings.timeZone,
    rates: new ExchangeRates(settings.baseCurrency, dated),
  });
}

async function newOwnerOf(
  db: Db,
  { batch, principal }: Pick<ImportRun, 'batch' | 'principal'>,
): Promise<BatchContext['newOwner']> {
  const chosen = batch.mapping.ownerId;
  if (chosen === undefined || chosen === null) return { ownerId: principal.userId, teamId: principal.teamId };
  const user = await db
    .selectFrom('app_user')
    .select(['id', 'team_id'])
    .where('id', '=', chosen)
    .executeTakeFirst();
  return user
    ? { ownerId: user.id, teamId: user.team_id }
    : { ownerId: principal.userId, teamId: principal.teamId };
}

/**
 * Reads the batch's file and writes its records, in the caller's transaction: it commits all of it or none. While the
 * database works on one window, the next one is read. Bad rows go to the spool; they and the good ones add up to the file.
 * @throws CodedError tabular.* when the file itself breaks off
 */
export async function runImport(db: Db, platform: Platform, run: ImportRun): Promise<ImportCounts> {
  const { batch, principal } = run;
  const path = platform.files.path(batch.fileSha256);
  const sniffed = await openFile(platform, path, batch.kind, batch.inspection.reading);
  const fields = await readFields(db, batch);
  const newOwner = await newOwnerOf(db, run);
  const { importBatchId } = batch;
  const target = await getImportKind(batch.kind).open(db, {
    importBatchId,
    viewer: principal,
    newOwner,
    fields,
    now: platform.clock.now(),
  });
  const columns = sniffed.columns.map((column) => column.name);
  const sink = new WindowSink(target, run.spool, batch.mapping.columns, columns);
  let bytes = 0;
  let writing: Promise<void> = Promise.resolve();
  try {
    const options = { signal: run.signal, onBytes: (done: number) => (bytes = done), batchRows: windowRows };
    for await (const { rows, bad } of readTable(path, sniffed, options, platform.folders.temp)) {
      const write = await target.read(rows);
      await writing;
      await run.report({
        stage: 'reading',
        done: Math.min(bytes, batch.fileSize - 1),
        total: batch.fileSize,
      });
      writing = sink.take(rows.length, bad, write);
      // It is waited for at the next turn; until then nobody else listens.
      writing.catch(() => undefined);
    }
    await writing;
  } finally {
    await Promise.allSettled([writing]);
  }
  run.signal.throwIfAborted();
  await run.report({ stage: 'writing', done: batch.fileSize, total: batch.fileSize });
  await sink.finish();
  return sink.counts();
}

/** Hands windows to the kind of record and sorts out what comes back. */
class WindowSink {
  private read = 0;

  constructor(
    private readonly target: ImportTarget,
    private readonly spool: RowErrorSpool,
    private readonly mapped: Batch['mapping']['columns'],
    private readonly columnNames: readonly string[],
  ) {}

  async take(good: number, bad: readonly BadRow[], write: () => Promise<RefusedRow[]>): Promise<void> {
    this.read += good + bad.length;
    await this.spool.add(
      bad.map(({ line, column, code, params, cells }) => ({
        line,
        columnName: column === undefined ? '' : (this.columnNames[column] ?? ''),
        code,
        params,
        cells,
      })),
    );
    if (good > 0) await this.keepRefused(await write());
  }

  async finish(): Promise<void> {
    await this.keepRefused(await this.target.finish());
  }

  counts(): ImportCounts {
    const rejected = this.spool.count;
    return {
      read: this.read,
      accepted: this.read - rejected,
      rejected,
      reasons: this.spool.reasons,
      ...this.target.counts(),
    };
  }

  private async keepRefused(refused: readonly RefusedRow[]): Promise<void> {
    await this.spool.add(
      refused.map(({ row, field, code, params }) => {
        const column = this.mapped[field];
        const columnName = column === undefined ? '' : (this.columnNames[column - 1] ?? '');
        return { line: row.line, columnName, code, params, cells: row.cells };
      }),
    );
  }
}

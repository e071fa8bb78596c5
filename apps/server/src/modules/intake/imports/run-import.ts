import type { ImportCounts } from '@kezi/contract';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { Principal } from '../../../platform/http/kezi-app.js';
import type { Platform } from '../../../platform/platform.js';
import { getImportKind, type BatchContext, type ImportTarget, type RefusedRow } from './import-kind.js';
import type { Batch } from './imports.queries.js';
import { openFile } from './inspect-file.js';
import { readFieldSettings, readWindows, type FileWindow } from './read-windows.js';
import type { RowErrorSpool } from './row-error-spool.js';

interface ImportRun {
  batch: Batch;
  principal: Principal;
  spool: RowErrorSpool;
  isDryRun: boolean;
  signal: AbortSignal;
  report: (progress: { stage: string; done: number; total: number }) => Promise<void>;
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
 * database works on one window, the next ones are read. Bad rows go to the spool; they and the good ones add up to the file.
 * @throws CodedError tabular.* when the file itself breaks off
 */
export async function runImport(db: Db, platform: Platform, run: ImportRun): Promise<ImportCounts> {
  const { batch, principal, signal } = run;
  const path = platform.files.path(batch.fileSha256);
  const tempFolder = platform.folders.temp;
  const sniffed = await openFile(platform, path, batch.kind, batch.inspection.reading);
  const kind = getImportKind(batch.kind);
  const context: BatchContext = {
    importBatchId: batch.importBatchId,
    viewer: principal,
    newOwner: await newOwnerOf(db, run),
    marks: platform.box.marks,
    now: platform.clock.now(),
    isDryRun: run.isDryRun,
  };
  const fields = await readFieldSettings(db, batch.mapping);
  const known = (await kind.know?.(db, context)) ?? null;
  const target = await kind.open(db, context);
  const columns = sniffed.columns.map((column) => column.name);
  const sink = new WindowSink(target, run.spool, batch.mapping.columns, columns);
  const task = { kind: batch.kind, path, sniffed, tempFolder, fields, known };
  for await (const window of readWindows(task, signal)) {
    const done = Math.min(window.bytes, batch.fileSize - 1);
    await run.report({ stage: 'reading', done, total: batch.fileSize });
    await sink.take(window);
  }
  signal.throwIfAborted();
  await run.report({ stage: 'writing', done: batch.fileSize, total: batch.fileSize });
  await sink.finish();
  return sink.counts();
}

/** Hands windows to the kind of record and sorts out what comes back. */
class WindowSink {
  private read = 0;

  constructor(
    private readonly target: ImportTarget<unknown>,
    private readonly spool: RowErrorSpool,
    private readonly mapped: Batch['mapping']['columns'],
    private readonly columnNames: readonly string[],
  ) {}

  async take({ rows, bad, refused, content }: FileWindow): Promise<void> {
    this.read += rows + bad.length;
    await this.spool.add(
      bad.map(({ line, column, code, params, cells }) => ({
        line,
        columnName: column === undefined ? '' : (this.columnNames[column] ?? ''),
        code,
        params,
        cells,
      })),
    );
    await this.keepRefused(refused);
    if (rows > refused.length) await this.keepRefused(await this.target.write(content));
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

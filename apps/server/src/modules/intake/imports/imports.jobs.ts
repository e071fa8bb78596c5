import type { ImportCounts, ImportStatus } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { z } from 'zod';
import { writeAudit } from '../../../platform/audit/write-audit.js';
import { findUserPrincipal } from '../../../platform/auth/find-principal.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { emitEvent } from '../../../platform/events/emit-event.js';
import type { Principal } from '../../../platform/http/kezi-app.js';
import { defineJob, type JobContext } from '../../../platform/jobs/define-job.js';
import type { Platform } from '../../../platform/platform.js';
import { getBatch, type Batch } from './imports.queries.js';
import { RowErrorSpool } from './row-error-spool.js';
import { runImport } from './run-import.js';
import { undoImport } from './undo-import.js';

/** Imports write one after another: two that name the same new customer would wait for each other's end anyway. */
const exclusive = 'imports';

const batchParams = z.object({ importBatchId: z.int() });

/** Ends the transaction of a dry run: everything in it is undone. */
class DryRunEnded extends Error {
  constructor(readonly counts: ImportCounts) {
    super('A dry run has ended.');
  }
}

/** @throws CodedError app.forbidden when the user has gone or was disabled meanwhile */
async function principalOf(job: JobContext, platform: Platform): Promise<Principal> {
  const principal =
    job.userId === null ? null : await findUserPrincipal(platform.db.login, job.userId, platform.clock.now());
  if (!principal) throw new CodedError('app.forbidden');
  return principal;
}

async function finishBatch(
  db: Db,
  platform: Platform,
  batch: Batch,
  status: ImportStatus,
  counts: ImportCounts,
): Promise<void> {
  await db
    .updateTable('import_batch')
    .set({ status, counts: JSON.stringify(counts), finished_at: platform.clock.now() })
    .where('import_batch_id', '=', batch.importBatchId)
    .execute();
}

/** A dry run is the import itself, rolled back: what it counts is what would happen. */
export const checkJob = defineJob({
  kind: 'imports.check',
  params: batchParams,
  exclusive,
  async run(job, { importBatchId }, platform) {
    const principal = await principalOf(job, platform);
    const batch = await job.inScope((db) => getBatch(db, importBatchId));
    if (batch.status !== 'checking') return batch.counts;
    const spool = await RowErrorSpool.open(platform.folders.temp, importBatchId);
    try {
      const counts = await job
        .inScope(async (db): Promise<ImportCounts> => {
          throw new DryRunEnded(
            await runImport(db, platform, { batch, principal, spool, isDryRun: true, ...job }),
          );
        })
        .catch((error: unknown) => {
          if (error instanceof DryRunEnded) return error.counts;
          throw error;
        });
      await job.inScope(async (db) => {
        await spool.store(db, importBatchId, batch.createdBy);
        await finishBatch(db, platform, batch, 'checked', counts);
      });
      return counts;
    } finally {
      await spool.close();
    }
  },
});

/** The import of one batch in one transaction: after a crash nothing of it is there, and it begins again. */
export async function importBatch(
  job: JobContext,
  platform: Platform,
  importBatchId: number,
): Promise<ImportCounts> {
  const principal = await principalOf(job, platform);
  const spool = await RowErrorSpool.open(platform.folders.temp, importBatchId);
  try {
    return await job.inScope(async (db) => {
      const batch = await getBatch(db, importBatchId);
      // The crash came between the commit and the end of the job: it is all there.
      if (batch.status === 'imported' && batch.counts) return batch.counts;
      const counts = await runImport(db, platform, { batch, principal, spool, isDryRun: false, ...job });
      await spool.store(db, importBatchId, batch.createdBy);
      await finishBatch(db, platform, batch, 'imported', counts);
      await writeAudit(db, {
        action: 'import.finished',
        subject: 'import',
        subjectId: importBatchId,
        changes: { accepted: counts.accepted, rejected: counts.rejected },
      });
      await emitEvent(db, 'import.finished', { importBatchId }, { audience: 'all' });
      return counts;
    });
  } finally {
    await spool.close();
  }
}

export const importJob = defineJob({
  kind: 'imports.run',
  params: batchParams,
  exclusive,
  run: (job, { importBatchId }, platform) => importBatch(job, platform, importBatchId),
});

export const undoJob = defineJob({
  kind: 'imports.undo',
  params: batchParams.extend({ keepTouched: z.boolean() }),
  exclusive,
  async run(job, { importBatchId, keepTouched }, platform) {
    const principal = await principalOf(job, platform);
    return job.inScope(async (db) => {
      const batch = await getBatch(db, importBatchId);
      if (batch.status === 'undone') return null;
      await job.report({ stage: 'undoing', done: 0, total: null });
      const undone = await undoImport(db, batch, principal, keepTouched);
      await db
        .updateTable('import_batch')
        .set({ status: 'undone', finished_at: platform.clock.now() })
        .where('import_batch_id', '=', importBatchId)
        .execute();
      const changes = { ...undone };
      await writeAudit(db, { action: 'import.undone', subject: 'import', subjectId: importBatchId, changes });
      await emitEvent(db, 'import.finished', { importBatchId }, { audience: 'all' });
      return undone;
    });
  },
});

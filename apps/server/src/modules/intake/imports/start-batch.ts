import type { ImportStatus } from '@kezi/contract';
import { enqueueJob } from '../../../platform/jobs/enqueue-job.js';
import { cancelJob } from '../../../platform/jobs/jobs.routes.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { getImportKind } from './import-kind.js';
import { checkJob, importJob, undoJob } from './imports.jobs.js';
import { getBatch, lockBatch, type Batch } from './imports.queries.js';
import { requireStatus, type ImportAction } from './imports.rules.js';
import { requireReady } from './inspect-file.js';

async function getFor(db: Db, importBatchId: number, action: ImportAction): Promise<Batch> {
  await lockBatch(db, importBatchId);
  const batch = await getBatch(db, importBatchId);
  requireStatus(action, batch.status);
  return batch;
}

async function setRunning(
  db: Db,
  importBatchId: number,
  status: ImportStatus,
  jobId: number,
  startedAt?: Date,
): Promise<Batch> {
  await db
    .updateTable('import_batch')
    .set({ status, job_id: jobId, ...(startedAt ? { started_at: startedAt, finished_at: null } : {}) })
    .where('import_batch_id', '=', importBatchId)
    .execute();
  return getBatch(db, importBatchId);
}

/** @throws CodedError imports.not_found, imports.status_conflict, imports.fields_missing, imports.questions_open */
export async function startCheck(db: Db, importBatchId: number, now: Date): Promise<Batch> {
  const batch = await getFor(db, importBatchId, 'check');
  requireReady(batch.mapping, batch.inspection.questions, getImportKind(batch.kind));
  const jobId = await enqueueJob(db, checkJob, { importBatchId });
  return setRunning(db, importBatchId, 'checking', jobId, now);
}

/** @throws CodedError imports.not_found, imports.status_conflict, imports.fields_missing, imports.questions_open */
export async function startImport(db: Db, importBatchId: number, now: Date): Promise<Batch> {
  const batch = await getFor(db, importBatchId, 'start');
  requireReady(batch.mapping, batch.inspection.questions, getImportKind(batch.kind));
  const jobId = await enqueueJob(db, importJob, { importBatchId });
  return setRunning(db, importBatchId, 'importing', jobId, now);
}

/** @throws CodedError imports.not_found, imports.status_conflict */
export async function startUndo(db: Db, importBatchId: number, keepTouched: boolean): Promise<Batch> {
  await getFor(db, importBatchId, 'undo');
  const jobId = await enqueueJob(db, undoJob, { importBatchId, keepTouched });
  return setRunning(db, importBatchId, 'undoing', jobId);
}

/** @throws CodedError imports.not_found, imports.status_conflict when nothing is running */
export async function cancelBatch(db: Db, importBatchId: number, now: Date): Promise<Batch> {
  const batch = await getBatch(db, importBatchId);
  requireStatus('cancel', batch.status);
  if (batch.jobId !== null) await cancelJob(db, batch.jobId, now);
  return getBatch(db, importBatchId);
}

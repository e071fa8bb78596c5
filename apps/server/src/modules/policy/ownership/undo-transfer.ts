import { mostAtOnce, undoDays } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { writeAudit } from '../../../platform/audit/write-audit.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { enqueueJob } from '../../../platform/jobs/enqueue-job.js';
import { undoableCustomers } from './choose-customers.js';
import { moveCustomers } from './move-customers.js';
import { undoTransferJob } from './ownership.jobs.js';

/**
 * Takes a transfer back: every customer that is still where it was put returns to whoever had it, unless that person has
 * left. Up to 200 at once, more by a job.
 * @throws CodedError ownership.transfer_not_found, ownership.transfer_not_undoable
 */
export async function undoTransfer(db: Db, transferId: number, now: Date): Promise<void> {
  const row = await db
    .selectFrom('ownership_transfer')
    .selectAll()
    .where('transfer_id', '=', transferId)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new CodedError('ownership.transfer_not_found');
  const age = now.getTime() - Date.parse(row.created_at);
  const isOver = row.status === 'done' || row.status === 'cancelled' || row.status === 'failed';
  if (!isOver || age > undoDays * 86_400_000) {
    throw new CodedError('ownership.transfer_not_undoable', { days: undoDays });
  }
  await writeAudit(db, {
    action: 'ownership_transfer.undone',
    subject: 'ownership_transfer',
    subjectId: transferId,
    changes: { status: [row.status, 'undone'] },
  });
  const update = (values: { status: string; undo_job_id?: number; moved?: number; finished_at?: Date }) =>
    db.updateTable('ownership_transfer').set(values).where('transfer_id', '=', transferId).execute();
  const customerIds = await undoableCustomers(db, transferId);
  if (customerIds.length > mostAtOnce) {
    const jobId = await enqueueJob(db, undoTransferJob, { transferId });
    await update({ status: 'undoing', undo_job_id: jobId });
    return;
  }
  const back = await moveCustomers(db, {
    customerIds,
    to: 'back',
    why: { manner: 'undo', reason: row.reason },
    now,
  });
  await update({ status: 'undone', moved: row.moved - back.length, finished_at: now });
}

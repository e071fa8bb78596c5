import type { TaskRow } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { writeAudit } from '../../../platform/audit/write-audit.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { Principal } from '../../../platform/http/kezi-app.js';
import { reopenWarning } from '../alerts/index.js';
import { getTask } from './find-tasks.js';
import { holdTask, tell } from './write-task.js';

/** The warning that was settled with the task, at the same moment, as it is now. */
function settledWith(db: Db, taskId: number) {
  return db
    .selectFrom('task as t')
    .innerJoin('warning as w', 'w.warning_id', 't.warning_id')
    .where('t.task_id', '=', taskId)
    .whereRef('w.closed_at', '=', 't.done_at')
    .where('w.status', '=', 'handled')
    .select(['w.warning_id as warningId', 'w.row_version as rowVersion'])
    .executeTakeFirst();
}

/**
 * Puts back a task that is done or cancelled, and with it the warning that ended with it. What was said to the customer stays
 * written down. Of an answer or a solution the customer's own record decides, not the task.
 * @throws CodedError tasks.not_found, tasks.changed, tasks.open_conflict, tasks.kept_conflict, and those of a warning
 */
export async function reopenTask(
  db: Db,
  principal: Principal,
  taskId: number,
  { rowVersion, now }: { rowVersion: number; now: Date },
): Promise<TaskRow> {
  const before = await holdTask(db, principal, { taskId, rowVersion, from: ['open', 'done', 'cancelled'] });
  if (before.status === 'open') throw new CodedError('tasks.open_conflict');
  if (before.status === 'done' && (before.kind === 'response' || before.kind === 'solution')) {
    throw new CodedError('tasks.kept_conflict');
  }
  const warning = await settledWith(db, taskId);
  if (warning) await reopenWarning(db, warning.warningId, warning.rowVersion, now);
  await db
    .updateTable('task')
    .set({
      status: 'open',
      done_at: null,
      done_by: null,
      done_interaction_id: null,
      cancelled_because: null,
      cancelled_note: null,
      cancelled_by: null,
      cancelled_at: null,
      reopened_at: now,
      row_version: before.rowVersion + 1,
      updated_at: now,
    })
    .where('task_id', '=', taskId)
    .execute();
  await writeAudit(db, {
    action: 'task.reopened',
    subject: 'task',
    subjectId: taskId,
    changes: { status: [before.status, 'open'], rowVersion: [before.rowVersion, before.rowVersion + 1] },
  });
  await tell(db, taskId);
  return getTask(db, taskId);
}

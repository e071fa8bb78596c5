import type { TaskDone, TaskInput, TaskPatch, TaskRow } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { changesBetween, writeAudit } from '../../../platform/audit/write-audit.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { emitEvent } from '../../../platform/events/emit-event.js';
import type { Principal } from '../../../platform/http/kezi-app.js';
import { solveClock } from '../../policy/clocks/index.js';
import { changedSince } from '../../records/changed-since.js';
import { holdCustomer } from '../../records/hold-customer.js';
import { logInteraction } from '../../records/interactions/index.js';
import { settleWarning } from '../alerts/index.js';
import { getTask } from './find-tasks.js';

async function refuseStranger(db: Db, userId: number | null | undefined): Promise<void> {
  if (userId === null || userId === undefined) return;
  const user = await db.selectFrom('app_user').where('id', '=', userId).select('id').executeTakeFirst();
  if (!user) throw new CodedError('tasks.assignee_unknown');
}

export function tell(db: Db, taskId: number): Promise<void> {
  return emitEvent(db, 'task.changed', { taskId }, { audience: 'all' });
}

/** Whose a task is: the customer's, or of whoever does it where there is none. */
async function ownership(
  db: Db,
  principal: Principal,
  { customerId, assigneeId }: TaskInput,
): Promise<{ owner_id: number | null; team_id: number | null }> {
  if (customerId === null || customerId === undefined) {
    return { owner_id: assigneeId ?? principal.userId, team_id: principal.teamId };
  }
  const customer = await holdCustomer(db, customerId);
  return { owner_id: customer.ownerId, team_id: customer.teamId };
}

/** @throws CodedError tasks.assignee_unknown, customers.not_found, alerts.not_found */
export async function createTask(
  db: Db,
  principal: Principal,
  input: TaskInput,
  now: Date,
): Promise<TaskRow> {
  const { title, dueOn, minutes, customerId, assigneeId, warningId } = input;
  await refuseStranger(db, assigneeId);
  if (warningId !== null && warningId !== undefined) {
    const warning = await db
      .selectFrom('warning')
      .where('warning_id', '=', warningId)
      .where('customer_id', '=', customerId ?? 0)
      .select('warning_id')
      .executeTakeFirst();
    if (!warning) throw new CodedError('alerts.not_found');
  }
  const { task_id: taskId } = await db
    .insertInto('task')
    .values({
      ...(await ownership(db, principal, input)),
      customer_id: customerId ?? null,
      assignee_id: assigneeId ?? null,
      kind: warningId ? 'warning' : 'manual',
      title,
      due_on: dueOn,
      ...(minutes === undefined ? {} : { minutes }),
      warning_id: warningId ?? null,
      created_at: now,
      updated_at: now,
    })
    .returning('task_id')
    .executeTakeFirstOrThrow();
  await writeAudit(db, {
    action: 'task.created',
    subject: 'task',
    subjectId: taskId,
    changes: { title: [null, title], dueOn: [null, dueOn], customerId: [null, customerId ?? null] },
  });
  await tell(db, taskId);
  return getTask(db, taskId);
}

/**
 * The task as it is, held until the end of the transaction; refuses whoever has not seen what others changed.
 * @param from statuses in which it may be
 */
export async function holdTask(
  db: Db,
  principal: Principal,
  { taskId, rowVersion, from }: { taskId: number; rowVersion: number; from: readonly TaskRow['status'][] },
): Promise<TaskRow> {
  await db.selectFrom('task').where('task_id', '=', taskId).select('task_id').forUpdate().executeTakeFirst();
  const task = await getTask(db, taskId);
  if (task.rowVersion !== rowVersion) {
    const { by } = await changedSince(db, principal, { subject: 'task', subjectId: taskId, rowVersion });
    throw new CodedError('tasks.changed', { by: by ?? '—' });
  }
  if (!from.includes(task.status)) throw new CodedError('tasks.done_conflict');
  return task;
}

/** The columns of a task that somebody cancels or puts back. */
const cancellation = (status: 'open' | 'cancelled', { userId }: Principal, note: string | null, now: Date) =>
  status === 'cancelled'
    ? {
        status,
        cancelled_because: 'by-hand',
        cancelled_note: note,
        cancelled_by: userId,
        cancelled_at: now,
      }
    : { status, cancelled_because: null, cancelled_note: null, cancelled_by: null, cancelled_at: null };

/** @throws CodedError tasks.not_found, tasks.changed, tasks.done_conflict, tasks.assignee_unknown */
export async function updateTask(
  db: Db,
  principal: Principal,
  taskId: number,
  patch: TaskPatch,
  now: Date,
): Promise<TaskRow> {
  const before = await holdTask(db, principal, {
    taskId,
    rowVersion: patch.rowVersion,
    // What was cancelled may be put back, and is not changed otherwise.
    from: patch.status === 'open' ? ['open', 'cancelled'] : ['open'],
  });
  await refuseStranger(db, patch.assigneeId);
  const { title, dueOn, minutes, assigneeId, status } = patch;
  await db
    .updateTable('task')
    .set((set) => ({
      ...(title === undefined ? {} : { title }),
      ...(dueOn === undefined ? {} : { due_on: dueOn }),
      ...(minutes === undefined ? {} : { minutes }),
      ...(assigneeId === undefined ? {} : { assignee_id: assigneeId }),
      ...(status === undefined ? {} : cancellation(status, principal, patch.note ?? null, now)),
      row_version: set('row_version', '+', 1),
      updated_at: now,
    }))
    .where('task_id', '=', taskId)
    .execute();
  const after = {
    title,
    dueOn,
    minutes,
    assigneeId,
    status,
    ...(status === 'cancelled' ? { note: patch.note } : {}),
    rowVersion: before.rowVersion + 1,
  };
  await writeAudit(db, {
    action: 'task.updated',
    subject: 'task',
    subjectId: taskId,
    changes: changesBetween(before, after),
  });
  await tell(db, taskId);
  return getTask(db, taskId);
}

/**
 * Finishes a task. What was done is written down with the customer, and a warning behind the task is handled, all at once;
 * where a customer waited for a solution, what it asked for is solved.
 * @throws CodedError tasks.not_found, tasks.changed, tasks.done_conflict, tasks.answer_missing, and those of an interaction
 */
export async function finishTask(
  db: Db,
  principal: Principal,
  taskId: number,
  done: TaskDone,
  { now, today }: { now: Date; today: string },
): Promise<TaskRow> {
  const task = await holdTask(db, principal, { taskId, rowVersion: done.rowVersion, from: ['open'] });
  // Only a word with the customer stops the clock of an answer.
  if (task.kind === 'response' && done.interaction === undefined)
    throw new CodedError('tasks.answer_missing');
  if (task.kind === 'solution') await solveClock(db, principal, Number(task.made?.['clockId']), now);
  const interactionId =
    done.interaction === undefined || task.customerId === null
      ? null
      : await logInteraction(db, principal, task.customerId, done.interaction, now);
  await db
    .updateTable('task')
    .set((set) => ({
      status: 'done',
      done_at: now,
      done_by: principal.userId,
      done_interaction_id: interactionId,
      row_version: set('row_version', '+', 1),
      updated_at: now,
    }))
    .where('task_id', '=', taskId)
    .execute();
  await writeAudit(db, {
    action: 'task.done',
    subject: 'task',
    subjectId: taskId,
    changes: { status: ['open', 'done'], rowVersion: [task.rowVersion, task.rowVersion + 1] },
  });
  if (task.warningId !== null) {
    const warning = await db
      .selectFrom('warning')
      .where('warning_id', '=', task.warningId)
      .where('status', 'in', ['open', 'snoozed'])
      .select('warning_id')
      .executeTakeFirst();
    if (warning) {
      const note = done.interaction?.summary.slice(0, 2000) ?? null;
      const settlement = { status: 'handled', outcome: done.outcome ?? 'watching', note } as const;
      await settleWarning(db, task.warningId, settlement, { principal, rowVersion: null, now, today });
    }
  }
  await tell(db, taskId);
  return getTask(db, taskId);
}

import type { WarningRow } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import { writeAudit } from '../../../platform/audit/write-audit.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { emitEvent } from '../../../platform/events/emit-event.js';
import { getWarning } from './list-warnings.js';
import { holdWarning, refuseLate } from './settle-warning.js';

/** What has come to an end by a person's word; what is gone by itself does not come back by hand. */
const settled = ['snoozed', 'handled', 'false-alarm'];

/**
 * Takes back what somebody did with a warning, with whatever was settled in the same go: the customer's other warnings and
 * the task. What was said to the customer stays written down.
 * @throws CodedError alerts.not_found, alerts.changed, alerts.not_settled, alerts.reopen_conflict
 */
export async function reopenWarning(
  db: Db,
  warningId: number,
  rowVersion: number,
  now: Date,
): Promise<WarningRow> {
  const before = await holdWarning(db, warningId);
  refuseLate(before, rowVersion);
  if (!settled.includes(before.status)) throw new CodedError('alerts.not_settled');
  const { customerId } = before;
  // What one deed settles, it settles at one moment.
  const together = db
    .selectFrom('warning')
    .where('customer_id', '=', customerId)
    .where('status', '=', before.status)
    .where('updated_at', '=', (own) =>
      own.selectFrom('warning').where('warning_id', '=', warningId).select('updated_at'),
    );
  const ids = (await together.select('warning_id as id').forUpdate().execute()).map(({ id }) => id);
  const anew = await db
    .selectFrom('warning as own')
    .innerJoin('warning as other', (join) =>
      join
        .onRef('other.customer_id', '=', 'own.customer_id')
        .onRef('other.detector_id', '=', 'own.detector_id')
        .onRef('other.warning_id', '<>', 'own.warning_id'),
    )
    .where('own.warning_id', 'in', ids)
    .where('other.status', 'in', ['open', 'snoozed'])
    .select('other.warning_id')
    .executeTakeFirst();
  if (anew) throw new CodedError('alerts.reopen_conflict');
  await openTasks(db, ids, now);
  await db
    .updateTable('warning')
    .set((set) => ({
      status: 'open',
      snoozed_until: null,
      outcome: null,
      note: null,
      closed_by: null,
      closed_at: null,
      row_version: set('row_version', '+', 1),
      updated_at: now,
    }))
    .where('warning_id', 'in', ids)
    .execute();
  for (const id of ids) {
    await writeAudit(db, {
      action: 'warning.reopened',
      subject: 'warning',
      subjectId: id,
      changes: { status: [before.status, 'open'] },
    });
  }
  await emitEvent(db, 'warning.changed', { customerId }, { audience: 'all' });
  return getWarning(db, warningId);
}

/** The tasks that ended with the warnings, and no other that was done before. */
async function openTasks(db: Db, warningIds: readonly number[], now: Date): Promise<void> {
  await db
    .updateTable('task')
    .set((set) => ({
      status: 'open',
      done_at: null,
      done_by: null,
      reopened_at: now,
      row_version: set('row_version', '+', 1),
    }))
    .where('warning_id', 'in', warningIds)
    .where('status', '=', 'done')
    .where(sql<boolean>`done_at = (select closed_at from warning where warning.warning_id = task.warning_id)`)
    .execute();
}

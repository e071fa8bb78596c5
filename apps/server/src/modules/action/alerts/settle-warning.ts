import type { WarningOutcome, WarningRow, WarningStatus } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { writeAudit } from '../../../platform/audit/write-audit.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { emitEvent } from '../../../platform/events/emit-event.js';
import type { Principal } from '../../../platform/http/kezi-app.js';
import { refuseToChange } from '../../records/hold-customer.js';
import { getWarning } from './list-warnings.js';

/** What somebody does with a warning. */
export type Settlement =
  | { status: 'snoozed'; until: string; note: string | null }
  | { status: 'handled'; outcome: WarningOutcome; note: string | null }
  | { status: 'false-alarm'; note: string | null };

interface Writer {
  principal: Principal;
  /** The version that the writer saw; null where it does not matter what others did meanwhile. */
  rowVersion: number | null;
  now: Date;
  /** In the organisation's time zone. */
  today: string;
}

/**
 * The warning as it is, held until the end of the transaction.
 * @throws CodedError alerts.not_found; customers.shared_read_forbidden for whoever may only look at the customer
 */
export async function holdWarning(db: Db, warningId: number): Promise<WarningRow> {
  const held = await db
    .selectFrom('warning')
    .where('warning_id', '=', warningId)
    .select('warning_id')
    .forUpdate()
    .executeTakeFirst();
  const warning = await getWarning(db, warningId);
  if (!held) await refuseToChange(db, warning.customerId);
  return warning;
}

/** Who dealt with it last: of those whom the audit names, which only few may read, the name alone leaves it. */
export function refuseLate(warning: WarningRow, rowVersion: number | null): void {
  if (rowVersion === null || warning.rowVersion === rowVersion) return;
  if (warning.closedByName === null) throw new CodedError('alerts.seen_anew_conflict');
  throw new CodedError('alerts.changed', { by: warning.closedByName, status: warning.status });
}

/** Far enough for a pause between two seasons; a slip of the year would bury a warning for good. */
const longestSnoozeDays = 366;

/** @throws CodedError alerts.snooze_past, alerts.snooze_far */
function mustBeSoon(until: string, today: string): void {
  if (until <= today) throw new CodedError('alerts.snooze_past');
  if (Date.parse(until) - Date.parse(today) > longestSnoozeDays * 86_400_000) {
    throw new CodedError('alerts.snooze_far');
  }
}

const columnsOf = (settlement: Settlement, principal: Principal, now: Date) =>
  settlement.status === 'snoozed'
    ? {
        status: 'snoozed' as WarningStatus,
        snoozed_until: settlement.until,
        note: settlement.note,
        closed_by: principal.userId,
      }
    : {
        status: settlement.status as WarningStatus,
        snoozed_until: null,
        outcome: settlement.status === 'handled' ? settlement.outcome : null,
        note: settlement.note,
        closed_by: principal.userId,
        closed_at: now,
      };

/**
 * Snoozes or closes a warning. Of two people who deal with one, the second is told who was first.
 * @throws CodedError alerts.not_found, alerts.changed, alerts.closed, alerts.snooze_past, alerts.snooze_far
 */
export async function settleWarning(
  db: Db,
  warningId: number,
  settlement: Settlement,
  { principal, rowVersion, now, today }: Writer,
): Promise<WarningRow> {
  const before = await holdWarning(db, warningId);
  refuseLate(before, rowVersion);
  if (before.status !== 'open' && before.status !== 'snoozed') throw new CodedError('alerts.closed');
  if (settlement.status === 'snoozed') mustBeSoon(settlement.until, today);
  await db
    .updateTable('warning')
    .set((set) => ({
      ...columnsOf(settlement, principal, now),
      row_version: set('row_version', '+', 1),
      updated_at: now,
    }))
    .where('warning_id', '=', warningId)
    .execute();
  if (settlement.status !== 'snoozed') {
    await db
      .updateTable('task')
      .set((set) => ({
        status: 'done',
        done_at: now,
        done_by: principal.userId,
        row_version: set('row_version', '+', 1),
      }))
      .where('warning_id', '=', warningId)
      .where('status', '=', 'open')
      .execute();
  }
  await writeAudit(db, {
    action: `warning.${settlement.status === 'false-alarm' ? 'dismissed' : settlement.status}`,
    subject: 'warning',
    subjectId: warningId,
    changes: {
      status: [before.status, settlement.status],
      rowVersion: [before.rowVersion, before.rowVersion + 1],
      ...(settlement.status === 'handled' ? { outcome: [null, settlement.outcome] } : {}),
    },
  });
  await emitEvent(db, 'warning.changed', { customerId: before.customerId }, { audience: 'all' });
  const { customerId } = before;
  await emitEvent(db, 'warning.settled', { warningId, customerId, status: settlement.status });
  return getWarning(db, warningId);
}

/** Settles the other unsettled warnings of a customer in the same way: one talk answers them all. */
export async function settleOthers(
  db: Db,
  settled: WarningRow,
  settlement: Settlement,
  writer: Omit<Writer, 'rowVersion'>,
): Promise<void> {
  const others = await db
    .selectFrom('warning')
    .where('customer_id', '=', settled.customerId)
    .where('warning_id', '<>', settled.warningId)
    .where('status', 'in', ['open', 'snoozed'])
    .select('warning_id as id')
    .orderBy('warning_id')
    .execute();
  for (const { id } of others) {
    await settleWarning(db, id, settlement, { ...writer, rowVersion: null });
  }
}

import type { GroupMove } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import { writeAudit } from '../../../platform/audit/write-audit.js';
import { emitEvent } from '../../../platform/events/emit-event.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { Principal } from '../../../platform/http/kezi-app.js';
import { readSettings } from '../../people/settings/index.js';
import { dayIn, holdParents, refuseParent } from '../customers/index.js';
import { holdCustomer } from '../hold-customer.js';

interface Place {
  name: string;
  parentId: number | null;
}

async function placeOf(db: Db, customerId: number): Promise<Place> {
  const row = await db
    .selectFrom('customer')
    .where('customer_id', '=', customerId)
    .select(['name', 'parent_customer_id as parentId'])
    .executeTakeFirst();
  if (!row) throw new CodedError('customers.not_found');
  return row;
}

/** The name of a customer, or a dash for one that the mover may not see. */
async function nameOf(db: Db, customerId: number | null): Promise<string> {
  if (customerId === null) return '—';
  const row = await db
    .selectFrom('customer')
    .where('customer_id', '=', customerId)
    .select('name')
    .executeTakeFirst();
  return row?.name ?? '—';
}

async function refuseTarget(
  db: Db,
  principal: Principal,
  customerId: number,
  parentId: number,
  name: string,
) {
  if (parentId === customerId) throw new CodedError('groups.self');
  try {
    await refuseParent(db, principal, { customerId, parentId });
  } catch (error) {
    if (!(error instanceof CodedError) || error.code !== 'customers.parent_cycle') throw error;
    const parent = await nameOf(db, parentId);
    throw new CodedError('groups.cycle', { customer: name, parent }, { cause: error });
  }
}

/**
 * Puts a customer with all below it under another parent, or under none.
 * @throws CodedError customers.not_found, customers.parent_unknown, groups.self, groups.cycle, groups.moved_conflict,
 *   groups.effective_future, groups.effective_overlap
 */
export async function moveCustomer(
  db: Db,
  principal: Principal,
  customerId: number,
  move: GroupMove,
  now: Date,
): Promise<void> {
  const today = dayIn((await readSettings(db)).timeZone, now);
  const effectiveOn = move.effectiveOn ?? today;
  if (effectiveOn > today) throw new CodedError('groups.effective_future', { today });
  // First all parents, then the row: two who move at once queue here and hold nothing that the other waits for.
  await holdParents(db);
  await holdCustomer(db, customerId);
  const { name, parentId } = await placeOf(db, customerId);
  if (parentId !== move.fromParentCustomerId) {
    throw new CodedError('groups.moved_conflict', { customer: name, parent: await nameOf(db, parentId) });
  }
  if (parentId === move.parentCustomerId) return;
  const present = await db
    .selectFrom('group_membership')
    .where('customer_id', '=', customerId)
    .where('until_on', 'is', null)
    .select('from_on')
    .executeTakeFirst();
  if (move.effectiveOn !== undefined && present && effectiveOn < present.from_on) {
    throw new CodedError('groups.effective_overlap', { customer: name, day: present.from_on });
  }
  if (move.parentCustomerId !== null) {
    await refuseTarget(db, principal, customerId, move.parentCustomerId, name);
  }
  // The trigger that keeps memberships ends the one and begins the other on this day.
  await sql`select set_config('kezi.effective_on', ${effectiveOn}, true)`.execute(db);
  await db
    .updateTable('customer')
    .set({
      parent_customer_id: move.parentCustomerId,
      row_version: sql`row_version + 1`,
      updated_at: now,
    })
    .where('customer_id', '=', customerId)
    .execute();
  await writeAudit(db, {
    action: 'customer.moved',
    subject: 'customer',
    subjectId: customerId,
    changes: { parentCustomerId: [parentId, move.parentCustomerId], effectiveOn: [null, effectiveOn] },
  });
  await emitEvent(db, 'group.changed', { customerId });
}

import type { StagePin } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { writeAudit } from '../../../platform/audit/write-audit.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { emitEvent } from '../../../platform/events/emit-event.js';
import { holdCustomer } from '../../records/hold-customer.js';

/**
 * Puts a customer into a stage by hand: rules leave him there until the day, or until he is unpinned.
 * @throws CodedError customers.not_found
 */
export async function pinStage(
  db: Db,
  customerId: number,
  pin: StagePin,
  { userId, today }: { userId: number; today: string },
): Promise<void> {
  const customer = await holdCustomer(db, customerId);
  const now = await db
    .selectFrom('customer_stage')
    .where('customer_id', '=', customerId)
    .where('left_on', 'is', null)
    .select(['customer_stage_id as id', 'stage', 'entered_on as enteredOn'])
    .executeTakeFirst();
  const pinned = {
    pinned_by: userId,
    pin_note: pin.note,
    pinned_until: pin.until ?? null,
    pin_released_on: null,
  };
  if (now && now.stage === pin.stage) {
    await db.updateTable('customer_stage').set(pinned).where('customer_stage_id', '=', now.id).execute();
  } else {
    // The figures may be of a later day than today's, where the data end later.
    const enteredOn = now && now.enteredOn > today ? now.enteredOn : today;
    if (now) {
      await db
        .updateTable('customer_stage')
        .set({ left_on: enteredOn })
        .where('customer_stage_id', '=', now.id)
        .execute();
    }
    await db
      .insertInto('customer_stage')
      .values({
        customer_id: customerId,
        owner_id: customer.ownerId,
        team_id: customer.teamId,
        stage: pin.stage,
        reason: 'pinned',
        entered_on: enteredOn,
        ...pinned,
      })
      .execute();
  }
  await writeAudit(db, {
    action: 'stage.pinned',
    subject: 'customer',
    subjectId: customerId,
    changes: { stage: [now?.stage ?? null, pin.stage], pinnedUntil: [null, pin.until ?? null] },
  });
  await emitEvent(db, 'lifecycle.changed', { asOf: today }, { audience: 'all' });
}

/**
 * Leaves the stage to the rules again, from the next run on. Who pinned it, and why, stays in the history.
 * @throws CodedError customers.not_found, lifecycle.pin_missing
 */
export async function unpinStage(db: Db, customerId: number, today: string): Promise<void> {
  await holdCustomer(db, customerId);
  const freed = await db
    .updateTable('customer_stage')
    .set({ pin_released_on: today })
    .where('customer_id', '=', customerId)
    .where('left_on', 'is', null)
    .where('pinned_by', 'is not', null)
    .where('pin_released_on', 'is', null)
    .returning('stage')
    .executeTakeFirst();
  if (!freed) throw new CodedError('lifecycle.pin_missing');
  await writeAudit(db, {
    action: 'stage.unpinned',
    subject: 'customer',
    subjectId: customerId,
    changes: { stage: [freed.stage, freed.stage] },
  });
  await emitEvent(db, 'lifecycle.changed', { asOf: today }, { audience: 'all' });
}

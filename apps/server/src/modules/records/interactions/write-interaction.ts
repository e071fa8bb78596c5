import { CodedError } from '@kezi/contract/errors';
import { emitEvent } from '../../../platform/events/emit-event.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { InteractionState } from './interactions.rules.js';

/** The columns of a state, under their names in the table. */
export function columnsOf(state: InteractionState) {
  return {
    kind: state.kind,
    happened_at: state.happenedAt,
    summary: state.summary,
    outcome: state.outcome,
    next_step: state.nextStep,
    next_step_on: state.nextStepOn,
    contact_ids: state.contactIds,
    user_ids: state.userIds,
  };
}

/**
 * Those who took part are contacts of the customer, and colleagues whom the writer may see.
 * @throws CodedError interactions.contact_unknown, interactions.user_unknown
 */
export async function refuseStrangers(
  db: Db,
  customerId: number,
  { contactIds, userIds }: { contactIds: readonly number[]; userIds: readonly number[] },
): Promise<void> {
  if (contactIds.length > 0) {
    const found = await db
      .selectFrom('contact')
      .where('contact_id', 'in', [...contactIds])
      .where('customer_id', '=', customerId)
      .where('deleted_at', 'is', null)
      .select('contact_id')
      .execute();
    if (found.length < contactIds.length) throw new CodedError('interactions.contact_unknown');
  }
  if (userIds.length > 0) {
    const found = await db
      .selectFrom('app_user')
      .where('id', 'in', [...userIds])
      .select('id')
      .execute();
    if (found.length < userIds.length) throw new CodedError('interactions.user_unknown');
  }
}

export function tellInteraction(db: Db, customerId: number, interactionId: number): Promise<void> {
  return emitEvent(db, 'interaction.changed', { customerId, interactionId });
}

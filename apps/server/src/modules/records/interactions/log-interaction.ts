import type { InteractionInput } from '@kezi/contract';
import { writeAudit } from '../../../platform/audit/write-audit.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { Principal } from '../../../platform/http/kezi-app.js';
import { holdCustomer } from '../hold-customer.js';
import { stateAfter } from './interactions.rules.js';
import { columnsOf, refuseStrangers, tellInteraction } from './write-interaction.js';

/**
 * Writes down what was done with a customer. Whoever writes it took part, unless others are named.
 * @returns the id
 * @throws CodedError customers.not_found, interactions.summary_too_large, interactions.not_yet,
 *   interactions.next_step_missing, interactions.contact_unknown, interactions.user_unknown
 */
export async function logInteraction(
  db: Db,
  principal: Principal,
  customerId: number,
  input: InteractionInput,
  now: Date,
): Promise<number> {
  await holdCustomer(db, customerId);
  const blank = {
    kind: input.kind,
    happenedAt: now,
    summary: input.summary,
    outcome: null,
    nextStep: null,
    nextStepOn: null,
    contactIds: [],
    userIds: [principal.userId],
  };
  const state = stateAfter(blank, input, now);
  await refuseStrangers(db, customerId, state);
  const { interaction_id: interactionId } = await db
    .insertInto('interaction')
    .values({
      customer_id: customerId,
      ...columnsOf(state),
      created_at: now,
      updated_at: now,
    })
    .returning('interaction_id')
    .executeTakeFirstOrThrow();
  await writeAudit(db, {
    action: 'interaction.created',
    subject: 'interaction',
    subjectId: interactionId,
    changes: { customerId: [null, customerId], kind: [null, state.kind] },
  });
  await tellInteraction(db, customerId, interactionId);
  return interactionId;
}

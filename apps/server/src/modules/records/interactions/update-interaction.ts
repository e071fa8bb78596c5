import type { InteractionPatch } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import { changesBetween, writeAudit } from '../../../platform/audit/write-audit.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { Principal } from '../../../platform/http/kezi-app.js';
import { changedSince } from '../changed-since.js';
import { holdCustomer } from '../hold-customer.js';
import { stateAfter, type InteractionState } from './interactions.rules.js';
import { columnsOf, refuseStrangers, tellInteraction } from './write-interaction.js';

interface Found {
  customerId: number;
  rowVersion: number;
  state: InteractionState;
}

async function readInteraction(db: Db, interactionId: number): Promise<Found> {
  const row = await db
    .selectFrom('interaction')
    .where('interaction_id', '=', interactionId)
    .where('deleted_at', 'is', null)
    .select([
      'customer_id as customerId',
      'row_version as rowVersion',
      'kind',
      'happened_at as happenedAt',
      'summary',
      'outcome',
      'next_step as nextStep',
      'next_step_on as nextStepOn',
      'contact_ids as contactIds',
      'user_ids as userIds',
    ])
    .executeTakeFirst();
  if (!row) throw new CodedError('interactions.not_found');
  const { customerId, rowVersion, happenedAt, ...rest } = row;
  return { customerId, rowVersion, state: { ...rest, happenedAt: new Date(happenedAt) } as InteractionState };
}

/** What the audit holds of a change: which fields, and the values of those that are no free text. */
function auditedChanges(before: InteractionState, after: InteractionState): Record<string, unknown> {
  const plain = ({ kind, happenedAt, nextStepOn }: InteractionState) => ({
    kind,
    happenedAt: happenedAt.toISOString(),
    nextStepOn,
  });
  const hidden = (['summary', 'outcome', 'nextStep', 'contactIds', 'userIds'] as const).filter(
    (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  );
  return {
    ...changesBetween(plain(before), plain(after)),
    ...Object.fromEntries(hidden.map((field) => [field, true])),
  };
}

/** Only those who are new are looked up: somebody who took part and has left since stays in the record. */
function added(before: readonly number[], after: readonly number[]): number[] {
  return after.filter((id) => !before.includes(id));
}

/**
 * Changes what the patch names, if nobody has changed the interaction since `rowVersion`.
 * @throws CodedError interactions.not_found, interactions.changed, and what `logInteraction` throws
 */
export async function updateInteraction(
  db: Db,
  principal: Principal,
  interactionId: number,
  patch: InteractionPatch,
  now: Date,
): Promise<void> {
  const { customerId } = await readInteraction(db, interactionId);
  await holdCustomer(db, customerId);
  const { state: before, rowVersion } = await readInteraction(db, interactionId);
  const { rowVersion: seen, ...given } = patch;
  if (seen !== rowVersion) {
    const row = { subject: 'interaction', subjectId: interactionId, rowVersion: seen };
    throw new CodedError('interactions.changed', await changedSince(db, principal, row));
  }
  const after = stateAfter(before, given, now);
  await refuseStrangers(db, customerId, {
    contactIds: added(before.contactIds, after.contactIds),
    userIds: added(before.userIds, after.userIds),
  });
  await db
    .updateTable('interaction')
    .set({ ...columnsOf(after), row_version: sql`row_version + 1`, updated_at: now })
    .where('interaction_id', '=', interactionId)
    .execute();
  await writeAudit(db, {
    action: 'interaction.updated',
    subject: 'interaction',
    subjectId: interactionId,
    changes: { ...auditedChanges(before, after), rowVersion: [rowVersion, rowVersion + 1] },
  });
  await tellInteraction(db, customerId, interactionId);
}

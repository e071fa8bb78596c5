import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import { writeAudit } from '../../../platform/audit/write-audit.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { tellInteraction } from './write-interaction.js';

/**
 * Sets an interaction aside (`deleted`), so that it is in no timeline, or takes that back (`restored`).
 * @throws CodedError interactions.not_found where there is nothing to delete or to take back
 */
export async function setAside(
  db: Db,
  interactionId: number,
  deed: 'deleted' | 'restored',
  now: Date,
): Promise<void> {
  const row = await db
    .updateTable('interaction')
    .set({
      deleted_at: deed === 'deleted' ? now : null,
      row_version: sql`row_version + 1`,
      updated_at: now,
    })
    .where('interaction_id', '=', interactionId)
    .where('deleted_at', deed === 'deleted' ? 'is' : 'is not', null)
    .returning('customer_id')
    .executeTakeFirst();
  if (!row) throw new CodedError('interactions.not_found');
  await writeAudit(db, { action: `interaction.${deed}`, subject: 'interaction', subjectId: interactionId });
  await tellInteraction(db, row.customer_id, interactionId);
}

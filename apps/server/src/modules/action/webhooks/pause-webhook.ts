import { sql } from 'kysely';
import { writeAudit } from '../../../platform/audit/write-audit.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { emitEvent } from '../../../platform/events/emit-event.js';

/** Stops a webhook until somebody starts it again; what waits for it is given up, and may be sent again once. */
export async function pauseWebhook(
  db: Db,
  webhookId: number,
  reason: 'failing' | 'maker_gone',
  now: Date,
): Promise<void> {
  const paused = await db
    .updateTable('webhook')
    .set({ paused_at: now, pause_reason: reason, updated_at: now, row_version: sql<number>`row_version + 1` })
    .where('webhook_id', '=', webhookId)
    .where('paused_at', 'is', null)
    .executeTakeFirst();
  if (paused.numUpdatedRows === 0n) return;
  await db
    .updateTable('delivery')
    .set({ status: 'dead', finished_at: now })
    .where('webhook_id', '=', webhookId)
    .where('status', '=', 'waiting')
    .execute();
  await writeAudit(db, {
    action: 'webhook.paused',
    subject: 'webhook',
    subjectId: webhookId,
    changes: { reason },
  });
  await emitEvent(db, 'webhook.paused', { webhookId });
}

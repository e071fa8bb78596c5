import type { TestResult } from '@kezi/contract';
import type { Principal } from '../../../platform/http/kezi-app.js';
import { readAllowedHosts } from '../../../platform/outbound/outbound-settings.js';
import type { Platform } from '../../../platform/platform.js';
import { postTo } from './send-webhook.js';
import { getWebhook } from './webhooks.queries.js';
import { bodyOf } from './webhooks.rules.js';

/**
 * Sends one message of type test, at once and once, and writes it into the history. Also tells whether a paused webhook may
 * be switched on again.
 * @throws CodedError webhooks.not_found
 */
export async function testWebhook(
  platform: Platform,
  principal: Principal,
  webhookId: number,
): Promise<TestResult> {
  const now = platform.clock.now();
  const allowedHosts = await platform.db.asSystem(readAllowedHosts);
  const { target, deliveryId } = await platform.db.inScope(principal, async (db) => {
    const { url } = await getWebhook(db, principal, webhookId);
    const row = await db
      .selectFrom('webhook')
      .select('secret')
      .where('webhook_id', '=', webhookId)
      .executeTakeFirstOrThrow();
    // Dead from the start, and not to be replayed: what it came to is written after it.
    const made = await db
      .insertInto('delivery')
      .values({
        channel: 'webhook',
        kind: 'test',
        webhook_id: webhookId,
        message: JSON.stringify({ occurredAt: now.toISOString(), customerId: null, data: {} }),
        source_key: `webhook ${webhookId} test ${now.toISOString()} ${Math.random()}`,
        status: 'dead',
        attempts: 1,
        replayed_at: now,
        due_at: now,
        finished_at: now,
        created_at: now,
        created_by: principal.userId,
      })
      .returning('delivery_id')
      .executeTakeFirstOrThrow();
    return {
      target: { url, secret: platform.box.open(row.secret) ?? '' },
      deliveryId: made.delivery_id,
    };
  });
  const body = bodyOf({ deliveryId, kind: 'test', occurredAt: now.toISOString(), data: {} });
  const attempt = await postTo(platform, target, { deliveryId, kind: 'test', body }, allowedHosts);
  const { status, answer, milliseconds } = attempt;
  const error = attempt.end === 'failed' ? attempt.error : null;
  await platform.db.inScope(principal, async (db) => {
    if (error === null) {
      await db
        .updateTable('delivery')
        .set({ status: 'sent' })
        .where('delivery_id', '=', deliveryId)
        .execute();
    }
    await db
      .insertInto('delivery_attempt')
      .values({
        delivery_id: deliveryId,
        status,
        error,
        answer,
        milliseconds,
        attempted_at: platform.clock.now(),
        created_by: principal.userId,
      })
      .execute();
  });
  return { ok: error === null, status, error, answer, milliseconds };
}

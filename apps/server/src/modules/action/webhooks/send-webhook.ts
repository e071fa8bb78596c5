import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { Attempt, DeliveryChannel, Outgoing } from '../../../platform/outbound/delivery-channel.js';
import { readAllowedHosts } from '../../../platform/outbound/outbound-settings.js';
import { sendOutside } from '../../../platform/outbound/send-outside.js';
import type { Platform } from '../../../platform/platform.js';
import { pauseWebhook } from './pause-webhook.js';
import { seenBy } from './tell-webhooks.js';
import { bodyOf, errorOfStatus, isToPause, signatureOf } from './webhooks.rules.js';

interface Target {
  url: string;
  secret: string;
}

/** One POST to a webhook, and how it ended. */
export async function postTo(
  platform: Platform,
  target: Target,
  message: { deliveryId: number; kind: string; body: string },
  allowedHosts: readonly string[],
): Promise<Extract<Attempt, { end: 'through' | 'failed' }>> {
  const began = performance.now();
  const { deliveryId, kind, body } = message;
  try {
    const { status, answer, milliseconds } = await sendOutside({
      url: target.url,
      body,
      allowedHosts,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'user-agent': 'Kezi-Webhook/1',
        'kezi-delivery': String(deliveryId),
        'kezi-event': kind,
        'kezi-signature': signatureOf(target.secret, body, platform.clock.now()),
      },
    });
    const error = errorOfStatus(status);
    if (error === null) return { end: 'through', status, answer, milliseconds };
    // 410: the receiver says that it is gone for good.
    return { end: 'failed', status, error, answer, milliseconds, isFinal: status === 410 };
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    const milliseconds = Math.round(performance.now() - began);
    return { end: 'failed', status: null, error: error.code, answer: '', milliseconds };
  }
}

async function send(platform: Platform, outgoing: Outgoing): Promise<Attempt> {
  const { deliveryId, kind, webhookId, message } = outgoing;
  const found = await platform.db.asSystem(async (db) => ({
    webhook: await db
      .selectFrom('webhook')
      .select(['url', 'secret', 'created_by'])
      .where('webhook_id', '=', webhookId ?? 0)
      .where('is_active', '=', true)
      .executeTakeFirst(),
    allowedHosts: await readAllowedHosts(db),
  }));
  if (!found.webhook) return { end: 'withdrawn' };
  const { url, secret: sealed, created_by: makerId } = found.webhook;
  const secret = platform.box.open(sealed);
  if (secret === null) {
    return { end: 'failed', status: null, error: 'outbound.secret_lost', answer: '', milliseconds: 0 };
  }
  const { occurredAt, customerId, data } = message as {
    occurredAt: string;
    customerId: number | null;
    data: Record<string, unknown>;
  };
  // Since the event the customer may have gone to somebody else.
  const seen = await seenBy(platform, makerId, [{ type: 'task.changed', key: '', customerId, data }]);
  if (seen?.length !== 1) return { end: 'withdrawn' };
  const body = bodyOf({ deliveryId, kind, occurredAt, data });
  return postTo(platform, { url, secret }, { deliveryId, kind, body }, found.allowedHosts);
}

/** Counts since when nothing came through, and pauses after too long. */
async function settle(db: Db, { webhookId }: Outgoing, attempt: Attempt, now: Date): Promise<void> {
  if (webhookId === null) return;
  if (attempt.end === 'through') {
    await db
      .updateTable('webhook')
      .set({ failing_since: null })
      .where('webhook_id', '=', webhookId)
      .where('failing_since', 'is not', null)
      .execute();
  }
  if (attempt.end !== 'failed') return;
  const row = await db
    .updateTable('webhook')
    .set({ failing_since: sql<string>`coalesce(failing_since, ${now.toISOString()}::timestamptz)` })
    .where('webhook_id', '=', webhookId)
    .returning('failing_since')
    .executeTakeFirst();
  if (row && isToPause(row.failing_since, now)) await pauseWebhook(db, webhookId, 'failing', now);
}

export const webhookChannel: DeliveryChannel = { name: 'webhook', send, settle };

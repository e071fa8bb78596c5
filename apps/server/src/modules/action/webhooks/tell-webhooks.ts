import type { EventType } from '@kezi/contract';
import { sql } from 'kysely';
import { findUserPrincipal } from '../../../platform/auth/find-principal.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { listenTo, type EventListener, type Occurrence } from '../../../platform/events/listen-to.js';
import { putDelivery } from '../../../platform/outbound/put-delivery.js';
import type { Platform } from '../../../platform/platform.js';
import { pauseWebhook } from './pause-webhook.js';
import { mostAtOnce, tellers, type Told } from './webhook-events.js';

interface Listening {
  webhookId: number;
  events: string[];
  makerId: number;
}

/** Webhooks that are on and want to hear of one of these. */
async function listeningTo(db: Db, types: readonly string[]): Promise<Listening[]> {
  const { rows } = await sql<Listening>`
    select webhook_id as "webhookId", events, created_by as "makerId" from webhook
    where is_active and paused_at is null and events && ${[...types]}::text[] order by webhook_id`.execute(
    db,
  );
  return rows;
}

/** What of it the maker of a webhook may see now; null when there is no such user any more. */
export async function seenBy(
  platform: Platform,
  makerId: number,
  told: readonly Told[],
): Promise<Told[] | null> {
  const maker = await findUserPrincipal(platform.db.login, makerId, platform.clock.now());
  if (!maker?.permissions.has('webhooks:write')) return null;
  const ids = [...new Set(told.flatMap(({ customerId }) => customerId ?? []))];
  if (ids.length === 0) return [...told];
  const rows = await platform.db.inScope(
    maker,
    (db) =>
      sql<{ id: number }>`
        select customer_id as id from customer where customer_id = any (${ids}::bigint[])`.execute(db),
    { readOnly: true },
  );
  const seen = new Set(rows.rows.map(({ id }) => id));
  return told.filter(({ customerId }) => customerId === null || seen.has(customerId));
}

/** The first of each kind as they are; what is beyond is told as a count, so that nobody is drowned. */
function summedUp(told: readonly Told[]): Told[] {
  return [...new Set(told.map(({ type }) => type))].flatMap((type) => {
    const all = told.filter((one) => one.type === type);
    if (all.length <= mostAtOnce) return all;
    const rest = all.length - mostAtOnce;
    return [...all.slice(0, mostAtOnce), { type, key: 'rest', customerId: null, data: { summarised: rest } }];
  });
}

async function tellOne(
  platform: Platform,
  db: Db,
  webhook: Listening,
  told: readonly Told[],
  { eventId, recordedAt }: Occurrence,
): Promise<void> {
  const now = platform.clock.now();
  const { webhookId, makerId } = webhook;
  const seen = await seenBy(
    platform,
    makerId,
    told.filter(({ type }) => webhook.events.includes(type)),
  );
  if (seen === null) {
    await pauseWebhook(db, webhookId, 'maker_gone', now);
    return;
  }
  for (const { type, key, customerId, data } of summedUp(seen)) {
    await putDelivery(
      db,
      {
        channel: 'webhook',
        kind: type,
        webhookId,
        message: { occurredAt: recordedAt, customerId, data },
        sourceKey: `webhook ${webhookId} event ${eventId} ${type} ${key}`,
        createdBy: makerId,
      },
      now,
    );
  }
}

function listenerFor<Type extends EventType>(type: Type): EventListener | null {
  const teller = tellers[type];
  if (!teller) return null;
  return listenTo(type, async (payload, platform, db, occurrence) => {
    const listening = await listeningTo(db, teller.tells);
    if (listening.length === 0) return;
    const told = await teller.tell(db, payload, occurrence);
    for (const webhook of listening) await tellOne(platform, db, webhook, told, occurrence);
  });
}

export const webhookListeners: readonly EventListener[] = (Object.keys(tellers) as EventType[]).flatMap(
  (type) => listenerFor(type) ?? [],
);

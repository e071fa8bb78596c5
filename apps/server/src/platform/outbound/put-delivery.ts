import { sql } from 'kysely';
import type { Db } from '../db/scoped-db.js';
import type { ChannelName } from './delivery-channel.js';
import { laneOf } from './lanes.js';

interface NewDelivery {
  channel: ChannelName;
  kind: string;
  webhookId?: number;
  robotId?: number;
  userId?: number;
  /** Numbers, never names. */
  message: Readonly<Record<string, unknown>>;
  /** Sealed by the caller. */
  sealed?: string;
  /** The same thing to the same receiver has the same key: it is delivered once. */
  sourceKey: string;
  /** Who may read of it besides those who see all. */
  createdBy: number | null;
  /** Not before. */
  dueAt?: Date;
}

/** One after another to one receiver: who is slow keeps nobody else waiting. */
const queueLane = (db: Db, lane: string) => sql`select kezi_deliver(${lane})`.execute(db);

/**
 * Writes a delivery in the caller's transaction: it exists exactly when what it tells of does.
 * @returns its number, or null when it was written before
 */
export async function putDelivery(db: Db, wish: NewDelivery, now: Date): Promise<number | null> {
  const dueAt = wish.dueAt ?? now;
  const row = await db
    .insertInto('delivery')
    .values({
      channel: wish.channel,
      kind: wish.kind,
      webhook_id: wish.webhookId ?? null,
      robot_id: wish.robotId ?? null,
      user_id: wish.userId ?? null,
      message: JSON.stringify(wish.message),
      sealed: wish.sealed ?? null,
      source_key: wish.sourceKey,
      due_at: dueAt,
      created_by: wish.createdBy,
      created_at: now,
    })
    .onConflict((conflict) => conflict.column('source_key').doNothing())
    .returning(['delivery_id', 'channel', 'webhook_id', 'robot_id'])
    .executeTakeFirst();
  if (!row) return null;
  if (dueAt <= now) await queueLane(db, laneOf(row));
  return row.delivery_id;
}

/** Wakes the lanes in which something is due: after a pause, after quiet hours, and after a program that died. */
export async function queueDue(db: Db, now: Date): Promise<void> {
  const lanes = await db
    .selectFrom('delivery')
    .select(['channel', 'webhook_id', 'robot_id'])
    .distinct()
    .where('status', '=', 'waiting')
    .where('due_at', '<=', now.toISOString())
    .execute();
  for (const lane of lanes) await queueLane(db, laneOf(lane));
}

/**
 * Sends what was given up a second and last time.
 * @returns false when there is nothing to send again: it was sent, or was sent again before
 */
export async function replayDelivery(db: Db, deliveryId: number, now: Date): Promise<boolean> {
  const row = await db
    .updateTable('delivery')
    .set({ status: 'waiting', attempts: 0, replayed_at: now, due_at: now, finished_at: null })
    .where('delivery_id', '=', deliveryId)
    .where('status', '=', 'dead')
    .where('replayed_at', 'is', null)
    .returning(['delivery_id', 'channel', 'webhook_id', 'robot_id'])
    .executeTakeFirst();
  if (!row) return false;
  await queueLane(db, laneOf(row));
  return true;
}

/** Long enough to look something up, short enough that nothing is kept for nothing. */
const keptDays = { sent: 30, withdrawn: 30, dead: 90 } as const;

/** Removes what was finished long ago. */
export async function forgetOldDeliveries(db: Db, now: Date): Promise<void> {
  for (const [status, days] of Object.entries(keptDays)) {
    await db
      .deleteFrom('delivery')
      .where('status', '=', status)
      .where('finished_at', '<', new Date(now.getTime() - days * 86_400_000).toISOString())
      .execute();
  }
}

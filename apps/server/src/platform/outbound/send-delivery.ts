import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import type { Db } from '../db/scoped-db.js';
import type { Platform } from '../platform.js';
import type { Attempt, DeliveryChannel, Outgoing } from './delivery-channel.js';
import { readLane, type Lane } from './lanes.js';
import { nextAttempt } from './retry.rules.js';

/** Longer than any attempt takes: what is still waiting then was begun by a program that died. */
const leaseMs = 120_000;

interface Claimed {
  outgoing: Outgoing;
  channel: string;
  attempts: number;
  createdBy: number | null;
  wasReplayed: boolean;
}

/** Takes the oldest of a lane that is due. */
async function claim(platform: Platform, lane: Lane): Promise<Claimed | null> {
  const now = platform.clock.now();
  const row = await platform.db.asSystem((db) =>
    db
      .updateTable('delivery')
      .set({ attempts: sql<number>`attempts + 1`, due_at: new Date(now.getTime() + leaseMs) })
      .where('delivery_id', '=', (due) =>
        due
          .selectFrom('delivery')
          .select('delivery_id')
          .where('status', '=', 'waiting')
          .where('due_at', '<=', now.toISOString())
          .where('channel', '=', lane.channel)
          .where('webhook_id', 'is not distinct from', lane.webhook_id)
          .where('robot_id', 'is not distinct from', lane.robot_id)
          .orderBy('delivery_id')
          .limit(1),
      )
      .returningAll()
      .executeTakeFirst(),
  );
  if (!row) return null;
  return {
    channel: row.channel,
    attempts: row.attempts,
    createdBy: row.created_by,
    wasReplayed: row.replayed_at !== null,
    outgoing: {
      deliveryId: row.delivery_id,
      kind: row.kind,
      webhookId: row.webhook_id,
      robotId: row.robot_id,
      userId: row.user_id,
      message: row.message as Record<string, unknown>,
      secret: row.sealed === null ? null : platform.box.open(row.sealed),
      createdAt: row.created_at,
    },
  };
}

/** What becomes of a delivery by its attempt. */
function endingOf(attempt: Attempt, { attempts }: Claimed, now: Date) {
  switch (attempt.end) {
    case 'through':
      return { status: 'sent', sealed: null, finished_at: now };
    case 'withdrawn':
      return { status: 'withdrawn', sealed: null, finished_at: now };
    case 'held':
      return { due_at: attempt.until, attempts: attempts - 1 };
    case 'failed': {
      const next = attempt.isFinal === true ? null : nextAttempt(attempts, now, Math.random());
      return next === null ? { status: 'dead', finished_at: now } : { due_at: next };
    }
    default:
      return attempt satisfies never;
  }
}

async function record(
  db: Db,
  claimed: Claimed,
  attempt: Attempt,
  channel: DeliveryChannel,
  now: Date,
): Promise<void> {
  const { outgoing, createdBy, wasReplayed } = claimed;
  const { deliveryId } = outgoing;
  if (attempt.end === 'through' || attempt.end === 'failed') {
    await db
      .insertInto('delivery_attempt')
      .values({
        delivery_id: deliveryId,
        status: attempt.status,
        error: attempt.end === 'failed' ? attempt.error : null,
        milliseconds: attempt.milliseconds,
        answer: attempt.answer.slice(0, 500),
        attempted_at: now,
        created_by: createdBy,
      })
      .execute();
  }
  const ending = endingOf(attempt, claimed, now);
  await db
    .updateTable('delivery')
    // What cannot be sent a third time need not be kept secret any longer: it is forgotten.
    .set(ending.status === 'dead' && wasReplayed ? { ...ending, sealed: null } : ending)
    .where('delivery_id', '=', deliveryId)
    .where('status', '=', 'waiting')
    .execute();
  await channel.settle?.(db, outgoing, attempt, now);
}

/** A defect of ours must not be tried for ever, nor tell the history more than its code. */
function failedBy(error: unknown): Attempt {
  const code = error instanceof CodedError ? error.code : 'app.internal';
  return { end: 'failed', status: null, error: code, answer: '', milliseconds: 0 };
}

/**
 * Makes one attempt at a delivery and writes down how it ended. The receiver is called outside of any transaction. A
 * program that dies in between sends it again: receivers know it by its number.
 */
async function attemptOne(platform: Platform, channel: DeliveryChannel, claimed: Claimed): Promise<Attempt> {
  const { outgoing } = claimed;
  const attempt = await channel.send(platform, outgoing).catch((error: unknown) => {
    platform.log.error({ err: error, deliveryId: outgoing.deliveryId }, 'A delivery failed.');
    return failedBy(error);
  });
  const now = platform.clock.now();
  await platform.db.asSystem((db) => record(db, claimed, attempt, channel, now));
  return attempt;
}

/**
 * Sends what is due in a lane, the oldest first. A receiver that does not answer is left alone until the next minute, so
 * that what waits behind does not wait for it each time.
 */
export async function sendLane(
  platform: Platform,
  channels: readonly DeliveryChannel[],
  laneName: string,
  isStopping: () => boolean,
): Promise<void> {
  const lane = readLane(laneName);
  const channel = channels.find(({ name }) => name === lane.channel);
  if (!channel) throw new Error(`Nobody delivers by ${laneName}.`);
  while (!isStopping()) {
    const claimed = await claim(platform, lane);
    if (!claimed) return;
    const attempt = await attemptOne(platform, channel, claimed);
    if (attempt.end === 'failed' && attempt.status === null) return;
  }
}

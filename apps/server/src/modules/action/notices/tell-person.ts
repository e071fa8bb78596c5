import type { NoticeKind } from '@kezi/contract';
import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { notify } from '../../../platform/events/notifications.js';
import { hasMail } from '../../../platform/mail/send-mail.js';
import { putDelivery } from '../../../platform/outbound/put-delivery.js';
import { readWishes, type Wishes } from './notice-settings.js';
import { channelsOf, quietUntil, summedUp } from './notices.rules.js';

/** What happened to somebody. */
export interface Happened {
  subjectId: number | null;
  isUrgent: boolean;
}

interface Telling {
  userId: number;
  kind: NoticeKind;
  items: readonly Happened[];
  /** The same happening has the same key: it is told once. */
  key: string;
  /** How many it stands for, where that is known without a list. */
  count?: number;
}

/** What is not urgent waits so long for more to come: many become one mail. */
const bundledForMs = 5 * 60_000;

/** When to send by mail or to a group. */
function dueAt(wishes: Wishes, timeZone: string, isUrgent: boolean, now: Date): Date {
  const quiet = quietUntil(wishes, timeZone, now);
  if (isUrgent) return quiet !== null && !wishes.urgentPasses ? quiet : now;
  return quiet ?? new Date(now.getTime() + bundledForMs);
}

interface Sending {
  userId: number;
  noticeIds: number[];
  channel: 'mail' | 'robot';
  robotId: number | null;
  at: Date;
  key: string;
}

/** Joins a message that waits to go the same way, or writes one. */
async function send(db: Db, sending: Sending, now: Date): Promise<void> {
  const { userId, noticeIds, channel, robotId, at, key } = sending;
  const joined = await sql<{ id: number }>`
    update delivery set message = jsonb_set(message, '{noticeIds}', message->'noticeIds' || ${JSON.stringify(noticeIds)}::jsonb)
    where delivery_id = (
      select delivery_id from delivery
      where user_id = ${userId}::int and channel = ${channel} and kind = 'notice' and status = 'waiting' and attempts = 0
        and due_at > ${now.toISOString()}::timestamptz and robot_id is not distinct from ${robotId}::int
      order by delivery_id limit 1 for update)
      and ${at > now}
    returning delivery_id as id`.execute(db);
  if (joined.rows.length > 0) return;
  await putDelivery(
    db,
    {
      channel,
      kind: 'notice',
      userId,
      ...(robotId === null ? {} : { robotId }),
      message: { noticeIds },
      sourceKey: `${channel} ${userId} ${key}`,
      createdBy: null,
      dueAt: at,
    },
    now,
  );
}

/** Writes the notices of one happening; those that were told before are left out. */
async function writeNotices(db: Db, telling: Telling, isInPage: boolean, now: Date) {
  const { userId, kind, items, key, count } = telling;
  const told = count === undefined ? summedUp(items) : items.map((item) => ({ ...item, count }));
  const rows = await db
    .insertInto('user_notice')
    .values(
      told.map((one) => ({
        user_id: userId,
        kind,
        subject_id: one.subjectId,
        count: one.count,
        is_urgent: one.isUrgent,
        source_key: `${userId} ${kind} ${key} ${one.subjectId ?? 'all'}`,
        created_at: now,
        // Told elsewhere only, it stands in the list without being counted.
        read_at: isInPage ? null : now,
      })),
    )
    .onConflict((conflict) => conflict.column('source_key').doNothing())
    .returning(['user_notice_id as id', 'is_urgent as isUrgent'])
    .execute();
  return rows;
}

/**
 * Tells one person of one happening by the ways they chose: in the page at once, by mail and in a group after their quiet
 * hours. A person who left, or chose no way, is not told.
 */
export async function tellPerson(db: Db, telling: Telling, now: Date): Promise<void> {
  const { userId, kind, items, key } = telling;
  if (items.length === 0) return;
  const person = await db
    .selectFrom('app_user')
    .select('id')
    .where('id', '=', userId)
    .where('disabled_at', 'is', null)
    .executeTakeFirst();
  if (!person) return;
  const wishes = await readWishes(db, userId);
  const channels = channelsOf(wishes.channels, kind);
  if (channels.length === 0) return;
  const written = await writeNotices(db, telling, channels.includes('page'), now);
  if (written.length === 0) return;
  await notify(db, { type: 'event', event: 'notice.changed', userId });
  const { time_zone: timeZone } = await db
    .selectFrom('organisation')
    .select('time_zone')
    .executeTakeFirstOrThrow();
  const noticeIds = written.map(({ id }) => id);
  const at = dueAt(
    wishes,
    timeZone,
    written.some(({ isUrgent }) => isUrgent),
    now,
  );
  const sending = { userId, noticeIds, at, key: `${kind} ${key}` };
  if (channels.includes('mail') && (await hasMail(db))) {
    await send(db, { ...sending, channel: 'mail', robotId: null }, now);
  }
  if (channels.includes('robot') && wishes.robotId !== null) {
    await send(db, { ...sending, channel: 'robot', robotId: wishes.robotId }, now);
  }
}

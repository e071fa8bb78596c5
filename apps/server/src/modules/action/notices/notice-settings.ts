import {
  noticeKinds,
  type NoticeChannel,
  type NoticeKind,
  type NoticeSettings,
  type NoticeSettingsPatch,
} from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import { writeAudit } from '../../../platform/audit/write-audit.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { hasMail } from '../../../platform/mail/send-mail.js';
import { channelsOf } from './notices.rules.js';

/** How a person is told of things, as the row has it. */
export interface Wishes {
  channels: Partial<Record<NoticeKind, NoticeChannel[]>>;
  robotId: number | null;
  quietFrom: number | null;
  quietUntil: number | null;
  urgentPasses: boolean;
  digestHour: number | null;
  digestChannel: 'mail' | 'robot';
  rowVersion: number;
}

const unsaid: Wishes = {
  channels: {},
  robotId: null,
  quietFrom: null,
  quietUntil: null,
  urgentPasses: true,
  digestHour: null,
  digestChannel: 'mail',
  rowVersion: 0,
};

/** What a person wishes; as the program has it for whoever never said. */
export async function readWishes(db: Db, userId: number): Promise<Wishes> {
  const row = await db
    .selectFrom('user_notice_setting')
    .selectAll()
    .where('user_id', '=', userId)
    .executeTakeFirst();
  if (!row) return unsaid;
  return {
    channels: row.channels as Wishes['channels'],
    robotId: row.robot_id,
    quietFrom: row.quiet_from,
    quietUntil: row.quiet_until,
    urgentPasses: row.urgent_passes,
    digestHour: row.digest_hour,
    digestChannel: row.digest_channel as Wishes['digestChannel'],
    rowVersion: row.row_version,
  };
}

const clockTime = (minutes: number | null) =>
  minutes === null
    ? null
    : `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

const minutesOf = (text: string | null) => {
  if (text === null) return null;
  const [hour = 0, minute = 0] = text.split(':').map(Number);
  return hour * 60 + minute;
};

export async function readNoticeSettings(db: Db, userId: number): Promise<NoticeSettings> {
  const wishes = await readWishes(db, userId);
  const { time_zone: timeZone } = await db
    .selectFrom('organisation')
    .select('time_zone')
    .executeTakeFirstOrThrow();
  const { channels, quietFrom, quietUntil, ...plain } = wishes;
  return {
    ...plain,
    channels: Object.fromEntries(
      noticeKinds.map((kind) => [kind, [...channelsOf(channels, kind)]]),
    ) as NoticeSettings['channels'],
    quietFrom: clockTime(quietFrom),
    quietUntil: clockTime(quietUntil),
    timeZone,
    hasMail: await hasMail(db),
  };
}

/** Only a group that the person sees may be chosen. */
async function mustSeeRobot(db: Db, robotId: number | null): Promise<void> {
  if (robotId === null) return;
  const seen = await db
    .selectFrom('robot')
    .select('robot_id')
    .where('robot_id', '=', robotId)
    .executeTakeFirst();
  if (!seen) throw new CodedError('robots.not_found');
}

/** @throws CodedError notices.changed, robots.not_found */
export async function changeNoticeSettings(
  db: Db,
  userId: number,
  { rowVersion, ...patch }: NoticeSettingsPatch,
  now: Date,
): Promise<NoticeSettings> {
  const before = await readWishes(db, userId);
  if (before.rowVersion !== rowVersion) throw new CodedError('notices.changed');
  if (patch.robotId !== undefined) await mustSeeRobot(db, patch.robotId);
  const values = {
    channels: JSON.stringify({ ...before.channels, ...patch.channels }),
    robot_id: patch.robotId === undefined ? before.robotId : patch.robotId,
    quiet_from: patch.quietFrom === undefined ? before.quietFrom : minutesOf(patch.quietFrom),
    quiet_until: patch.quietUntil === undefined ? before.quietUntil : minutesOf(patch.quietUntil),
    urgent_passes: patch.urgentPasses ?? before.urgentPasses,
    digest_hour: patch.digestHour === undefined ? before.digestHour : patch.digestHour,
    digest_channel: patch.digestChannel ?? before.digestChannel,
    updated_at: now,
  };
  const written = await db
    .insertInto('user_notice_setting')
    .values({ user_id: userId, ...values })
    .onConflict((conflict) =>
      conflict
        .column('user_id')
        .doUpdateSet({ ...values, row_version: sql<number>`user_notice_setting.row_version + 1` })
        .where('user_notice_setting.row_version', '=', rowVersion),
    )
    .returning('user_id')
    .executeTakeFirst();
  if (!written) throw new CodedError('notices.changed');
  await writeAudit(db, {
    action: 'notice_setting.changed',
    subject: 'user',
    subjectId: userId,
    changes: Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)),
  });
  return readNoticeSettings(db, userId);
}

import type { WarningRow } from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';
import { sql } from 'kysely';
import { layOut } from '../../../platform/mail/mail-layout.js';
import { hasMail } from '../../../platform/mail/send-mail.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { Principal } from '../../../platform/http/kezi-app.js';
import { valueOrder } from '../../../platform/http/value-order.js';
import type { Outgoing } from '../../../platform/outbound/delivery-channel.js';
import { putDelivery } from '../../../platform/outbound/put-delivery.js';
import type { Platform } from '../../../platform/platform.js';
import { dayIn } from '../../records/customers/index.js';
import { findDetector, findWarnings } from '../alerts/index.js';
import type { RobotText } from '../robots/index.js';
import { findNotices } from './list-notices.js';
import { noticeWords } from './notice-words.js';
import { isDigestHour } from './notices.rules.js';
import { findReader, linesOf, type Reader } from './write-notices.js';

/** The customers named in a digest, of whose warnings so many are read; the worklist has the rest. */
const namedCustomers = 5;
const readWarnings = 50;
const dayMs = 86_400_000;

interface Due {
  userId: number;
  digestHour: number;
  channel: 'mail' | 'robot';
  robotId: number | null;
}

/** Asks for the digests whose hour has come; each person's once a day. */
export async function sendDigests(platform: Platform): Promise<void> {
  const now = platform.clock.now();
  await platform.db.asSystem(async (db) => {
    const { time_zone: timeZone } = await db
      .selectFrom('organisation')
      .select('time_zone')
      .executeTakeFirstOrThrow();
    const { rows } = await sql<Due>`
      select s.user_id as "userId", s.digest_hour as "digestHour", s.digest_channel as channel, s.robot_id as "robotId"
      from user_notice_setting s join app_user u on u.id = s.user_id and u.disabled_at is null
      where s.digest_hour is not null`.execute(db);
    const mails = await hasMail(db);
    const today = dayIn(timeZone, now);
    for (const { userId, digestHour, channel, robotId } of rows) {
      const canBe = channel === 'mail' ? mails : robotId !== null;
      if (!canBe || !isDigestHour(digestHour, timeZone, now)) continue;
      await putDelivery(
        db,
        {
          channel,
          kind: 'digest',
          userId,
          ...(channel === 'robot' && robotId !== null ? { robotId } : {}),
          message: { day: today },
          sourceKey: `digest ${userId} ${today}`,
          createdBy: null,
        },
        now,
      );
    }
  });
}

/** What waits for a person and what moved, as they may see it. */
async function readDay(db: Db, { userId, fieldRules }: Principal, day: string, now: Date) {
  const mine = sql`w.owner_id = ${userId}::int and w.status = 'open'`;
  const { rows } = await sql<{ warnings: number; tasks: number; overdue: number }>`
    select (select count(*) from warning w where ${mine})::int as warnings, count(*)::int as tasks,
      count(*) filter (where t.due_on < ${day}::date)::int as overdue
    from task t where coalesce(t.assignee_id, t.owner_id) = ${userId}::int and t.status = 'open'
      and t.due_on <= ${day}::date`.execute(db);
  const since = new Date(now.getTime() - dayMs).toISOString();
  return {
    counts: rows[0] ?? { warnings: 0, tasks: 0, overdue: 0 },
    named: await findWarnings(
      db,
      sql`${mine}`,
      sql`${valueOrder(fieldRules, 'w.value_at_risk').by} desc, w.warning_id desc`,
      readWarnings,
    ),
    moved: await findNotices(db, userId, sql`n.created_at > ${since}::timestamptz`, 20),
  };
}

/** A customer once, with all that it was warned of. */
function customersOf(warnings: readonly WarningRow[], language: Language) {
  const byCustomer = new Map<number, { customerId: number; name: string; why: string[] }>();
  for (const { customerId, customerName, detectorId } of warnings) {
    const line = byCustomer.get(customerId) ?? { customerId, name: customerName, why: [] };
    line.why.push(findDetector(detectorId)?.name[language] ?? detectorId);
    byCustomer.set(customerId, line);
  }
  return [...byCustomer.values()].slice(0, namedCustomers);
}

async function digestOf(
  platform: Platform,
  { message, userId }: Outgoing,
): Promise<{ reader: Reader; text: RobotText } | null> {
  const reader = await findReader(platform, userId ?? 0);
  if (!reader) return null;
  const day = String(message['day']);
  const now = platform.clock.now();
  const { principal, language, address } = reader;
  const { counts, named, moved } = await platform.db.inScope(
    principal,
    (db) => readDay(db, principal, day, now),
    { readOnly: true },
  );
  const words = noticeWords[language];
  const at = (path: string) => (address === null ? {} : { url: `${address}${path}` });
  const lines = [
    ...(counts.warnings > 0 ? [{ text: words.warnings(counts.warnings), ...at('/today') }] : []),
    ...customersOf(named, language).map(({ name, customerId, why }) => ({
      text: words.customer(name, why),
      ...at(`/customers/${customerId}?tab=warnings`),
    })),
    ...(counts.tasks > 0 ? [{ text: words.tasks(counts.tasks, counts.overdue), ...at('/today') }] : []),
    ...(moved.length > 0 ? [{ text: words.moved(moved.length), ...at('/notices') }] : []),
    ...linesOf(moved, reader),
  ];
  const title = words.digest(day);
  return { reader, text: { title, lines: lines.length > 0 ? lines : [{ text: words.nothing }] } };
}

export async function writeDigestMail(platform: Platform, outgoing: Outgoing) {
  const digest = await digestOf(platform, outgoing);
  if (!digest) return null;
  const { reader, text } = digest;
  const words = noticeWords[reader.language];
  const { address, organisation, principal } = reader;
  return {
    subject: text.title,
    ...layOut({
      greeting: words.hello(principal.name),
      lines: text.lines,
      action: address === null ? undefined : { text: words.open, url: address },
      footer: words.footer(organisation),
    }),
  };
}

export async function writeDigestText(platform: Platform, outgoing: Outgoing): Promise<RobotText | null> {
  const digest = await digestOf(platform, outgoing);
  if (!digest) return null;
  const { title, lines } = digest.text;
  return { title: `${digest.reader.principal.name} · ${title}`, lines };
}

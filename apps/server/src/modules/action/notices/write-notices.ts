import { pathOfNotice, type NoticeRow } from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';
import { sql } from 'kysely';
import { findUserPrincipal } from '../../../platform/auth/find-principal.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { Principal } from '../../../platform/http/kezi-app.js';
import { layOut } from '../../../platform/mail/mail-layout.js';
import { findPageAddress } from '../../../platform/mail/page-address.js';
import type { Outgoing } from '../../../platform/outbound/delivery-channel.js';
import type { Platform } from '../../../platform/platform.js';
import type { RobotText } from '../robots/index.js';
import { findNotices } from './list-notices.js';
import { noticeWords } from './notice-words.js';

/** Lines of one message; a storm is summed up before, so that more is rare. */
const mostLines = 20;

export interface Reader {
  principal: Principal;
  language: Language;
  organisation: string;
  timeZone: string;
  /** Null while nobody has said where the pages are: messages have no links then. */
  address: string | null;
}

/** Who reads a message, with the rights they have now; null when they have left. */
export async function findReader(platform: Platform, userId: number): Promise<Reader | null> {
  const principal = await findUserPrincipal(platform.db.login, userId, platform.clock.now());
  if (!principal) return null;
  return platform.db.asSystem(async (db) => {
    const row = await db
      .selectFrom('organisation')
      .select(['name', 'time_zone', 'language'])
      .executeTakeFirstOrThrow();
    return {
      principal,
      language: principal.language ?? (row.language as Language),
      organisation: row.name,
      timeZone: row.time_zone,
      address: await findPageAddress(db, platform.config),
    };
  });
}

/** One line a notice, each leading to what it is about. */
export function linesOf(rows: readonly NoticeRow[], { language, address }: Omit<Reader, 'principal'>) {
  const words = noticeWords[language];
  const lines: { text: string; url?: string }[] = rows.slice(0, mostLines).map((row) => ({
    text: words.sentences[row.kind](row),
    ...(address === null ? {} : { url: `${address}${pathOfNotice(row.kind, row.subjectId)}` }),
  }));
  return rows.length > mostLines ? [...lines, { text: words.more(rows.length - mostLines) }] : lines;
}

/** The notices of a message that the person has not read in the page meanwhile. */
async function noticesOf(
  platform: Platform,
  reader: Reader,
  message: Outgoing['message'],
): Promise<NoticeRow[]> {
  const ids = (message['noticeIds'] as number[] | undefined) ?? [];
  const read = (db: Db) =>
    findNotices(
      db,
      reader.principal.userId,
      sql`n.user_notice_id = any (${ids}::bigint[]) and (n.read_at is null or n.read_at = n.created_at)`,
      ids.length + 1,
    );
  return platform.db.inScope(reader.principal, read, { readOnly: true });
}

/** Notices by mail; null when they were all read in the page before. */
export async function writeNoticeMail(platform: Platform, { message, userId }: Outgoing) {
  const reader = await findReader(platform, userId ?? 0);
  const rows = reader ? await noticesOf(platform, reader, message) : [];
  if (!reader || rows.length === 0) return null;
  const { language, organisation, address, principal } = reader;
  const words = noticeWords[language];
  const lines = linesOf(rows, reader);
  return {
    // One notice is its own subject: it is read without being opened.
    subject: rows.length === 1 ? (lines[0]?.text ?? '') : words.title(rows.length, organisation),
    ...layOut({
      greeting: words.hello(principal.name),
      lines,
      action: address === null ? undefined : { text: words.open, url: `${address}/notices` },
      footer: words.footer(organisation),
    }),
  };
}

/** A person's notices in the group they chose, with their name. */
export async function writeNoticeText(
  platform: Platform,
  { message, userId }: Outgoing,
): Promise<RobotText | null> {
  const reader = await findReader(platform, userId ?? 0);
  const rows = reader ? await noticesOf(platform, reader, message) : [];
  if (!reader || rows.length === 0) return null;
  return { title: noticeWords[reader.language].hello(reader.principal.name), lines: linesOf(rows, reader) };
}

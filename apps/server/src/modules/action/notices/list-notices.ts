import type { NoticePage, NoticeQuery, NoticeRow } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { notify } from '../../../platform/events/notifications.js';
import { decodeCursor, encodeCursor } from '../../../platform/http/cursor.js';

/** A person's notices that fit, the newest first. Names are those that the transaction may see. */
export async function findNotices(
  db: Db,
  userId: number,
  which: RawBuilder<SqlBool>,
  limit: number,
): Promise<NoticeRow[]> {
  const { rows } = await sql<NoticeRow>`
    select n.user_notice_id as "noticeId", n.kind, n.subject_id as "subjectId", n.count, n.is_urgent as "isUrgent",
      n.created_at as "createdAt", n.read_at as "readAt",
      case when n.kind in ('warning.raised', 'customer.received', 'tier.changed', 'tier.decided')
          then (select c.name from customer c where c.customer_id = n.subject_id)
        when n.kind = 'task.assigned' then (select t.title from task t where t.task_id = n.subject_id)
        when n.kind = 'import.finished'
          then (select b.file_name from import_batch b where b.import_batch_id = n.subject_id)
      end as name
    from user_notice n where n.user_id = ${userId}::int and ${which}
    order by n.user_notice_id desc limit ${limit}`.execute(db);
  return rows;
}

/** @throws CodedError app.cursor_invalid */
export async function listNotices(db: Db, userId: number, query: NoticeQuery): Promise<NoticePage> {
  const conditions = [sql<SqlBool>`true`];
  if (query.unread === true) conditions.push(sql`n.read_at is null`);
  if (query.cursor !== undefined) {
    const [id] = decodeCursor(query.cursor, 1);
    if (!Number.isSafeInteger(id)) throw new CodedError('app.cursor_invalid');
    conditions.push(sql`n.user_notice_id < ${id}::bigint`);
  }
  const which = sql<SqlBool>`${sql.join(conditions, sql` and `)}`;
  const found = await findNotices(db, userId, which, query.limit + 1);
  const items = found.slice(0, query.limit);
  const last = found.length > query.limit ? items.at(-1) : undefined;
  const { rows } = await sql<{ unread: number }>`
    select count(*)::int as unread from user_notice where user_id = ${userId}::int and read_at is null`.execute(
    db,
  );
  return {
    items,
    nextCursor: last ? encodeCursor([last.noticeId]) : null,
    unread: rows[0]?.unread ?? 0,
  };
}

/** Marks notices as read, all when none is named; the person's other pages hear of it. */
export async function readNotices(
  db: Db,
  userId: number,
  noticeIds: readonly number[] | undefined,
  now: Date,
): Promise<void> {
  const unread = db
    .updateTable('user_notice')
    .set({ read_at: now })
    .where('user_id', '=', userId)
    .where('read_at', 'is', null);
  await (
    noticeIds === undefined ? unread : unread.where('user_notice_id', 'in', [0, ...noticeIds])
  ).execute();
  await notify(db, { type: 'event', event: 'notice.changed', userId });
}

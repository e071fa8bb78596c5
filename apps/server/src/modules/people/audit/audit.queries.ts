import type { AuditEntry, AuditFilter, AuditWords } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql, type RawBuilder, type SqlBool } from 'kysely';
import { dayBegin } from '../../../platform/db/organisation-day.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { decodeCursor, encodeCursor } from '../../../platform/http/cursor.js';

function conditionsOf(filter: AuditFilter): RawBuilder<SqlBool>[] {
  const { userId, action, subject, subjectId, address, from, to } = filter;
  return [
    sql<SqlBool>`true`,
    ...(userId === undefined
      ? []
      : [userId === 0 ? sql<SqlBool>`a.user_id is null` : sql<SqlBool>`a.user_id = ${userId}`]),
    ...(action === undefined ? [] : [sql<SqlBool>`a.action = ${action}`]),
    ...(subject === undefined ? [] : [sql<SqlBool>`a.subject = ${subject}`]),
    ...(subjectId === undefined ? [] : [sql<SqlBool>`a.subject_id = ${subjectId}`]),
    ...(address === undefined ? [] : [sql<SqlBool>`a.address = ${address}`]),
    ...(from === undefined ? [] : [sql<SqlBool>`a.recorded_at >= ${dayBegin(from)}`]),
    ...(to === undefined ? [] : [sql<SqlBool>`a.recorded_at < ${dayBegin(sql`${to}::date + 1`)}`]),
  ];
}

/** What a record is called, read only for the rows of the page. */
const subjectName = sql`
  case when a.subject_id ~ '^[0-9]{1,15}$' then
    case a.subject
      when 'customer' then (select c.name from customer c where c.customer_id = a.subject_id::bigint)
      when 'contact' then (select c.name from contact c where c.contact_id = a.subject_id::bigint)
      when 'user' then (select s.name from colleague s where s.user_id = a.subject_id::bigint)
      when 'team' then (select t.name from team t where t.team_id = a.subject_id::bigint)
    end
  end`;

/** Entries before a number, the newest first. */
async function readEntries(
  db: Db,
  filter: AuditFilter,
  before: number | null,
  limit: number,
): Promise<AuditEntry[]> {
  const conditions = conditionsOf(filter);
  if (before !== null) conditions.push(sql<SqlBool>`a.audit_entry_id < ${before}::bigint`);
  const { rows } = await sql<AuditEntry>`
    select a.audit_entry_id as id, a.user_id as "userId", u.name as "userName", a.action, a.subject,
      a.subject_id as "subjectId", ${subjectName} as "subjectName", a.changes, a.request_id as "requestId", a.address,
      a.via, a.recorded_at as "recordedAt", a.erased_at as "erasedAt",
      exists (select from audit_link l where l.audit_entry_id = a.audit_entry_id) as "isSealed"
    from audit_entry a left join colleague u on u.user_id = a.user_id
    where ${sql.join(conditions, sql` and `)}
    order by a.audit_entry_id desc limit ${limit}`.execute(db);
  return rows;
}

/**
 * Who did what, newest first.
 * @throws CodedError app.cursor_invalid
 */
export async function listAudit(
  db: Db,
  query: AuditFilter & { cursor?: string | undefined; limit: number },
): Promise<{ items: AuditEntry[]; nextCursor: string | null }> {
  const { cursor, limit, ...filter } = query;
  const before = cursor === undefined ? null : Number(decodeCursor(cursor, 1)[0]);
  if (before !== null && !Number.isSafeInteger(before)) throw new CodedError('app.cursor_invalid');
  const rows = await readEntries(db, filter, before, limit + 1);
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? encodeCursor([last.id]) : null };
}

const rowsOfBatch = 1_000;

/** All entries of the filter, the newest first, as of one transaction. */
export async function* everyEntry(db: Db, filter: AuditFilter): AsyncGenerator<AuditEntry[]> {
  for (let before: number | null = null; ;) {
    const rows = await readEntries(db, filter, before, rowsOfBatch);
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (rows.length < rowsOfBatch || !last) return;
    before = last.id;
  }
}

/** The different values at the head of an index, one step each: a count over millions of entries is not needed. */
async function distinctOf(db: Db, column: 'action' | 'subject'): Promise<string[]> {
  const name = sql.ref(column);
  const { rows } = await sql<{ word: string }>`
    with recursive found as (
      (select ${name} as word from audit_entry order by ${name} limit 1)
      union all
      select (select ${name} from audit_entry where ${name} > found.word order by ${name} limit 1)
      from found where found.word is not null)
    select word from found where word is not null limit 500`.execute(db);
  return rows.map(({ word }) => word);
}

/** Everybody who ever did something, by name: who has left is asked about most of all. */
async function listPeople(db: Db): Promise<AuditWords['people']> {
  const { rows } = await sql<AuditWords['people'][number]>`
    select u.user_id as "userId", u.name, u.is_disabled as "isDisabled" from colleague u
    where exists (select from audit_entry a where a.user_id = u.user_id)
    order by u.is_disabled, u.name collate "zh-Hans-x-icu", u.user_id`.execute(db);
  return rows;
}

export async function listWords(db: Db): Promise<AuditWords> {
  const { rows } = await sql<{ hasProgram: boolean }>`
    select exists (select from audit_entry where user_id is null) as "hasProgram"`.execute(db);
  return {
    actions: await distinctOf(db, 'action'),
    subjects: await distinctOf(db, 'subject'),
    people: await listPeople(db),
    hasProgram: rows[0]?.hasProgram === true,
  };
}

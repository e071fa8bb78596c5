import type { NoteQuery, NoteRow } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { decodeCursor, encodeCursor } from '../../../platform/http/cursor.js';
import { mustSeeCustomer } from '../customers/index.js';

async function findNotes(
  db: Db,
  which: RawBuilder<SqlBool>,
  ending: RawBuilder<unknown>,
): Promise<NoteRow[]> {
  const { rows } = await sql<NoteRow>`
    select n.customer_note_id as "noteId", n.customer_id as "customerId", n.kind, n.title, n.detail, n.status,
      n.noted_on as "notedOn", c.contact_id as "contactId", c.name as "contactName", n.said_by as "saidBy",
      n.share_percent as "sharePercent", n.amount_minor as "amountMinor", n.other_customer_id as "otherCustomerId",
      o.name as "otherCustomerName", u.name as "createdByName", n.row_version as "rowVersion",
      n.updated_at as "updatedAt"
    from customer_note n
    left join contact c on c.contact_id = n.contact_id and c.deleted_at is null
    left join customer o on o.customer_id = n.other_customer_id
    left join colleague u on u.user_id = n.created_by
    where n.deleted_at is null and ${which} ${ending}`.execute(db);
  return rows;
}

function beforePlace(cursor: string): RawBuilder<SqlBool> {
  const [day, id] = decodeCursor(cursor, 2);
  if (typeof day !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(day) || !Number.isSafeInteger(id)) {
    throw new CodedError('app.cursor_invalid');
  }
  return sql`(n.noted_on, n.customer_note_id) < (${day}::date, ${id}::bigint)`;
}

/**
 * Notes of a customer, the latest first.
 * @throws CodedError customers.not_found, app.cursor_invalid
 */
export async function listNotes(
  db: Db,
  customerId: number,
  { kind, cursor, limit }: NoteQuery,
): Promise<{ items: NoteRow[]; nextCursor: string | null }> {
  await mustSeeCustomer(db, customerId);
  const ofKinds = kind === undefined ? sql`true` : sql`n.kind = any (${kind}::text[])`;
  const place = cursor === undefined ? sql`true` : beforePlace(cursor);
  const rows = await findNotes(
    db,
    sql`n.customer_id = ${customerId}::bigint and ${ofKinds} and ${place}`,
    sql`order by n.noted_on desc, n.customer_note_id desc limit ${limit + 1}`,
  );
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return { items, nextCursor: last ? encodeCursor([last.notedOn, last.noteId]) : null };
}

/** @throws CodedError notes.not_found, also for a note that the reader may not see */
export async function getNote(db: Db, noteId: number): Promise<NoteRow> {
  const [row] = await findNotes(db, sql`n.customer_note_id = ${noteId}::bigint`, sql``);
  if (!row) throw new CodedError('notes.not_found');
  return row;
}

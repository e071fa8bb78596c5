import type { ContactListQuery, ContactRow } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { decodeCursor, encodeCursor } from '../../../platform/http/cursor.js';
import type { Principal } from '../../../platform/http/kezi-app.js';
import { inSegments, mustSeeCustomer, tokenCondition } from '../customers/index.js';
import { contactQuery } from './contact-tokens.js';
import { contactColumns, contactSource, masked, type FullContact } from './get-contact.js';

interface Page {
  items: ContactRow[];
  nextCursor: string | null;
}

function placeOf(cursor: string): number {
  const [contactId] = decodeCursor(cursor, 1);
  if (!Number.isSafeInteger(contactId)) throw new CodedError('app.cursor_invalid');
  return contactId as number;
}

function pageOf(principal: Principal, rows: readonly FullContact[], limit: number): Page {
  const items = rows.slice(0, limit).map((row) => masked(principal, row));
  const last = rows.length > limit ? items.at(-1) : undefined;
  return { items, nextCursor: last ? encodeCursor([last.contactId]) : null };
}

/**
 * The people at a customer, in the order in which they were added.
 * @throws CodedError customers.not_found, app.cursor_invalid
 */
export async function listContacts(
  db: Db,
  principal: Principal,
  customerId: number,
  page: { cursor?: string | undefined; limit: number },
): Promise<Page> {
  await mustSeeCustomer(db, customerId);
  const after = page.cursor === undefined ? 0 : placeOf(page.cursor);
  const { rows } = await sql<FullContact>`
    select ${contactColumns} from ${contactSource}
    where c.customer_id = ${customerId}::bigint and c.contact_id > ${after}::bigint and c.deleted_at is null
    order by c.contact_id limit ${page.limit + 1}`.execute(db);
  return pageOf(principal, rows, page.limit);
}

/**
 * Contacts of everybody among which a scoped viewer's newest are looked for first: 20 ms if there are none. Of more the planner
 * would make a list of all customers that the viewer sees.
 */
const newestLooked = 20_000;

async function afterNewest(db: Db): Promise<number> {
  const { rows } = await sql<{ last: number }>`select last_value as last from contact_contact_id_seq`.execute(
    db,
  );
  return (rows[0]?.last ?? 0) + 1;
}

/**
 * The newest contacts of a scoped viewer. Somebody who sees one customer in four hundred finds a page among the newest of all; the
 * policy alone would go on through all contacts where that fails. Then those of the viewer's customers are gathered.
 */
async function newestIds(
  db: Db,
  {
    conditions,
    cursor,
    limit,
  }: { conditions: RawBuilder<SqlBool>; cursor?: string | undefined; limit: number },
): Promise<number[]> {
  const before = cursor === undefined ? await afterNewest(db) : placeOf(cursor);
  const { rows } = await sql<{ id: number }>`
    select c.contact_id as id from contact c
    where c.contact_id >= ${before - newestLooked}::bigint and ${conditions}
    order by c.contact_id desc limit ${limit}`.execute(db);
  if (rows.length === limit || before <= newestLooked) return rows.map(({ id }) => id);
  // Two statements: told how many customers there are, the planner reads them in one go and asks the policy with one list of
  // those seen. In one statement it reckons with few, and went for each contact to its customer: eighty times the pages.
  const { rows: seen } = await sql<{ ids: number[] }>`
    select coalesce(array_agg(customer_id), '{}') as ids from register_entry`.execute(db);
  const { rows: gathered } = await sql<{ id: number }>`
    with found as materialized (
      select c.contact_id from contact c where c.customer_id = any (${seen[0]?.ids ?? []}::bigint[]) and ${conditions})
    select contact_id as id from found order by contact_id desc limit ${limit}`.execute(db);
  return gathered.map(({ id }) => id);
}

/**
 * People at all customers that the viewer sees, the newest first, found by part of a name or by a whole number or address.
 * @throws CodedError app.cursor_invalid, segments.not_found, segments.not_usable
 */
export async function searchContacts(db: Db, principal: Principal, query: ContactListQuery): Promise<Page> {
  const { q, decisionRole, segmentId, cursor, limit } = query;
  const tokens = contactQuery(q ?? '');
  const among = await inSegments(db, principal, segmentId);
  const conditions = sql.join<SqlBool>(
    [
      sql`c.deleted_at is null`,
      among('c.customer_id'),
      ...(cursor === undefined ? [] : [sql`c.contact_id < ${placeOf(cursor)}::bigint`]),
      ...(decisionRole === undefined ? [] : [sql`c.decision_role = any (${decisionRole}::text[])`]),
      ...tokens.map(
        (token) =>
          sql`c.contact_id in (select t.contact_id from contact_token t where ${tokenCondition(token)})`,
      ),
    ],
    sql` and `,
  );
  const isWalk = tokens.length === 0 && principal.scope !== 'all';
  const which = isWalk
    ? sql<SqlBool>`c.contact_id = any (${await newestIds(db, { conditions, cursor, limit: limit + 1 })}::bigint[])`
    : conditions;
  const { rows } = await sql<FullContact>`
    select ${contactColumns} from ${contactSource}
    where ${which} order by c.contact_id desc limit ${limit + 1}`.execute(db);
  return pageOf(principal, rows, limit);
}

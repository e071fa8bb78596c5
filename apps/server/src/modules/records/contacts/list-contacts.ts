import type { ContactListQuery, ContactRow } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql, type RawBuilder, type SqlBool } from 'kysely';
import { ownersOf, type Db, type Viewer } from '../../../platform/db/scoped-db.js';
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
 * The newest contacts of a scoped viewer, a short walk along the index for each team and each owner, and the few of
 * customers shared with them. The policy
 * alone would read all that the viewer sees and sort it.
 */
function newestOf(viewer: Viewer, conditions: RawBuilder<SqlBool>, limit: number): RawBuilder<unknown> {
  const walk = (lead: RawBuilder<SqlBool>) => sql`
    select c.contact_id from contact c where ${lead} and ${conditions} order by c.contact_id desc limit ${limit}`;
  const sharedIds = viewer.sharedIds ?? [];
  return sql`
    select x.contact_id from unnest(${[...viewer.teamIds]}::int[]) as team(id)
    cross join lateral (${walk(sql`c.team_id = team.id`)}) x
    union all
    select x.contact_id from unnest(${[...ownersOf(viewer)]}::int[]) as owner(id)
    cross join lateral (${walk(sql`c.owner_id = owner.id`)}) x
    union all
    select c.contact_id from contact c
    where c.customer_id = any (${[...sharedIds]}::bigint[]) and ${conditions}`;
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
    ? sql<SqlBool>`c.contact_id in (${newestOf(principal, conditions, limit + 1)})`
    : conditions;
  const { rows } = await sql<FullContact>`
    select ${contactColumns} from ${contactSource}
    where ${which} order by c.contact_id desc limit ${limit + 1}`.execute(db);
  return pageOf(principal, rows, limit);
}

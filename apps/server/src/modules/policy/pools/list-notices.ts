import type { RecycleNotice } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { decodeCursor, encodeCursor } from '../../../platform/http/cursor.js';

function isAfter(cursor: string | undefined): RawBuilder<SqlBool> {
  if (cursor === undefined) return sql`true`;
  const [dueOn, id] = decodeCursor(cursor, 2);
  if (typeof dueOn !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(dueOn) || !Number.isSafeInteger(id)) {
    throw new CodedError('app.cursor_invalid');
  }
  return sql`(n.due_on, n.customer_id) > (${dueOn}::date, ${id}::bigint)`;
}

/** Customers within sight that will be recycled unless somebody does something, the next first. */
export async function listNotices(
  db: Db,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<{ items: RecycleNotice[]; nextCursor: string | null }> {
  const { rows } = await sql<RecycleNotice>`
    select n.customer_id as "customerId", c.name as "customerName", n.owner_id as "ownerId", u.name as "ownerName",
      r.name as "ruleName", n.warned_on as "warnedOn", n.due_on as "dueOn", c.clv
    from recycle_notice n join register_entry c using (customer_id) join recycle_rule r using (recycle_rule_id)
      left join colleague u on u.user_id = n.owner_id
    where ${isAfter(cursor)}
    order by n.due_on, n.customer_id limit ${limit + 1}`.execute(db);
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return { items, nextCursor: last ? encodeCursor([last.dueOn, last.customerId]) : null };
}

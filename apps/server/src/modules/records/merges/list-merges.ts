import type { MergeRow } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql, type RawBuilder } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { decodeCursor, encodeCursor } from '../../../platform/http/cursor.js';

async function findMerges(db: Db, condition: RawBuilder<unknown>, limit: number): Promise<MergeRow[]> {
  const { rows } = await sql<MergeRow>`
    select m.customer_merge_id as "customerMergeId", m.customer_id as "customerId", c.name as "customerName",
      m.merged_id as "mergedId", m.merged_no as "mergedNo", m.merged_name as "mergedName", m.orders,
      u.name as "mergedBy", m.merged_at as "mergedAt", m.undo_until as "undoUntil", m.undone_at as "undoneAt"
    from customer_merge m join customer c using (customer_id) left join colleague u on u.user_id = m.merged_by
    where ${condition} order by m.customer_merge_id desc limit ${limit}`.execute(db);
  return rows;
}

/** @throws CodedError merges.not_found */
export async function getMerge(db: Db, mergeId: number): Promise<MergeRow> {
  const [merge] = await findMerges(db, sql`m.customer_merge_id = ${mergeId}::bigint`, 1);
  if (!merge) throw new CodedError('merges.not_found');
  return merge;
}

/** Merges into customers that the reader sees, the latest first. */
export async function listMerges(
  db: Db,
  query: { customerId?: number | undefined; cursor?: string | undefined; limit: number },
): Promise<{ items: MergeRow[]; nextCursor: string | null }> {
  const [before] = query.cursor === undefined ? [null] : decodeCursor(query.cursor, 1);
  if (before !== null && typeof before !== 'number') throw new CodedError('app.cursor_invalid');
  const ofCustomer =
    query.customerId === undefined ? sql`true` : sql`m.customer_id = ${query.customerId}::bigint`;
  const isBefore = before === null ? sql`true` : sql`m.customer_merge_id < ${before}::bigint`;
  const found = await findMerges(db, sql`${ofCustomer} and ${isBefore}`, query.limit + 1);
  const items = found.slice(0, query.limit);
  const last = found.length > query.limit ? items.at(-1) : undefined;
  return { items, nextCursor: last ? encodeCursor([last.customerMergeId]) : null };
}

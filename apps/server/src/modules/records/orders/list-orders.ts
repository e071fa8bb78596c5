import type { OrderRow } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql, type SqlBool } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { decodeCursor, encodeCursor } from '../../../platform/http/cursor.js';
import { mustSeeCustomer } from '../customers/index.js';

export const orderColumns = [
  'order_id as orderId',
  'order_no as orderNo',
  'customer_id as customerId',
  'ordered_on as orderedOn',
  'currency',
  'amount_minor as amountMinor',
  'base_amount_minor as baseAmountMinor',
  'base_margin_minor as baseMarginMinor',
  'line_count as lineCount',
] as const;

function isDay(text: unknown): text is string {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const moment = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text);
}

function beforeOf(cursor: string): { orderedOn: string; orderId: number } {
  const [orderedOn, orderId] = decodeCursor(cursor, 2);
  if (!isDay(orderedOn) || !Number.isSafeInteger(orderId)) throw new CodedError('app.cursor_invalid');
  return { orderedOn, orderId: orderId as number };
}

/**
 * A customer's orders, the newest first.
 * @throws CodedError customers.not_found, app.cursor_invalid
 */
export async function listOrders(
  db: Db,
  customerId: number,
  page: { cursor?: string | undefined; limit: number },
): Promise<{ items: OrderRow[]; nextCursor: string | null }> {
  await mustSeeCustomer(db, customerId);
  const before = page.cursor === undefined ? null : beforeOf(page.cursor);
  const rows = await db
    .selectFrom('customer_order')
    .where('customer_id', '=', customerId)
    .$if(before !== null, (some) =>
      some.where(
        sql<SqlBool>`(ordered_on, order_id) < (${before?.orderedOn}::date, ${before?.orderId}::bigint)`,
      ),
    )
    .select(orderColumns)
    .orderBy('ordered_on', 'desc')
    .orderBy('order_id', 'desc')
    .limit(page.limit + 1)
    .execute();
  const items = rows.slice(0, page.limit);
  const last = rows.length > page.limit ? items.at(-1) : undefined;
  return { items, nextCursor: last ? encodeCursor([last.orderedOn, last.orderId]) : null };
}

import type { ProductQuery, ProductRow } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql, type SqlBool } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { decodeCursor, encodeCursor } from '../../../platform/http/cursor.js';

function afterOf(cursor: string): string {
  const [productNo] = decodeCursor(cursor, 1);
  if (typeof productNo !== 'string' || productNo.includes('\0')) throw new CodedError('app.cursor_invalid');
  return productNo;
}

/** The signs that LIKE reads as anything, taken as themselves. */
function literal(text: string): string {
  return text.replace(/[\\%_]/g, (sign) => `\\${sign}`);
}

/**
 * A page of products by number. Everybody sees all of them, and they are some thousands: part of a name is looked for row
 * by row (30 ms among 100,000).
 * @throws CodedError app.cursor_invalid
 */
export async function listProducts(
  db: Db,
  query: ProductQuery,
): Promise<{ items: ProductRow[]; nextCursor: string | null }> {
  const { q, category, cursor, limit } = query;
  const rows = await db
    .selectFrom('product')
    .select(['product_id as productId', 'product_no as productNo', 'name', 'category', 'unit'])
    .$if(q !== undefined && q !== '', (some) =>
      some.where(
        sql<SqlBool>`(name ilike ${`%${literal(q ?? '')}%`} or product_no ilike ${`${literal(q ?? '')}%`})`,
      ),
    )
    .$if(category !== undefined, (some) => some.where('category', 'in', category ?? []))
    .$if(cursor !== undefined, (some) => some.where('product_no', '>', afterOf(cursor ?? '')))
    .orderBy('product_no')
    .limit(limit + 1)
    .execute();
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return { items, nextCursor: last ? encodeCursor([last.productNo]) : null };
}

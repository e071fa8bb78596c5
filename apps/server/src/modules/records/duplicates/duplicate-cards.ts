import type { DuplicateCard } from '@kezi/contract';
import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';

/**
 * Customers as they are shown side by side, by id; those that the reader may not see are left out. Orders are counted as they
 * are, not as of the last run: a merge moves them all.
 */
export async function duplicateCards(
  db: Db,
  ids: readonly number[],
): Promise<ReadonlyMap<number, DuplicateCard>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<DuplicateCard>`
    select c.customer_id as "customerId", c.customer_no as "customerNo", c.name, c.legal_name as "legalName",
      c.short_name as "shortName", c.credit_code as "creditCode", c.region, c.industry, u.name as "ownerName",
      o.orders, o.last_on as "lastOrderOn", r.clv
    from customer c join register_entry r on r.customer_id = c.customer_id
      left join lateral (select count(*)::int as orders, max(ordered_on) as last_on from customer_order
        where customer_id = c.customer_id) o on true
      left join colleague u on u.user_id = c.owner_id
    where c.customer_id = any (${[...ids]}::bigint[])`.execute(db);
  return new Map(rows.map((row) => [row.customerId, row]));
}

import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';

/** Whether a customer stands below another, however far. */
async function isBelow(db: Db, customerId: number, above: number): Promise<boolean> {
  const { rows } = await sql<{ below: boolean }>`
    with recursive up(id) as (
      select parent_customer_id from customer where customer_id = ${customerId}::bigint
      union
      select c.parent_customer_id from customer c join up on c.customer_id = up.id
    )
    select exists (select from up where id = ${above}::bigint) as below`.execute(db);
  return rows[0]?.below ?? false;
}

/**
 * Puts what stands below the merged customer below the one that remains. Where that one stood below it, it takes its place
 * first, so that no circle comes to be.
 * @returns the customers that have another parent now
 */
export async function moveSubsidiaries(db: Db, remainingId: number, mergedId: number): Promise<number[]> {
  if (await isBelow(db, remainingId, mergedId)) {
    await sql`
      update customer r set parent_customer_id = m.parent_customer_id from customer m
      where r.customer_id = ${remainingId}::bigint and m.customer_id = ${mergedId}::bigint`.execute(db);
  }
  const { rows } = await sql<{ customerId: number }>`
    update customer set parent_customer_id = ${remainingId}::bigint, row_version = row_version + 1
    where parent_customer_id = ${mergedId}::bigint and customer_id <> ${remainingId}::bigint
    returning customer_id as "customerId"`.execute(db);
  return rows.map(({ customerId }) => customerId);
}

/** A parent as it may be: never the customer itself, never somebody below it. */
export async function soundParent(db: Db, customerId: number, parentId: unknown): Promise<number | null> {
  if (typeof parentId !== 'number' || parentId === customerId) return null;
  return (await isBelow(db, parentId, customerId)) ? null : parentId;
}

import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';

/** Days that the tier of a customer gives it to pay; null where its tier has no such entitlement. */
export async function paymentDaysOfTier(db: Db, customerId: number): Promise<number | null> {
  const { rows } = await sql<{ days: number | null }>`
    select max(p.quantity) as days
    from register_entry c join tier_entitlement p on p.tier_id = c.tier_id and p.quantity > 0
      join entitlement e on e.entitlement_id = p.entitlement_id and e.kind = 'payment-terms'
    where c.customer_id = ${customerId}::bigint`.execute(db);
  return rows[0]?.days ?? null;
}

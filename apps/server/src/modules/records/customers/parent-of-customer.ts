import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import type { Db, Viewer } from '../../../platform/db/scoped-db.js';
import { withAllRows } from '../../../platform/db/with-all-rows.js';
import { mustSeeCustomer } from './get-customer.js';

/** Whether one customer stands below another, through customers that the user may not see as well. */
async function isBelow(db: Db, customerId: number, above: number): Promise<boolean> {
  const { rows } = await sql<{ below: boolean }>`
    with recursive up(id) as (
      select ${customerId}::bigint
      union
      select c.parent_customer_id from customer c join up on c.customer_id = up.id
      where c.parent_customer_id is not null
    )
    select exists (select from up where id = ${above}::bigint) as below`.execute(db);
  return rows[0]?.below ?? false;
}

/** Parents change one after the other, until the end of the transaction: two changes, each harmless alone, could close a circle. */
export async function holdParents(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('kezi customer parents'))`.execute(db);
}

/**
 * Refuses a parent that the user cannot see or that would close a circle.
 * @throws CodedError customers.parent_unknown, customers.parent_cycle
 */
export async function refuseParent(
  db: Db,
  viewer: Viewer,
  { customerId, parentId }: { customerId: number | null; parentId: number },
): Promise<void> {
  try {
    await mustSeeCustomer(db, parentId);
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    throw new CodedError('customers.parent_unknown', {}, { cause: error });
  }
  if (customerId === null) return;
  await holdParents(db);
  if (await withAllRows(db, viewer, () => isBelow(db, parentId, customerId))) {
    throw new CodedError('customers.parent_cycle');
  }
}

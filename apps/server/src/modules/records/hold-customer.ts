import { CodedError } from '@kezi/contract/errors';
import type { Db } from '../../platform/db/scoped-db.js';

interface HeldCustomer {
  customerId: number;
  ownerId: number | null;
  teamId: number | null;
  isErased: boolean;
}

/**
 * Why a customer cannot be held: it was shared for reading alone, or is not there for this user.
 * @throws CodedError customers.shared_read_forbidden, customers.not_found
 */
export async function refuseToChange(db: Db, customerId: number): Promise<never> {
  const seen = await db
    .selectFrom('customer')
    .where('customer_id', '=', customerId)
    .select('customer_id')
    .executeTakeFirst();
  throw new CodedError(seen ? 'customers.shared_read_forbidden' : 'customers.not_found');
}

/**
 * Holds a customer until the end of the transaction: what belongs to it changes one after the other, and its owner cannot
 * change meanwhile.
 * @throws CodedError customers.not_found, also for a customer that the user may not see; customers.shared_read_forbidden
 */
export async function holdCustomer(db: Db, customerId: number): Promise<HeldCustomer> {
  const customer = await db
    .selectFrom('customer')
    .where('customer_id', '=', customerId)
    .select((of) => [
      'customer_id as customerId',
      'owner_id as ownerId',
      'team_id as teamId',
      of('erased_at', 'is not', null).as('isErased'),
    ])
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!customer) return refuseToChange(db, customerId);
  return { ...customer, isErased: Boolean(customer.isErased) };
}

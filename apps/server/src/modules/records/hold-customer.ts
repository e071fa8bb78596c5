import { CodedError } from '@kezi/contract/errors';
import type { Db } from '../../platform/db/scoped-db.js';

interface HeldCustomer {
  customerId: number;
  ownerId: number | null;
  teamId: number | null;
}

/**
 * Holds a customer until the end of the transaction: what belongs to it changes one after the other, and its owner cannot
 * change meanwhile.
 * @throws CodedError customers.not_found, also for a customer that the user may not see
 */
export async function holdCustomer(db: Db, customerId: number): Promise<HeldCustomer> {
  const customer = await db
    .selectFrom('customer')
    .where('customer_id', '=', customerId)
    .select(['customer_id as customerId', 'owner_id as ownerId', 'team_id as teamId'])
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!customer) throw new CodedError('customers.not_found');
  return customer;
}

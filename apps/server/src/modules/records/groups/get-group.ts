import type { CustomerGroup } from '@kezi/contract';
import type { Db } from '../../../platform/db/scoped-db.js';
import { readSettings } from '../../people/settings/index.js';
import { dayIn } from '../customers/index.js';
import { membershipsOf, pathTo, totalsBelow } from './groups.queries.js';

/**
 * Where a customer stands, and what it and its group are worth.
 * @throws CodedError customers.not_found
 */
export async function getGroup(db: Db, customerId: number, now: Date): Promise<CustomerGroup> {
  const { path, isHiddenAbove } = await pathTo(db, customerId);
  const { timeZone, baseCurrency } = await readSettings(db);
  const today = dayIn(timeZone, now);
  const top = path[0]?.customerId ?? customerId;
  return {
    path,
    isHiddenAbove,
    currency: baseCurrency,
    parentCustomerId: path.at(-2)?.customerId ?? null,
    totals: await totalsBelow(db, customerId, today),
    groupTotals: top === customerId ? null : await totalsBelow(db, top, today),
    memberships: await membershipsOf(db, customerId),
  };
}

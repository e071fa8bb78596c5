import type { CustomerFilter } from '@kezi/contract';
import { sql, type RawBuilder } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { filterConditions, matching } from './customer-filter.js';
import { queryTokens } from './customer-tokens.js';
import { extraConditions, type Reader } from './extra-filters.js';

/** `select customer_id, owner_id, team_id ..` of all customers that the register would show with this filter. */
export async function selectCustomers(
  db: Db,
  viewer: Reader,
  filter: CustomerFilter,
): Promise<RawBuilder<unknown>> {
  const columns = sql`c.customer_id, c.owner_id, c.team_id`;
  const conditions = [...filterConditions(filter), ...(await extraConditions(db, viewer, filter))];
  return matching(viewer, columns, conditions, queryTokens(filter.q ?? ''));
}

import type { CustomerFilter } from '@kezi/contract';
import { sql, type RawBuilder } from 'kysely';
import type { Viewer } from '../../../platform/db/scoped-db.js';
import { filterConditions, matching } from './customer-filter.js';
import { queryTokens } from './customer-tokens.js';

/** `select customer_id, owner_id, team_id ..` of all customers that the register would show with this filter. */
export function selectCustomers(viewer: Viewer, filter: CustomerFilter): RawBuilder<unknown> {
  const columns = sql`c.customer_id, c.owner_id, c.team_id`;
  return matching(viewer, columns, filterConditions(filter), queryTokens(filter.q ?? ''));
}

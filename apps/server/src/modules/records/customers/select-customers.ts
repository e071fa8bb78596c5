import type { CustomerFilter } from '@kezi/contract';
import { sql, type RawBuilder } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { filterConditions, hasRareToken, matching } from './customer-filter.js';
import { queryTokens } from './customer-tokens.js';
import { extraConditions, type Reader } from './extra-filters.js';

/** `select <columns> from register_entry c ..` of all customers that the register would show with this filter. */
export async function selectMatching(
  db: Db,
  viewer: Reader,
  filter: CustomerFilter,
  columns: RawBuilder<unknown>,
): Promise<RawBuilder<unknown>> {
  const conditions = [...filterConditions(filter), ...(await extraConditions(db, viewer, filter))];
  const tokens = queryTokens(filter.q ?? '');
  const isRare = await hasRareToken(db, viewer, tokens);
  return matching(viewer, columns, conditions, { tokens, isRare });
}

/** The same with `customer_id, owner_id, team_id`. */
export function selectCustomers(
  db: Db,
  viewer: Reader,
  filter: CustomerFilter,
): Promise<RawBuilder<unknown>> {
  return selectMatching(db, viewer, filter, sql`c.customer_id, c.owner_id, c.team_id`);
}

import type { CustomerFilter } from '@kezi/contract';
import { sql } from 'kysely';
import type { Db, Viewer } from '../../../platform/db/scoped-db.js';
import type { Principal } from '../../../platform/http/kezi-app.js';
import { allOf, type Condition } from './customer-filter.js';

/** Whoever narrows the register: whose customers they see, and which fields are kept from them. */
export type Reader = Viewer & Partial<Pick<Principal, 'fieldRules'>>;

/** Conditions on a row `c` of `register_entry` that only a later slice can work out; none where the filter does not ask. */
type ExtraFilter = (db: Db, reader: Reader, filter: CustomerFilter) => Promise<Condition[]>;

const extraFilters: ExtraFilter[] = [];

/** A later slice says, at start, how its part of the filter narrows the register. */
export function registerCustomerFilter(filter: ExtraFilter): void {
  extraFilters.push(filter);
}

export async function extraConditions(db: Db, reader: Reader, filter: CustomerFilter): Promise<Condition[]> {
  const conditions: Condition[] = [];
  for (const extra of extraFilters) conditions.push(...(await extra(db, reader, filter)));
  return conditions;
}

/** That a column holds the number of a customer who is meant. */
export type Among = (column: string) => Condition;

export const everybody: Among = () => sql`true`;

/**
 * Whom the members of any of these segments are, for whatever is listed or summed up by customer; everybody where none is given.
 * @throws CodedError segments.not_found, segments.not_usable
 */
export async function inSegments(
  db: Db,
  reader: Reader,
  segmentId: readonly number[] | undefined,
): Promise<Among> {
  const conditions = await extraConditions(db, reader, { segmentId: segmentId && [...segmentId] });
  if (conditions.length === 0) return everybody;
  return (column) =>
    sql`${sql.ref(column)} in (select c.customer_id from register_entry c where ${allOf(conditions)})`;
}

import type { CustomerCount, CustomerFilter } from '@kezi/contract';
import { sql, type RawBuilder } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { Reader } from './extra-filters.js';
import { selectMatching } from './select-customers.js';

/** Counting on takes a second at a million; nobody reads the last digits of a large number. */
const mostCounted = 10_000;
interface Plan {
  'Plan Rows': number;
}

async function estimate(db: Db, matches: RawBuilder<unknown>): Promise<number> {
  const { rows } = await sql<{ 'QUERY PLAN': [{ Plan: Plan }] }>`explain (format json) ${matches}`.execute(
    db,
  );
  return Math.round(rows[0]?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0);
}

async function countUpTo(db: Db, matches: RawBuilder<unknown>, most: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from (${matches} limit ${most + 1}) found`.execute(db);
  return rows[0]?.count ?? 0;
}

/**
 * How many customers of the viewer fit: exact up to 10,000, then the database's estimate, but never less than what was
 * counted.
 */
export async function countCustomers(db: Db, viewer: Reader, filter: CustomerFilter): Promise<CustomerCount> {
  const matches = await selectMatching(db, viewer, filter, sql``);
  const count = await countUpTo(db, matches, mostCounted);
  if (count <= mostCounted) return { count, exact: true };
  return { count: Math.max(count, await estimate(db, matches)), exact: false };
}

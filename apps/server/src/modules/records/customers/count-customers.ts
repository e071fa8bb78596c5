import type { CustomerCount, CustomerFilter } from '@kezi/contract';
import { sql, type RawBuilder } from 'kysely';
import type { Db, Viewer } from '../../../platform/db/scoped-db.js';
import { allOf, filterConditions, memberOfTokens, probeTokens } from './customer-filter.js';
import { queryTokens } from './customer-tokens.js';

/** Counting on takes a second at a million; nobody reads the last digits of a large number. */
const mostCounted = 10_000;
/** Customers of a scoped user are looked at one by one up to this number; the tokens of many are read as one range. */
const fewOwn = 20_000;

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
export async function countCustomers(db: Db, viewer: Viewer, filter: CustomerFilter): Promise<CustomerCount> {
  const tokens = queryTokens(filter.q ?? '');
  const filters = filterConditions(filter);
  // A scoped user's customers are few against the tokens of everybody: a frequent bigram alone would be read for seconds.
  const isFew =
    tokens.length > 0 &&
    viewer.scope !== 'all' &&
    (await countUpTo(db, sql`select from customer c`, fewOwn)) <= fewOwn;
  const found = isFew ? probeTokens(tokens) : memberOfTokens(tokens);
  const matches = sql`select from customer c where ${allOf([...filters, ...found])}`;
  const count = await countUpTo(db, matches, mostCounted);
  if (count <= mostCounted) return { count, exact: true };
  return { count: Math.max(count, await estimate(db, matches)), exact: false };
}

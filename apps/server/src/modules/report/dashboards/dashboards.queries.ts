import { sql } from 'kysely';
import type { Overview } from '@kezi/contract';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { Among } from '../../records/customers/index.js';

export async function countCustomers(db: Db, among: Among): Promise<number> {
  const row = await db
    .selectFrom('customer')
    .where(among('customer_id'))
    .select(sql<number>`count(*)`.as('count'))
    .executeTakeFirstOrThrow();
  return row.count;
}

const mostListed = 10;

/** The customers worth most, best first. */
export async function listTopCustomers(db: Db, among: Among): Promise<Overview['top']> {
  return db
    .selectFrom('register_entry')
    .where('clv', 'is not', null)
    .where(among('customer_id'))
    .select([
      'customer_id as customerId',
      'name',
      'clv',
      'clv_low as clvLow',
      'clv_high as clvHigh',
      'p_alive as pAlive',
    ])
    .orderBy(sql`clv desc nulls last`)
    .orderBy('customer_id')
    .limit(mostListed)
    .$castTo<Overview['top'][number]>()
    .execute();
}

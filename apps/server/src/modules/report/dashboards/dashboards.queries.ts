import { sql } from 'kysely';
import type { Overview } from '@kezi/contract';
import type { Db } from '../../../platform/db/scoped-db.js';

export async function countCustomers(db: Db): Promise<number> {
  const row = await db
    .selectFrom('customer')
    .select(sql<number>`count(*)`.as('count'))
    .executeTakeFirstOrThrow();
  return row.count;
}

/** The customers worth most, best first. */
export async function listTopCustomers(db: Db, limit: number): Promise<Overview['top']> {
  return db
    .selectFrom('register_entry')
    .where('clv', 'is not', null)
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
    .limit(limit)
    .$castTo<Overview['top'][number]>()
    .execute();
}

import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { emitEvent } from '../../../platform/events/emit-event.js';
import type { Principal } from '../../../platform/http/kezi-app.js';
import { withAllRows } from '../../../platform/db/with-all-rows.js';
import { isOwnRow, moveCustomers } from '../ownership/index.js';
import { realm } from './realm.js';

/** The pool that a department's customers fall into. */
async function poolOfTeam(db: Db, teamId: number | null) {
  const { rows } = await sql<{ poolId: number; teamId: number }>`
    with recursive ${realm}
    select p.pool_id as "poolId", p.team_id as "teamId" from realm join pool p using (pool_id)
    where realm.team_id = ${teamId}::int`.execute(db);
  return rows[0];
}

/**
 * Gives a customer back to the pool of its department: one's own, or one within sight by whoever may assign.
 * @throws CodedError customers.not_found, pools.release_forbidden, pools.none, pools.in_pool_already
 */
export async function releaseCustomer(
  db: Db,
  principal: Principal,
  customerId: number,
  release: { reason: string; now: Date },
): Promise<void> {
  const customer = await db
    .selectFrom('customer as c')
    .where('c.customer_id', '=', customerId)
    .select(['owner_id', 'team_id', isOwnRow(principal).as('isOurs')])
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!customer) throw new CodedError('customers.not_found');
  if (customer.owner_id === null) throw new CodedError('pools.in_pool_already');
  // A guest of a shared customer may not give it away.
  if (
    customer.owner_id !== principal.userId &&
    !(customer.isOurs && principal.permissions.has('customers:assign'))
  ) {
    throw new CodedError('pools.release_forbidden');
  }
  await withAllRows(db, principal, async () => {
    const pool = await poolOfTeam(db, customer.team_id ?? principal.teamId);
    if (!pool) throw new CodedError('pools.none');
    await moveCustomers(db, {
      customerIds: [customerId],
      to: { ownerId: null, teamId: pool.teamId },
      why: { manner: 'release', reason: release.reason, poolId: pool.poolId },
      now: release.now,
    });
    await emitEvent(db, 'pool.changed', { poolId: pool.poolId }, { audience: 'all' });
  });
}

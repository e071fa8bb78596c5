import type { ClaimAnswer } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { emitEvent } from '../../../platform/events/emit-event.js';
import type { Principal } from '../../../platform/http/kezi-app.js';
import { withAllRows } from '../../../platform/db/with-all-rows.js';
import { dayIn } from '../../records/customers/index.js';
import { readSettings } from '../../people/settings/index.js';
import { moveCustomers, standingPeriod, wasUndone } from '../ownership/index.js';
import { listPools } from './list-pools.js';
import { checkClaim } from './pools.rules.js';
import { dayOf } from './realm.js';

interface Wanted {
  name: string;
  ownerId: number | null;
  teamId: number | null;
  poolId: number | null;
  holderName: string | null;
  lostOn: string | null;
  hasJustReleased: boolean;
}

/**
 * Holds the customer, or waits until whoever holds it is through: then it is seen as that one left it.
 * Claims of one person come one after the other, so that several at once cannot pass a cap.
 */
async function hold(
  db: Db,
  userId: number,
  customerId: number,
  { timeZone, now }: { timeZone: string; now: Date },
): Promise<Wanted | null> {
  await sql`select pg_advisory_xact_lock(hashtext('kezi claim'), ${userId}::int)`.execute(db);
  const held = await db
    .selectFrom('customer')
    .where('customer_id', '=', customerId)
    .select(['name', 'owner_id as ownerId', 'team_id as teamId'])
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!held) return null;
  const { rows } = await sql<Omit<Wanted, 'name' | 'ownerId' | 'teamId'>>`
    select coalesce(last.pool_id, p.pool_id) as "poolId", u.name as "holderName",
      (select max(${dayOf(sql`o.ended_at`, timeZone)}) from ownership_period o
        where o.customer_id = ${customerId}::bigint and o.holder_id = ${userId} and not ${wasUndone}) as "lostOn",
      coalesce(p.manner = 'release' and p.changed_by = ${userId}
        and p.started_at > ${now}::timestamptz - interval '1 hour', false) as "hasJustReleased"
    from customer c left join lateral ${standingPeriod} p on true
      left join lateral (
        select pool_id from ownership_period where customer_id = c.customer_id
        order by ownership_period_id desc limit 1) last on true
      left join colleague u on u.user_id = p.holder_id
    where c.customer_id = ${customerId}::bigint`.execute(db);
  const history = rows[0] ?? {
    poolId: null,
    holderName: null,
    lostOn: null,
    hasJustReleased: false,
  };
  return { ...held, ...history };
}

/**
 * Takes a customer out of a pool. Of two who claim it at once exactly one gets it; the other is told who was quicker.
 * @throws CodedError pools.customer_not_found, pools.taken_conflict, pools.cooling_down, pools.claims_used_up,
 *   pools.holding_too_many
 */
export async function claimCustomer(
  db: Db,
  principal: Principal,
  customerId: number,
  now: Date,
): Promise<ClaimAnswer> {
  const { timeZone } = await readSettings(db);
  const { userId } = principal;
  return withAllRows(db, principal, async () => {
    const wanted = await hold(db, userId, customerId, { timeZone, now });
    const pools = await listPools(db, { ...principal, scope: 'all' }, now);
    const pool = pools.find((one) =>
      wanted?.ownerId === null ? one.teamId === wanted.teamId : one.poolId === wanted?.poolId,
    );
    // Of what is in no pool of theirs nobody learns whether it exists.
    if (!wanted || !pool?.mayClaim) throw new CodedError('pools.customer_not_found');
    if (wanted.ownerId === userId) throw new CodedError('pools.own_already');
    if (wanted.ownerId !== null) {
      // Its history names the pool: it was taken from there, by a claim or by whoever had just given it back.
      throw new CodedError('pools.taken_conflict', { name: wanted.name, by: wanted.holderName ?? '—' });
    }
    checkClaim({ ...pool, ...wanted, today: dayIn(timeZone, now) });
    await moveCustomers(db, {
      customerIds: [customerId],
      to: { ownerId: userId, teamId: principal.teamId ?? pool.teamId },
      why: { manner: wanted.hasJustReleased ? 'undo' : 'claim', reason: null, poolId: pool.poolId },
      now,
    });
    await emitEvent(db, 'pool.changed', { poolId: pool.poolId }, { audience: 'all' });
    return {
      customerId,
      name: wanted.name,
      claimedToday: pool.claimedToday + (wanted.hasJustReleased ? 0 : 1),
      claimsPerDay: pool.claimsPerDay,
      holding: pool.holding + 1,
      holdingCap: pool.holdingCap,
    };
  });
}

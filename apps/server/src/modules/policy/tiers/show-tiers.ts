import type { TierMove } from '@kezi/contract';
import { sql, type RawBuilder } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { emitEvent } from '../../../platform/events/emit-event.js';

/**
 * The tier that holds for a customer `c`: an approved override, else an approved demotion of the run, else the run's own. The
 * same rule as the database's `customer_tier_of`, for a few customers.
 */
function tierOfCustomer(tierRunId: RawBuilder<unknown>): RawBuilder<number | null> {
  return sql`coalesce(
    (select o.to_tier_id from tier_decision o
      where o.customer_id = c.customer_id and o.kind = 'override' and o.status = 'approved'),
    (select d.to_tier_id from tier_decision d
      where d.customer_id = c.customer_id and d.tier_run_id = ${tierRunId} and d.kind = 'demotion' and d.status = 'approved'),
    (select r.tier_id from tier_result r where r.tier_run_id = ${tierRunId} and r.customer_id = c.customer_id))`;
}

/** Brings the whole register to the tiers of a run. */
export async function showAllTiers(db: Db, tierRunId: number): Promise<void> {
  await sql`
    update register_entry entry set tier_id = t.tier_id, tier_rank = t.tier_rank
    from register_entry e left join customer_tier_of(${tierRunId}::bigint) t on t.customer_id = e.customer_id
    where entry.customer_id = e.customer_id and e.tier_id is distinct from t.tier_id`.execute(db);
}

/** Brings the entries of some customers to the tiers that hold. @returns those whose tier is another one now */
export async function showTiers(db: Db, customerIds: readonly number[]): Promise<TierMove[]> {
  if (customerIds.length === 0) return [];
  const run = sql`(select tier_run_id from tier_run where status = 'in_force')`;
  const { rows } = await sql<TierMove>`
    with moved as materialized (
      select c.customer_id, entry.tier_id as previous, ${tierOfCustomer(run)} as tier_id
      from unnest(${[...customerIds]}::bigint[]) as c(customer_id)
        join register_entry entry on entry.customer_id = c.customer_id),
    shown as (
      update register_entry entry set tier_id = moved.tier_id, tier_rank = tier.rank
      from moved left join tier on tier.tier_id = moved.tier_id
      where entry.customer_id = moved.customer_id and entry.tier_id is distinct from moved.tier_id)
    select customer_id as "customerId", tier_id as "tierId", previous as "previousTierId" from moved
    where tier_id is distinct from previous order by customer_id`.execute(db);
  return rows;
}

/** Of a telling: the customers of one are one event. */
const toldAtOnce = 5_000;

/**
 * Brings customers to the tiers that hold after a decision, and tells of those that moved.
 * @param userId who decided; null where its day had come
 */
export async function moveTiers(
  db: Db,
  customerIds: readonly number[],
  userId: number | null,
): Promise<void> {
  for (let from = 0; from < customerIds.length; from += toldAtOnce) {
    const moves = await showTiers(db, customerIds.slice(from, from + toldAtOnce));
    if (moves.length > 0) await emitEvent(db, 'tier.moved', { moves, userId });
  }
}

import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';

interface TiersOfDay {
  /** In the order of the customers; null: graded and without a tier. */
  tierIds: readonly (number | null)[];
  /** No grading was in force yet: the tiers of today stand in. */
  isOfToday: boolean;
}

/** The run whose tiers held on a day. */
async function runOn(db: Db, day: string): Promise<number | null> {
  const { rows } = await sql<{ run: number }>`
    select tier_run_id as run from tier_run where in_force_at is not null and effective_on <= ${day}::date
    order by effective_on desc, in_force_at desc limit 1`.execute(db);
  return rows[0]?.run ?? null;
}

/** An override of the day, else an approved demotion of the run, else the run's own: as `tierPeriods` tells it of one customer. */
async function tiersOn(db: Db, customerIds: readonly number[], day: string, run: number | null) {
  const { rows } = await sql<{ tierIds: (number | null)[] | null }>`
    select array_agg(coalesce(o.to_tier_id, d.to_tier_id, ${run === null ? sql`e.tier_id` : sql`r.tier_id`}) order by a.place)
      as "tierIds"
    from unnest(${[...customerIds]}::bigint[]) with ordinality a(customer_id, place)
      left join register_entry e on e.customer_id = a.customer_id
      left join tier_result r on r.tier_run_id = ${run}::bigint and r.customer_id = a.customer_id
      left join (
        select distinct on (customer_id) customer_id, to_tier_id from tier_decision
        where kind = 'demotion' and tier_run_id = ${run}::bigint and decided_at is not null
          and status in ('approved', 'ended') and effective_on <= ${day}::date
        order by customer_id, effective_on, tier_decision_id) d on d.customer_id = a.customer_id
      left join (
        select distinct on (customer_id) customer_id, to_tier_id from tier_decision
        where kind = 'override' and decided_at is not null and status in ('approved', 'ended')
          and effective_on <= ${day}::date and coalesce(ended_on, expires_on, 'infinity') > ${day}::date
        order by customer_id, effective_on desc, tier_decision_id desc) o on o.customer_id = a.customer_id`.execute(
    db,
  );
  return rows[0]?.tierIds ?? [];
}

/** The tier that each customer had on each of the days. */
export async function tiersThen(
  db: Db,
  customerIds: readonly number[],
  days: readonly string[],
): Promise<TiersOfDay[]> {
  const told: TiersOfDay[] = [];
  for (const day of days) {
    const run = await runOn(db, day);
    told.push({ tierIds: await tiersOn(db, customerIds, day, run), isOfToday: run === null });
  }
  return told;
}

import { sql, type Transaction } from 'kysely';
import type { DB } from './database.generated.js';

/** How the planner may read: along an index in its order, or whatever way is the cheapest. */
export type PlanChoice = 'walk' | 'gather';

/** A page is never worth the start of another process. */
export const plannerSettings = (choice: PlanChoice): Readonly<Record<string, string>> => {
  const allowed = choice === 'walk' ? 'off' : 'on';
  return { enable_bitmapscan: allowed, enable_sort: allowed, max_parallel_workers_per_gather: '0' };
};

const chosen = new WeakMap<Transaction<DB>, PlanChoice>();

/** Notes what a transaction began with. */
export function beganWith(db: Transaction<DB>, choice: PlanChoice): void {
  chosen.set(db, choice);
}

/** Until the end of the transaction, or the next choice; costs a round trip only where it is another one. */
export async function choosePlan(db: Transaction<DB>, choice: PlanChoice): Promise<void> {
  if (chosen.get(db) === choice) return;
  const set = Object.entries(plannerSettings(choice)).map(
    ([name, value]) => sql`set_config(${name}, ${value}, true)`,
  );
  await sql`select ${sql.join(set)}`.execute(db);
  chosen.set(db, choice);
}

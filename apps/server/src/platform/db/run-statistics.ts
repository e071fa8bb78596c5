import { sql } from 'kysely';
import type { Db } from './scoped-db.js';

/**
 * To be called when a run has kept its rows and before anybody reads them: a planner that has not heard of the run expects one
 * row of it, and joins two runs row by row.
 */
export async function gatherRunStatistics(
  db: Db,
  table: 'customer_score' | 'customer_churn' | 'tier_result',
): Promise<void> {
  await sql`select gather_run_statistics(${table})`.execute(db);
}

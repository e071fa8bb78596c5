import { sql } from 'kysely';
import type { Db, Viewer } from '../../../platform/db/scoped-db.js';

/**
 * Works on rows that the user does not see by himself: a pool is open to people whose scope is their own customers. `work`
 * checks the right to what it does, and nothing but what the right covers may reach the user.
 */
export async function actForAll<Answer>(
  db: Db,
  viewer: Viewer,
  work: () => Promise<Answer>,
): Promise<Answer> {
  if (viewer.scope === 'all') return work();
  await sql`set local role kezi_all`.execute(db);
  const answer = await work();
  // After an error the transaction is over anyway.
  await sql`set local role kezi_scoped`.execute(db);
  return answer;
}

import { sql } from 'kysely';
import type { Db, Viewer } from '../../../platform/db/scoped-db.js';

/**
 * Answers a question about all rows within the user's own transaction: is this number taken, is this product in use?
 * `ask` must only read, and only its yes or no may reach the user.
 */
export async function seeAll<Answer>(db: Db, viewer: Viewer, ask: () => Promise<Answer>): Promise<Answer> {
  if (viewer.scope === 'all') return ask();
  await sql`set local role kezi_all`.execute(db);
  const answer = await ask();
  // After an error the transaction is over anyway.
  await sql`set local role kezi_scoped`.execute(db);
  return answer;
}

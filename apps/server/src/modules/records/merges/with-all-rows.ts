import { sql } from 'kysely';
import type { Db, Viewer } from '../../../platform/db/scoped-db.js';

/**
 * Works on all rows of customers that the user sees: what hangs on them may be hidden from him (a colleague's task, a score),
 * and must go with them all the same. Whether he may was asked before, with his own eyes.
 */
export async function withAllRows<Answer>(
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

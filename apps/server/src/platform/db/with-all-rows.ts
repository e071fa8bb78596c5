import { sql } from 'kysely';
import type { Db, Viewer } from './scoped-db.js';

/** Transactions that see all for the moment: what is done within does not end the sight of what it is part of. */
const seeingAll = new WeakSet<Db>();

/**
 * Works on all rows within the user's own transaction: is this number taken, what else hangs on this customer, who is in a pool
 * that is open to people whose scope is their own customers? The right to it is checked before, with the user's own eyes, and
 * nothing but what that right covers may reach the user.
 */
export async function withAllRows<Answer>(
  db: Db,
  viewer: Viewer,
  work: () => Promise<Answer>,
): Promise<Answer> {
  if (viewer.scope === 'all' || seeingAll.has(db)) return work();
  await sql`set local role kezi_all`.execute(db);
  seeingAll.add(db);
  try {
    const answer = await work();
    // After an error the transaction, or the part of it back to a savepoint, is over anyway.
    await sql`set local role kezi_scoped`.execute(db);
    return answer;
  } finally {
    seeingAll.delete(db);
  }
}

import { sql } from 'kysely';
import type { Db } from '../db/scoped-db.js';

/** Removes counts of wrong attempts, and links to set a password, that nobody will look at again. */
export async function forgetOldAttempts(db: Db, now: Date): Promise<void> {
  await sql`delete from sign_in_failure where last_at < ${now}::timestamptz - interval '1 day'`.execute(db);
  await sql`delete from user_link where expires_at < ${now}::timestamptz - interval '30 days'`.execute(db);
}

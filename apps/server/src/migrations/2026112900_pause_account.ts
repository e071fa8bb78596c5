import { sql, type Kysely } from 'kysely';

/**
 * Attempts on a known device are counted at a place of their own, which does not tell whose account it was: an administrator
 * who ended a pause ended that of strangers alone, and whoever mistyped at their own computer went on waiting.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  // A hash like the place; null for an address, which is nobody's.
  await sql`alter table sign_in_failure add column account text`.execute(db);
  await sql`create index on sign_in_failure (account)`.execute(db);
}

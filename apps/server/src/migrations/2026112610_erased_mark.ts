import { sql, type Kysely } from 'kysely';
import { protect } from '../platform/db/row-security.js';

/**
 * What an erased person is known again by when a file names them once more: signatures made with the secret of the data
 * folder. Who has the database alone cannot try phone numbers against them.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table erased_mark (
      mark text primary key check (length(mark) <= 100),
      erased_at timestamptz not null
    )`.execute(db);
  await protect(db, 'erased_mark', 'true');
  await sql`revoke insert, update, delete on erased_mark from kezi_scoped`.execute(db);
}

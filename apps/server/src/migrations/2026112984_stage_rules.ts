import { sql, type Kysely } from 'kysely';
import { protect } from '../platform/db/row-security.js';

/** By what stages are told apart. Without a row, what the program says holds. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table stage_rules (
      is_only boolean primary key default true check (is_only),
      rules jsonb not null,
      -- The first day on which they hold: stays of the days before are left as they are.
      changed_on date not null,
      row_version int not null
    )`.execute(db);
  await protect(db, 'stage_rules', 'true');
  await sql`revoke insert, update, delete on stage_rules from kezi_scoped`.execute(db);
}

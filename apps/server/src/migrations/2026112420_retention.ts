import { sql, type Kysely } from 'kysely';
import { protect } from '../platform/db/row-security.js';

/** How long persons are kept: a row for each period that the company has set. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table retention_period (
      -- deleted: put aside; left: no longer at their company; silent: nothing was heard of their customer.
      kind text primary key check (kind in ('deleted', 'left', 'silent')),
      months int not null check (months between 1 and 240),
      -- Nobody is erased before: whoever set it by mistake has time to take it back.
      strikes_on date not null,
      updated_by int default nullif(current_setting('kezi.user_id', true), '')::int,
      updated_at timestamptz not null default now()
    )`.execute(db);
  await protect(db, 'retention_period', 'true');
  await sql`revoke insert, update, delete on retention_period from kezi_scoped`.execute(db);
}

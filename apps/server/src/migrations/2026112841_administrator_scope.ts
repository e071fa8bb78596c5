import { sql, type Kysely } from 'kysely';

/**
 * Who gets in, the audit and the rules of the wall concern everybody: an administrator with narrower eyes could not write
 * them, nor set the own eyes right again.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  // The policies hold for the owner too, and would ask who is working.
  await sql`alter table app_user no force row level security`.execute(db);
  await sql`update app_user set scope = 'all' where role = 'administrator' and scope <> 'all'`.execute(db);
  await sql`alter table app_user force row level security`.execute(db);
  await sql`
    alter table app_user add constraint app_user_administrator_scope_check
      check (role <> 'administrator' or scope = 'all')`.execute(db);
}

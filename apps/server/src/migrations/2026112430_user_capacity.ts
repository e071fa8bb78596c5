import { sql, type Kysely } from 'kysely';
import { protect } from '../platform/db/row-security.js';

/** Hours a year that somebody has for customers, where they are not what everybody has: part time, other duties. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table user_capacity (
      user_id int primary key references app_user on delete cascade,
      hours_year float8 not null check (hours_year >= 1 and hours_year <= 8760),
      row_version int not null default 1,
      updated_by int references app_user,
      updated_at timestamptz not null default now()
    )`.execute(db);
  await protect(db, 'user_capacity', 'true');
  await sql`revoke insert, update, delete on user_capacity from kezi_scoped`.execute(db);
}

import { sql, type Kysely } from 'kysely';

/** Of the customers that a transfer was asked for: how many did not go, and which of two reasons each has. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table ownership_transfer
      add column already_there int not null default 0,
      add column not_to_give int not null default 0`.execute(db);
}

import { sql, type Kysely } from 'kysely';

/** The day on which a pinned stage was left to the rules again: by whom it was pinned, and why, stays with the stay. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table customer_stage add column pin_released_on date`.execute(db);
}

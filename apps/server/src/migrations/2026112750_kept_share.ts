import { sql, type Kysely } from 'kysely';

/** What costs leave of a value is a factor of its own: it was told as fewer orders. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table customer_score_reference
      -- Null: of a run before, in whose rate of orders it is.
      add column kept float8`.execute(db);
}

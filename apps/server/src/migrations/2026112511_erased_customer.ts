import { sql, type Kysely } from 'kysely';

/** When a customer who was a person was taken out of what is kept. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table customer add column erased_at timestamptz`.execute(db);
}

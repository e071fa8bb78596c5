import { sql, type Kysely } from 'kysely';

/** Nobody is warned of a customer who was erased: a run finds the few without reading all. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index customer_erased on customer (customer_id) where erased_at is not null`.execute(db);
}

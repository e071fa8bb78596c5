import { sql, type Kysely } from 'kysely';

/**
 * One index over all interactions of a customer in place of two over those that are set aside and those that are not: what
 * changes hands with a customer is all of them, and neither of two partial indexes answers for all. Without it a change of
 * owner would read the whole table.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`drop index interaction_of_customer`.execute(db);
  await sql`drop index interaction_customer_id_idx`.execute(db);
  await sql`
    create index interaction_of_customer on interaction (customer_id, happened_at desc, interaction_id desc)`.execute(
    db,
  );
}

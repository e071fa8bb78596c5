import { sql, type Kysely } from 'kysely';

/**
 * The share of a customer's orders to come that is not expected to be paid, by what the customer owes. Null where the share of the
 * run was taken: the page of a customer says which of the two it was.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table customer_score add column credit_loss_share double precision`.execute(db);
}

import { sql, type Kysely } from 'kysely';

/** Interactions, receivables and notes come out of files as well: what a batch has made can be taken back. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of ['interaction', 'receivable', 'customer_note']) {
    const name = sql.id(table);
    await sql`alter table ${name} add column import_batch_id bigint`.execute(db);
    await sql`create index on ${name} (import_batch_id) where import_batch_id is not null`.execute(db);
  }
}

import { sql, type Kysely } from 'kysely';

/** Whoever sees a customer may read what was seen of them: those behind warnings that were summed up are listed from it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`drop policy scoped_rows on warning_look`.execute(db);
  await sql`
    create policy scoped_read on warning_look for select to kezi_scoped
    using (exists (select from customer record where record.customer_id = warning_look.customer_id))`.execute(
    db,
  );
}

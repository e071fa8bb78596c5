import { sql, type Kysely } from 'kysely';

/** Whoever writes a row of a table that detectors read has them look at its customer again; both, where it went to another one. */
export async function markCustomersForWarnings(db: Kysely<unknown>, table: string): Promise<void> {
  const mark = async (name: string, event: string, rows: 'old' | 'new') => {
    await sql
      .raw(
        `create trigger mark_for_warnings_${name} after ${event} on ${table}
         referencing ${rows} table as changed for each statement execute function mark_customers_for_warnings()`,
      )
      .execute(db);
  };
  await mark('insert', 'insert', 'new');
  await mark('update', 'update', 'new');
  await mark('moved', 'update', 'old');
  await mark('delete', 'delete', 'old');
}

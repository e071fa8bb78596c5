import { sql, type Kysely } from 'kysely';

/** A day of work may have breaks: several stretches of hours in place of one, each `09:00-12:00`, in order. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table work_calendar add column spans text[] check (cardinality(spans) between 1 and 6)`.execute(db);
  await sql`update work_calendar set spans = array[opens_at || '-' || closes_at]`.execute(db);
  await sql`
    alter table work_calendar alter column spans set not null, drop column opens_at, drop column closes_at`.execute(
    db,
  );
}

import { sql, type Kysely } from 'kysely';
import { markCustomersForWarnings } from './mark-customers.js';
import { protect } from '../platform/db/row-security.js';

/** Tables whose rows detectors read. Orders and their lines: whoever writes them marks the lake, and with it this. */
const read = ['contact', 'contract', 'customer_note', 'interaction', 'receivable'];

/** What every detector said of a customer when it last looked, and of what it said so. */
async function looks(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table warning_look (
      detector_id text not null,
      customer_id bigint not null,
      -- Null: not yet, only a day on which to look again.
      score float8,
      value_at_risk float8,
      evidence jsonb check (jsonb_typeof(evidence) = 'object'),
      -- The first day on which time alone may change what is said; null: time changes nothing.
      wake_on date,
      primary key (detector_id, customer_id)
    )`.execute(db);
  await sql`create index on warning_look (detector_id, wake_on)`.execute(db);
  await sql`create index on warning_look (detector_id) where score is not null`.execute(db);
  // Over everybody's customers: pages show the warnings that are made from it.
  await protect(db, 'warning_look', 'false');
  // In place of a foreign key, which asks once a row and would cost a run over a million customers five seconds.
  await sql`
    create function forget_warning_looks() returns trigger language plpgsql
      security definer set search_path = public, pg_temp as $$
    begin
      delete from warning_look look using gone where look.customer_id = gone.customer_id;
      return null;
    end $$`.execute(db);
  await sql`
    create trigger forget_warning_looks after delete on customer
    referencing old table as gone for each statement execute function forget_warning_looks()`.execute(db);
  await sql`
    create table warning_frame (
      detector_id text primary key,
      -- What holds for all customers alike: runs, threshold, currency, and what the detector worked out of everybody.
      frame jsonb not null check (jsonb_typeof(frame) = 'object'),
      looked_on date not null
    )`.execute(db);
  await protect(db, 'warning_frame', 'false');
}

async function marks(db: Kysely<unknown>): Promise<void> {
  await sql`create table warning_dirty_customer (customer_id bigint not null)`.execute(db);
  await sql`grant select, insert, delete on warning_dirty_customer to kezi_all, kezi_scoped`.execute(db);
  await sql`
    create function mark_customers_for_warnings() returns trigger language plpgsql as $$
    begin
      insert into warning_dirty_customer select distinct customer_id from changed where customer_id is not null;
      return null;
    end $$`.execute(db);
  await sql`
    create trigger mark_for_warnings_insert after insert on lake_dirty_customer
    referencing new table as changed for each statement execute function mark_customers_for_warnings()`.execute(
    db,
  );
  for (const table of read) await markCustomersForWarnings(db, table);
}

/** A run of the detectors looks again only where something changed or a day has come. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await looks(db);
  await marks(db);
}

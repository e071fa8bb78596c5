import { sql, type Kysely } from 'kysely';
import { protectByOwnerAndTeam } from '../platform/db/row-security.js';

/**
 * Needs, plans to grow, competitors at a customer, and customers behind a channel partner: short records of four kinds that
 * are written, changed and listed alike. What only one kind has may be null for the others.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table customer_note (
      customer_note_id bigint generated always as identity primary key,
      customer_id bigint not null references customer,
      owner_id int,
      team_id int,
      kind text not null check (kind in ('need', 'plan', 'competitor', 'channel')),
      -- A need in one line, the goal of a plan, the name of a competitor, the name of an indirect customer.
      title text not null check (length(title) between 1 and 400),
      detail text check (length(detail) <= 4000),
      status text not null check (length(status) between 1 and 40),
      -- The day of which it speaks: when a need was said, by when a plan is done, when a share was last known.
      noted_on date not null,
      contact_id bigint references contact on delete set null,
      said_by text check (length(said_by) <= 200),
      product_id bigint references product on delete set null,
      share_percent smallint check (share_percent between 0 and 100),
      currency text check (currency ~ '^[A-Z]{3}$'),
      amount_minor bigint check (amount_minor >= 0),
      -- An indirect customer that is in the register itself.
      other_customer_id bigint references customer on delete set null,
      created_by int default nullif(current_setting('kezi.user_id', true), '')::int,
      row_version int not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      deleted_at timestamptz
    )`.execute(db);
  await sql`create index on customer_note (customer_id, kind, noted_on desc)`.execute(db);
  await sql`create index on customer_note (other_customer_id) where other_customer_id is not null`.execute(
    db,
  );
  await protectByOwnerAndTeam(db, 'customer_note');
}

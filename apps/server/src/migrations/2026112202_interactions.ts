import { sql, type Kysely } from 'kysely';
import { protectByOwnerAndTeam } from '../platform/db/row-security.js';

/** Visits, calls, meetings, messages, mails and notes: what we did with a customer. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table interaction (
      interaction_id bigint generated always as identity primary key,
      customer_id bigint not null references customer,
      owner_id int,
      team_id int,
      kind text not null check (kind in ('visit', 'call', 'meeting', 'message', 'mail', 'note')),
      -- To the millisecond, as precise as the place in a page that is handed out.
      happened_at timestamptz(3) not null,
      summary text not null check (length(summary) between 1 and 20000),
      outcome text check (length(outcome) <= 1000),
      next_step text check (length(next_step) <= 500),
      next_step_on date check (next_step_on is null or next_step is not null),
      -- Who took part: contacts of the customer and people of ours. A table of pairs would be twice as long as this one, and
      -- nobody asks for them but together with the customer.
      contact_ids bigint[] not null default '{}' check (cardinality(contact_ids) <= 50),
      user_ids int[] not null default '{}' check (cardinality(user_ids) <= 50),
      created_by int default nullif(current_setting('kezi.user_id', true), '')::int,
      row_version int not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      -- Set aside, so that deleting can be undone.
      deleted_at timestamptz
    )`.execute(db);
  // The timeline of one customer, from any place on, however many there are of all customers.
  await sql`
    create index interaction_of_customer on interaction (customer_id, happened_at desc, interaction_id desc)
    where deleted_at is null`.execute(db);
  // Undoing an import asks whether a customer has any, those set aside included.
  await sql`create index on interaction (customer_id) where deleted_at is not null`.execute(db);
  await protectByOwnerAndTeam(db, 'interaction');
}

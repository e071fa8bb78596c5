import { sql, type Kysely } from 'kysely';
import { protectByOwnerAndTeam } from '../platform/db/row-security.js';

/** Stages of customers, with the days on which they were entered and left. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table customer_stage (
      customer_stage_id bigint generated always as identity primary key,
      customer_id bigint not null references customer on delete cascade,
      owner_id int,
      team_id int,
      stage text not null check (
        stage in ('prospect', 'new', 'growing', 'mature', 'at-risk', 'dormant', 'lost', 'won-back')),
      -- The rule that put the customer there, with its figures.
      reason text not null check (length(reason) between 1 and 100),
      evidence jsonb not null default '{}' check (jsonb_typeof(evidence) = 'object'),
      entered_on date not null,
      -- Null while the customer is in it.
      left_on date check (left_on >= entered_on),
      -- Set by a person: rules leave the customer there until the day, or until it is unpinned.
      pinned_by int references app_user,
      pin_note text check (length(pin_note) <= 1000),
      pinned_until date
    )`.execute(db);
  await sql`create unique index customer_stage_now on customer_stage (customer_id) where left_on is null`.execute(
    db,
  );
  await sql`create index on customer_stage (customer_id, entered_on)`.execute(db);
  await sql`create index on customer_stage (stage, customer_id) where left_on is null`.execute(db);
  await sql`create index on customer_stage (entered_on)`.execute(db);
  await protectByOwnerAndTeam(db, 'customer_stage');
}

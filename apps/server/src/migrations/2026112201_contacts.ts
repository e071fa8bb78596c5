import { sql, type Kysely } from 'kysely';
import { protectByOwnerAndTeam } from '../platform/db/row-security.js';

/** People at customers. They carry owner and team of their customer, as everything of a customer does. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table contact (
      contact_id bigint generated always as identity primary key,
      customer_id bigint not null references customer,
      owner_id int,
      team_id int,
      name text not null check (length(name) between 1 and 200),
      title text check (length(title) <= 200),
      department text check (length(department) <= 200),
      phones text[] not null default '{}' check (cardinality(phones) <= 10),
      mails text[] not null default '{}' check (cardinality(mails) <= 10),
      wechat text check (length(wechat) <= 100),
      decision_role text check (
        decision_role in ('decider', 'influencer', 'user', 'gatekeeper', 'sponsor', 'opponent')),
      influence smallint check (influence between 1 and 5),
      attitude smallint check (attitude between -2 and 2),
      reports_to_id bigint check (reports_to_id <> contact_id),
      is_primary boolean not null default false,
      left_on date,
      birthday date,
      notes text check (length(notes) <= 4000),
      custom jsonb not null default '{}' check (jsonb_typeof(custom) = 'object'),
      import_batch_id bigint,
      created_by int default nullif(current_setting('kezi.user_id', true), '')::int,
      row_version int not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      -- Set aside, so that deleting can be undone.
      deleted_at timestamptz,
      unique (customer_id, contact_id),
      -- Nobody reports to somebody at another customer.
      foreign key (customer_id, reports_to_id) references contact (customer_id, contact_id)
        on delete set null (reports_to_id)
    )`.execute(db);
  await sql`create unique index on contact (customer_id) where is_primary and deleted_at is null`.execute(db);
  // A page over all customers is walked from the newest on: for everybody by id, else by owner and by team.
  await sql`create index on contact (owner_id, contact_id desc)`.execute(db);
  await sql`create index on contact (team_id, contact_id desc)`.execute(db);
  await sql`create index on contact (import_batch_id) where import_batch_id is not null`.execute(db);
  // So that removing a batch of contacts does not look through all of them for each.
  await sql`create index on contact (customer_id, reports_to_id) where reports_to_id is not null`.execute(db);
  await protectByOwnerAndTeam(db, 'contact');
  await createTokens(db);
}

/** How a contact is found: by equality and by range of the index, both of which work under the policy. */
async function createTokens(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table contact_token (
      token text collate "C" not null,
      contact_id bigint not null,
      customer_id bigint not null,
      owner_id int,
      team_id int,
      primary key (contact_id, token)
    )`.execute(db);
  await sql`create index on contact_token (token, contact_id desc) include (owner_id, team_id)`.execute(db);
  await sql`create index on contact_token (customer_id)`.execute(db);
  await protectByOwnerAndTeam(db, 'contact_token');
  await sql`
    create function forget_contact_tokens() returns trigger language plpgsql as $$
    begin
      delete from contact_token t using gone where t.contact_id = gone.contact_id;
      return null;
    end $$`.execute(db);
  await sql`
    create trigger forget_tokens after delete on contact referencing old table as gone
      for each statement execute function forget_contact_tokens()`.execute(db);
}

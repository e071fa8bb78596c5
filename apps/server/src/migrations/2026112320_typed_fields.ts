import { sql, type Kysely } from 'kysely';
import { protectByCreator, protectByOwnerAndTeam } from '../platform/db/row-security.js';

/** Fields of the company's own come into use: names in both languages, fields that must be filled in, people as values; bulk edits. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table custom_field
      add column name_en text check (length(name_en) between 1 and 100),
      add column is_required boolean not null default false`.execute(db);
  await namePeople(db);
  await indexScopes(db);
  await createBulkEdits(db);
}

/** A person is a user, not the text of a number: then the database knows that somebody is named. */
async function namePeople(db: Kysely<unknown>): Promise<void> {
  await sql`alter table customer_field_value add column person_id int references app_user`.execute(db);
  await sql`alter table customer_field_value drop constraint customer_field_value_check`.execute(db);
  await sql`
    alter table customer_field_value add constraint customer_field_value_check
      check (num_nonnulls(text_value, number_value, date_value, person_id) = 1)`.execute(db);
  await sql`
    create index on customer_field_value (custom_field_id, person_id, customer_id)
    where person_id is not null`.execute(db);
}

/** What a scoped reader sees of these tables is found by whose it is; the indexes that there are begin with the value. */
async function indexScopes(db: Kysely<unknown>): Promise<void> {
  for (const scope of ['owner_id', 'team_id']) {
    await sql.raw(`create index on customer_profile (${scope}, customer_id)`).execute(db);
    await sql.raw(`create index on customer_tag (${scope}, tag)`).execute(db);
    await sql.raw(`create index on customer_field_value (${scope}, custom_field_id)`).execute(db);
  }
  await sql`create index on customer_profile (country_code, customer_id) where country_code is not null`.execute(
    db,
  );
}

async function createBulkEdits(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table bulk_edit (
      bulk_edit_id bigint generated always as identity primary key,
      change jsonb not null,
      customers int not null default 0,
      skipped int not null default 0,
      created_by int not null default current_setting('kezi.user_id')::int references app_user,
      created_at timestamptz not null default now(),
      undone_at timestamptz
    )`.execute(db);
  await sql`create index on bulk_edit (created_by, bulk_edit_id desc)`.execute(db);
  await protectByCreator(db, 'bulk_edit');
  // A customer as it was, and the version that the edit left: an undo leaves alone what somebody has changed since.
  await sql`
    create table bulk_edit_change (
      bulk_edit_id bigint not null references bulk_edit on delete cascade,
      customer_id bigint not null references customer on delete cascade,
      owner_id int,
      team_id int,
      before jsonb not null,
      row_version int not null,
      primary key (bulk_edit_id, customer_id)
    )`.execute(db);
  await sql`create index on bulk_edit_change (customer_id)`.execute(db);
  await protectByOwnerAndTeam(db, 'bulk_edit_change');
}

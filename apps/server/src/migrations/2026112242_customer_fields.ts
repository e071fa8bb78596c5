import { sql, type Kysely } from 'kysely';
import { protect, protectByOwnerAndTeam } from '../platform/db/row-security.js';

/** What else is known of a customer: size, stage, source, tags, addresses, and fields that the administrator defines. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table customer_profile (
      customer_id bigint primary key references customer on delete cascade,
      owner_id int,
      team_id int,
      size text check (size in ('micro', 'small', 'medium', 'large')),
      stage text check (stage in ('prospect', 'qualified', 'trial', 'active', 'dormant', 'lost')),
      source text check (length(source) between 1 and 100),
      -- GB/T 4754: the letter of a section, or two digits of a division.
      industry_code text check (industry_code ~ '^([A-T]|[0-9]{2})$'),
      -- ISO 3166-1, and within China the six digits of GB/T 2260.
      country_code text check (country_code ~ '^[A-Z]{2}$'),
      division_code text check (division_code ~ '^[0-9]{6}$'),
      tags text[] not null default '{}' check (cardinality(tags) <= 50),
      addresses jsonb not null default '[]' check (jsonb_typeof(addresses) = 'array'),
      row_version int not null default 1,
      updated_at timestamptz not null default now()
    )`.execute(db);
  // Tags are found by equality of one: of many customers with one tag, and of one customer's tags.
  await sql`
    create table customer_tag (
      tag text collate "C" not null check (length(tag) between 1 and 50),
      customer_id bigint not null references customer on delete cascade,
      owner_id int,
      team_id int,
      primary key (customer_id, tag)
    )`.execute(db);
  await sql`create index on customer_tag (tag, customer_id)`.execute(db);
  await sql`create index on customer_profile (industry_code, customer_id) where industry_code is not null`.execute(
    db,
  );
  await sql`create index on customer_profile (division_code, customer_id) where division_code is not null`.execute(
    db,
  );
  await sql`create index on customer_profile (stage, customer_id) where stage is not null`.execute(db);
  await sql`create index on customer_profile (size, customer_id) where size is not null`.execute(db);
  await sql`create index on customer_profile (source, customer_id) where source is not null`.execute(db);
  await protectByOwnerAndTeam(db, 'customer_profile');
  await protectByOwnerAndTeam(db, 'customer_tag');
  await createCustomFields(db);
}

async function createCustomFields(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table custom_field (
      custom_field_id int generated always as identity primary key,
      name text not null check (length(name) between 1 and 100),
      kind text not null check (kind in ('text', 'number', 'money', 'date', 'choice', 'person')),
      choices text[] not null default '{}' check (cardinality(choices) <= 200),
      position int not null default 0,
      is_retired boolean not null default false,
      row_version int not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now()
    )`.execute(db);
  await sql`create unique index custom_field_by_name on custom_field (name) where not is_retired`.execute(db);
  // Everybody may know which fields there are; only who sees all may define them.
  await protect(db, 'custom_field', 'true');
  await sql`revoke insert, update, delete on custom_field from kezi_scoped`.execute(db);
  // One value of one field of one customer: text, choice and person as text, number, money (minor units) and date as number.
  await sql`
    create table customer_field_value (
      customer_id bigint not null references customer on delete cascade,
      custom_field_id int not null references custom_field,
      owner_id int,
      team_id int,
      text_value text collate "C" check (length(text_value) between 1 and 4000),
      number_value float8,
      date_value date,
      primary key (customer_id, custom_field_id),
      check (num_nonnulls(text_value, number_value, date_value) = 1)
    )`.execute(db);
  // A text of 4,000 characters does not fit into an index: its beginning does.
  await sql`
    create index on customer_field_value (custom_field_id, left(text_value, 100), customer_id)
    where text_value is not null`.execute(db);
  await sql`
    create index on customer_field_value (custom_field_id, number_value, customer_id)
    where number_value is not null`.execute(db);
  await sql`
    create index on customer_field_value (custom_field_id, date_value, customer_id)
    where date_value is not null`.execute(db);
  await protectByOwnerAndTeam(db, 'customer_field_value');
}

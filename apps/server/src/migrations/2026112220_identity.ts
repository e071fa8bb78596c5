import { sql, type Kysely } from 'kysely';
import { protect, protectByOwnerAndTeam } from '../platform/db/row-security.js';

/** Who a customer is: legal name, codes of registers, and the keys by which two records of one customer are found. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table customer
      add column legal_name text check (length(legal_name) between 1 and 400),
      -- 统一社会信用代码 (18 places) or 组织机构代码 (9 places), normalised and with a check digit that holds.
      add column credit_code text check (credit_code ~ '^[0-9A-Z]{9}([0-9A-Z]{9})?$'),
      -- True where the rule of the day was that a code belongs to one customer: two people at once cannot break it then.
      add column is_credit_code_sole boolean not null default false,
      -- ISO 3166-1, two letters.
      add column registry_country text check (registry_country ~ '^[A-Z]{2}$'),
      add column registry_no text check (length(registry_no) between 1 and 60),
      add constraint customer_registry check ((registry_country is null) = (registry_no is null))`.execute(
    db,
  );
  await sql`create index on customer (credit_code) where credit_code is not null`.execute(db);
  await sql`create unique index customer_sole_credit_code on customer (credit_code) where is_credit_code_sole`.execute(
    db,
  );
  await createKeys(db);
  await createPairs(db);
  await createMerges(db);
  await createRules(db);
}

async function createKeys(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table customer_key (
      customer_id bigint not null,
      -- Its kind and a colon before it: 'n:星辰电子科技', 'c:91310...'. Byte by byte, whatever the database's language.
      key text collate "C" not null,
      -- Of keys of names: the region in the name, empty where it has none.
      region text collate "C" not null default '',
      owner_id int,
      team_id int,
      primary key (customer_id, key, region)
    )`.execute(db);
  await sql`create index on customer_key (key, customer_id) include (region)`.execute(db);
  await protectByOwnerAndTeam(db, 'customer_key');
  // Keys go with their customer, a statement at a time, as tokens do.
  await sql`
    create function forget_customer_keys() returns trigger language plpgsql as $$
    begin
      delete from customer_key k using gone where k.customer_id = gone.customer_id;
      return null;
    end $$`.execute(db);
  await sql`
    create trigger forget_keys after delete on customer referencing old table as gone
      for each statement execute function forget_customer_keys()`.execute(db);
}

/** A pair is seen by whoever sees both customers: the policy asks `customer`, whose own policy answers. */
async function createPairs(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table duplicate_pair (
      customer_id bigint not null references customer on delete cascade,
      other_customer_id bigint not null references customer on delete cascade,
      score float8 not null check (score between 0 and 1),
      -- What speaks for it: 'code', 'name', 'phone' ...
      reasons text[] not null,
      status text not null default 'open' check (status in ('open', 'dismissed')),
      found_at timestamptz not null default now(),
      dismissed_by int,
      dismissed_at timestamptz,
      primary key (customer_id, other_customer_id),
      check (customer_id < other_customer_id)
    )`.execute(db);
  await sql`create index on duplicate_pair (other_customer_id)`.execute(db);
  await sql`
    create index on duplicate_pair (status, score desc, customer_id, other_customer_id)`.execute(db);
  await protect(
    db,
    'duplicate_pair',
    `exists (select from customer c where c.customer_id = duplicate_pair.customer_id)
      and exists (select from customer c where c.customer_id = duplicate_pair.other_customer_id)`,
  );
  await sql`
    create table duplicate_search (
      duplicate_search_id bigint generated always as identity primary key,
      customers int not null,
      pairs int not null,
      likely int not null,
      -- Keys that so many customers share that they tell nobody apart; they were left out.
      crowded_keys int not null,
      seconds float8 not null,
      finished_at timestamptz not null default now()
    )`.execute(db);
  await protect(db, 'duplicate_search', 'true');
  await sql`revoke insert, update, delete on duplicate_search from kezi_scoped`.execute(db);
}

async function createMerges(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table customer_merge (
      customer_merge_id bigint generated always as identity primary key,
      -- The customer that remains.
      customer_id bigint not null references customer,
      owner_id int,
      team_id int,
      -- The id and number of the one that went, and the row as it was.
      merged_id bigint not null,
      merged_no text not null,
      merged_name text not null,
      merged_row jsonb not null,
      -- Fields of the remaining one: [before, after].
      fields jsonb not null,
      -- By table: keys of the rows that were re-pointed, rows that were set aside.
      moved jsonb not null,
      orders int not null,
      merged_by int not null,
      merged_at timestamptz not null,
      undo_until timestamptz not null,
      undone_by int,
      undone_at timestamptz
    )`.execute(db);
  await sql`create index on customer_merge (customer_id)`.execute(db);
  await sql`create unique index on customer_merge (merged_id) where undone_at is null`.execute(db);
  await protectByOwnerAndTeam(db, 'customer_merge');
  await sql`
    create table customer_alias (
      -- A number that a merged customer had; it leads to the one that remains.
      customer_no text primary key,
      former_customer_id bigint not null unique,
      customer_id bigint not null references customer,
      owner_id int,
      team_id int
    )`.execute(db);
  await sql`create index on customer_alias (customer_id)`.execute(db);
  await protectByOwnerAndTeam(db, 'customer_alias');
}

async function createRules(db: Kysely<unknown>): Promise<void> {
  // Without a row, what stands here as the default holds.
  await sql`
    create table quality_policy (
      is_only boolean primary key default true check (is_only),
      same_credit_code text not null default 'refuse' check (same_credit_code in ('refuse', 'flag')),
      -- Days after the last sign of life from which a record counts as stale.
      stale_days int not null default 180 check (stale_days between 1 and 3650),
      -- Field to weight: what makes a record complete.
      weights jsonb not null default
        '{"creditCode":20,"industry":15,"region":15,"contact":20,"phone":10,"address":5,"owner":10,"shortName":5}',
      row_version int not null default 1
    )`.execute(db);
  await protect(db, 'quality_policy', 'true');
  await sql`revoke insert, update, delete on quality_policy from kezi_scoped`.execute(db);
  await sql`
    create table validation_rule (
      validation_rule_id int generated always as identity primary key,
      field text not null check (length(field) between 1 and 120),
      kind text not null check (kind in ('required', 'pattern')),
      -- Signs of a pattern: # a digit, @ a letter, ? any one sign, * any number of them; else the sign itself.
      pattern text check (length(pattern) between 1 and 100),
      -- Where it holds: a field and the values of which it has one; for all customers where null.
      when_field text check (length(when_field) <= 120),
      when_values text[] not null default '{}',
      message text check (length(message) <= 300),
      is_active boolean not null default true,
      row_version int not null default 1,
      check ((kind = 'pattern') = (pattern is not null))
    )`.execute(db);
  await protect(db, 'validation_rule', 'true');
  await sql`revoke insert, update, delete on validation_rule from kezi_scoped`.execute(db);
  await sql`
    create table customer_quality (
      customer_id bigint primary key,
      owner_id int,
      team_id int,
      completeness smallint not null check (completeness between 0 and 100),
      freshness smallint not null check (freshness between 0 and 100),
      touched_on date not null,
      missing text[] not null default '{}'
    )`.execute(db);
  await sql`create index on customer_quality (owner_id, freshness)`.execute(db);
  await sql`create index on customer_quality (team_id)`.execute(db);
  await protectByOwnerAndTeam(db, 'customer_quality');
  await sql`
    create function forget_customer_quality() returns trigger language plpgsql as $$
    begin
      delete from customer_quality q using gone where q.customer_id = gone.customer_id;
      return null;
    end $$`.execute(db);
  await sql`
    create trigger forget_quality after delete on customer referencing old table as gone
      for each statement execute function forget_customer_quality()`.execute(db);
}

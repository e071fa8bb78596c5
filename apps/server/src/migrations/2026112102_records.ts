import { sql, type Kysely } from 'kysely';
import { protect, protectByOwnerAndTeam } from '../platform/db/row-security.js';

/** Customers, products, orders. `owner_id` and `team_id` stand on child rows too: a policy never looks into the parent. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createCustomer(db);
  await createProduct(db);
  await createOrder(db);
}

async function createCustomer(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table customer (
      customer_id bigint generated always as identity primary key,
      customer_no text not null unique check (length(customer_no) between 1 and 200),
      name text not null check (length(name) between 1 and 400),
      short_name text check (length(short_name) <= 200),
      parent_customer_id bigint references customer on delete set null,
      owner_id int references app_user,
      team_id int references team,
      region text check (length(region) <= 200),
      industry text check (length(industry) <= 200),
      custom jsonb not null default '{}' check (jsonb_typeof(custom) = 'object'),
      import_batch_id bigint,
      -- The figures of the last published valuation run, so that the register reads one table.
      score_run_id bigint,
      orders int,
      last_order_on date,
      monetary_value float8,
      p_alive float8,
      expected_orders float8,
      clv float8,
      clv_low float8,
      clv_high float8,
      next_order_on date,
      rfm_segment text,
      row_version int not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now()
    )`.execute(db);
  // Every page of the register walks an index that begins with the scope or the filter and ends with the sort.
  for (const lead of ['', 'owner_id, ', 'team_id, ', 'industry, ', 'region, ', 'rfm_segment, ']) {
    await sql.raw(`create index on customer (${lead}clv desc nulls last, customer_id)`).execute(db);
  }
  await sql`create index on customer (parent_customer_id) where parent_customer_id is not null`.execute(db);
  await sql`create index on customer (import_batch_id) where import_batch_id is not null`.execute(db);
  await protectByOwnerAndTeam(db, 'customer');

  // Search by equality of tokens (bigrams, pinyin, initials): text equality is leakproof, so the index works under the policy.
  await sql`
    create table customer_token (
      token text not null,
      customer_id bigint not null references customer on delete cascade,
      owner_id int,
      team_id int,
      primary key (token, customer_id)
    )`.execute(db);
  await sql`create index on customer_token (customer_id)`.execute(db);
  await protectByOwnerAndTeam(db, 'customer_token');
}

async function createProduct(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table product (
      product_id bigint generated always as identity primary key,
      product_no text not null unique check (length(product_no) between 1 and 200),
      name text not null check (length(name) between 1 and 400),
      category text check (length(category) <= 200),
      unit text check (length(unit) <= 40),
      custom jsonb not null default '{}' check (jsonb_typeof(custom) = 'object'),
      import_batch_id bigint,
      row_version int not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now()
    )`.execute(db);
  await protect(db, 'product', 'true');
}

async function createOrder(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table exchange_rate (
      currency text not null check (currency ~ '^[A-Z]{3}$'),
      valid_from date not null,
      -- One unit of the currency in units of the organisation's base currency.
      rate numeric(20, 10) not null check (rate > 0),
      primary key (currency, valid_from)
    )`.execute(db);
  await protect(db, 'exchange_rate', 'true');

  await sql`
    create table customer_order (
      order_id bigint generated always as identity primary key,
      -- The order's number where the source has one, else customer and day: the unit in which orders are written again.
      order_key text not null unique check (length(order_key) between 1 and 400),
      order_no text,
      customer_id bigint not null,
      owner_id int,
      team_id int,
      ordered_on date not null,
      currency text not null check (currency ~ '^[A-Z]{3}$'),
      amount_minor bigint not null,
      base_amount_minor bigint not null,
      base_margin_minor bigint,
      line_count int not null,
      -- Hash of the lines: an order that comes again unchanged is left alone.
      content_hash text not null,
      import_batch_id bigint,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now()
    )`.execute(db);
  await sql`create index on customer_order (customer_id, ordered_on)`.execute(db);
  await sql`create index on customer_order (owner_id, ordered_on)`.execute(db);
  await sql`create index on customer_order (team_id, ordered_on)`.execute(db);
  await sql`create index on customer_order (import_batch_id) where import_batch_id is not null`.execute(db);
  await protectByOwnerAndTeam(db, 'customer_order');

  await sql`
    create table order_line (
      order_id bigint not null,
      line_no int not null,
      customer_id bigint not null,
      owner_id int,
      team_id int,
      product_id bigint,
      quantity numeric(18, 4),
      amount_minor bigint not null,
      base_amount_minor bigint not null,
      base_margin_minor bigint,
      primary key (order_id, line_no)
    )`.execute(db);
  await protectByOwnerAndTeam(db, 'order_line');
  await keepOrdersWhole(db);
}

/**
 * In place of foreign keys, which ask once a row and cost 24 s for each million lines, five times the rest of an import.
 * Orders and lines are written with ids found in the same transaction; what is left to guard is the deletion, which is rare:
 * a customer with orders stays, and the lines of an order go with it.
 */
async function keepOrdersWhole(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function keep_customer_with_orders() returns trigger language plpgsql as $$
    begin
      if exists (select from customer_order o join gone using (customer_id)) then
        raise foreign_key_violation using message = 'A customer with orders cannot be deleted.';
      end if;
      return null;
    end $$`.execute(db);
  await sql`
    create trigger keep_customer_with_orders after delete on customer
    referencing old table as gone for each statement execute function keep_customer_with_orders()`.execute(
    db,
  );
  await sql`
    create function forget_order_lines() returns trigger language plpgsql as $$
    begin
      delete from order_line line using gone where line.order_id = gone.order_id;
      return null;
    end $$`.execute(db);
  await sql`
    create trigger forget_order_lines after delete on customer_order
    referencing old table as gone for each statement execute function forget_order_lines()`.execute(db);
}

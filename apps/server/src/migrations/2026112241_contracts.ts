import { sql, type Kysely } from 'kysely';
import { protectByOwnerAndTeam } from '../platform/db/row-security.js';

/** Contracts, what is owed and what was paid, and files that belong to a record of a customer. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createContract(db);
  await createReceivable(db);
  await createPayment(db);
  await createAttachment(db);
}

async function createContract(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table contract (
      contract_id bigint generated always as identity primary key,
      customer_id bigint not null references customer,
      owner_id int,
      team_id int,
      contract_no text not null check (length(contract_no) between 1 and 200),
      title text not null check (length(title) between 1 and 400),
      -- Whether it runs, ends soon or has ended follows from its days.
      status text not null default 'signed' check (status in ('draft', 'signed', 'terminated')),
      signed_on date,
      starts_on date not null,
      -- Null without an end.
      ends_on date check (ends_on >= starts_on),
      notice_days int not null default 60 check (notice_days between 0 and 1000),
      is_renewed_by_itself boolean not null default false,
      currency text not null check (currency ~ '^[A-Z]{3}$'),
      amount_minor bigint check (amount_minor >= 0),
      -- What the customer has promised to buy between the first day and the last.
      minimum_minor bigint check (minimum_minor > 0),
      payment_days int check (payment_days between 0 and 1000),
      terms text check (length(terms) <= 20000),
      import_batch_id bigint,
      created_by int default nullif(current_setting('kezi.user_id', true), '')::int,
      row_version int not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      -- Set aside, so that deleting can be undone.
      deleted_at timestamptz
    )`.execute(db);
  await sql`create unique index contract_by_number on contract (contract_no) where deleted_at is null`.execute(
    db,
  );
  await sql`create index on contract (customer_id)`.execute(db);
  await sql`create index on contract (ends_on, contract_id) where deleted_at is null`.execute(db);
  await sql`create index on contract (import_batch_id) where import_batch_id is not null`.execute(db);
  await protectByOwnerAndTeam(db, 'contract');
}

async function createReceivable(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table receivable (
      receivable_id bigint generated always as identity primary key,
      customer_id bigint not null references customer,
      owner_id int,
      team_id int,
      contract_id bigint references contract,
      -- Without a foreign key, as everything that points at orders: an order that is imported again is written anew.
      order_id bigint,
      title text not null check (length(title) between 1 and 400),
      due_on date not null,
      currency text not null check (currency ~ '^[A-Z]{3}$'),
      amount_minor bigint not null check (amount_minor > 0),
      received_minor bigint not null default 0 check (received_minor between 0 and amount_minor),
      created_by int default nullif(current_setting('kezi.user_id', true), '')::int,
      row_version int not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      deleted_at timestamptz
    )`.execute(db);
  await sql`create index on receivable (customer_id, due_on)`.execute(db);
  await sql`create index on receivable (contract_id) where contract_id is not null`.execute(db);
  await sql`
    create index receivable_open on receivable (due_on, receivable_id)
    where deleted_at is null and received_minor < amount_minor`.execute(db);
  await protectByOwnerAndTeam(db, 'receivable');
}

async function createPayment(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table payment (
      payment_id bigint generated always as identity primary key,
      customer_id bigint not null references customer,
      owner_id int,
      team_id int,
      payment_no text check (length(payment_no) between 1 and 200),
      received_on date not null,
      currency text not null check (currency ~ '^[A-Z]{3}$'),
      amount_minor bigint not null check (amount_minor > 0),
      allocated_minor bigint not null default 0 check (allocated_minor between 0 and amount_minor),
      method text check (length(method) <= 100),
      note text check (length(note) <= 1000),
      import_batch_id bigint,
      created_by int default nullif(current_setting('kezi.user_id', true), '')::int,
      row_version int not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      deleted_at timestamptz
    )`.execute(db);
  await sql`
    create unique index payment_by_number on payment (payment_no) where payment_no is not null and deleted_at is null`.execute(
    db,
  );
  await sql`create index on payment (customer_id, received_on desc)`.execute(db);
  await sql`create index on payment (import_batch_id) where import_batch_id is not null`.execute(db);
  await protectByOwnerAndTeam(db, 'payment');
  await sql`
    create table payment_allocation (
      payment_id bigint not null references payment,
      receivable_id bigint not null references receivable,
      customer_id bigint not null,
      owner_id int,
      team_id int,
      amount_minor bigint not null check (amount_minor > 0),
      primary key (payment_id, receivable_id)
    )`.execute(db);
  await sql`create index on payment_allocation (receivable_id)`.execute(db);
  await sql`create index on payment_allocation (customer_id)`.execute(db);
  await protectByOwnerAndTeam(db, 'payment_allocation');
}

async function createAttachment(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table attachment (
      attachment_id bigint generated always as identity primary key,
      subject text not null check (subject in ('contract', 'interaction')),
      subject_id bigint not null,
      customer_id bigint not null references customer,
      owner_id int,
      team_id int,
      file_name text not null check (length(file_name) between 1 and 400),
      media_type text not null,
      size_bytes bigint not null,
      sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
      created_by int default nullif(current_setting('kezi.user_id', true), '')::int,
      created_at timestamptz not null default now(),
      deleted_at timestamptz
    )`.execute(db);
  await sql`create index on attachment (subject, subject_id)`.execute(db);
  await sql`create index on attachment (customer_id)`.execute(db);
  await sql`create index on attachment (sha256)`.execute(db);
  await protectByOwnerAndTeam(db, 'attachment');
}

import { sql, type Kysely } from 'kysely';
import { protect } from '../platform/db/row-security.js';

/** Second factor, links to set a password, failed attempts, single sign-on, and where a session was last used. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table user_session
      add column last_used_at timestamptz,
      add column last_address text,
      add column opened_by text not null default 'password' check (opened_by in ('password', 'sso'))`.execute(
    db,
  );
  await createSecondFactor(db);
  await createLinks(db);
  await createFailures(db);
  await createPolicy(db);
}

/** The program's login reads secrets when somebody signs in; whoever sees all may set and remove them, never read them. */
async function createSecondFactor(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table user_second_factor (
      user_id int primary key references app_user on delete cascade,
      -- Sealed with the key of the data folder.
      secret text not null,
      confirmed_at timestamptz,
      -- The last half minute whose code was taken: a code is good once.
      last_step bigint not null default 0,
      created_at timestamptz not null default now()
    )`.execute(db);
  await sql`
    create table user_recovery_code (
      user_id int not null references app_user on delete cascade,
      code_sha256 text not null,
      used_at timestamptz,
      primary key (user_id, code_sha256)
    )`.execute(db);
  for (const table of ['user_second_factor', 'user_recovery_code']) {
    await keepForSignIn(db, table);
    await sql`grant insert, delete on ${sql.id(table)} to kezi_all`.execute(db);
  }
  await sql`grant select (user_id, confirmed_at), update (confirmed_at) on user_second_factor to kezi_all`.execute(
    db,
  );
  await sql`grant select (user_id, used_at) on user_recovery_code to kezi_all`.execute(db);
  await sql`grant select, update (last_step) on user_second_factor to kezi_app`.execute(db);
  await sql`grant select, update (used_at) on user_recovery_code to kezi_app`.execute(db);
}

async function createLinks(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table user_link (
      user_link_id int generated always as identity primary key,
      user_id int not null references app_user on delete cascade,
      kind text not null check (kind in ('invitation', 'reset')),
      token_sha256 text not null unique,
      expires_at timestamptz not null,
      used_at timestamptz,
      created_by int default nullif(current_setting('kezi.user_id', true), '')::int,
      created_at timestamptz not null default now()
    )`.execute(db);
  await sql`create index on user_link (user_id)`.execute(db);
  await protect(db, 'user_link', 'false');
  await sql`revoke all on user_link from kezi_scoped`.execute(db);
}

async function createFailures(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table sign_in_failure (
      -- A hash of whose attempts these are: an account, an account on a known device, or an address.
      place text primary key,
      failures int not null,
      last_at timestamptz not null,
      blocked_until timestamptz
    )`.execute(db);
  await sql`create index on sign_in_failure (last_at)`.execute(db);
  await protect(db, 'sign_in_failure', 'false');
  await sql`revoke all on sign_in_failure from kezi_scoped`.execute(db);
}

async function createPolicy(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table sign_in_policy (
      is_only boolean primary key default true check (is_only),
      second_factor_roles text[] not null default '{}',
      sso_issuer text check (length(sso_issuer) <= 500),
      sso_client_id text check (length(sso_client_id) <= 500),
      -- Sealed with the key of the data folder.
      sso_client_secret text,
      sso_label text check (length(sso_label) <= 60),
      row_version int not null default 1,
      updated_at timestamptz not null default now()
    )`.execute(db);
  await sql`insert into sign_in_policy default values`.execute(db);
  await keepForSignIn(db, 'sign_in_policy');
  await sql`grant select on sign_in_policy to kezi_app`.execute(db);
  const shown = 'is_only, second_factor_roles, sso_issuer, sso_client_id, sso_label, row_version, updated_at';
  await sql.raw(`grant select (${shown}), update on sign_in_policy to kezi_all`).execute(db);
}

async function keepForSignIn(db: Kysely<unknown>, table: string): Promise<void> {
  await protect(db, table, 'false');
  await sql`revoke all on ${sql.id(table)} from kezi_scoped, kezi_all`.execute(db);
  await sql`create policy sign_in on ${sql.id(table)} to kezi_app using (true) with check (true)`.execute(db);
}

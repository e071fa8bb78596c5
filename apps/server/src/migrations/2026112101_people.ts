import { sql, type Kysely } from 'kysely';
import { protect } from '../platform/db/row-security.js';

/** Users, teams, sign-in, keys, the organisation's settings. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createTeam(db);
  await createUser(db);
  await createSignIn(db);
  await createApiKey(db);
  await createOrganisation(db);
}

async function createTeam(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table team (
      team_id int generated always as identity primary key,
      name text not null check (length(name) between 1 and 100),
      parent_team_id int references team,
      row_version int not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      unique nulls not distinct (parent_team_id, name)
    )`.execute(db);
  // Everybody may know which teams there are; only a user who sees all may change them.
  await protect(db, 'team', 'true');
  await sql`revoke insert, update, delete on team from kezi_scoped`.execute(db);
  await sql`create policy sign_in on team for select to kezi_app using (true)`.execute(db);
  await sql`grant select on team to kezi_app`.execute(db);
}

async function createUser(db: Kysely<unknown>): Promise<void> {
  // The columns id, email_verified and image are asked for by the sign-in library.
  await sql`
    create table app_user (
      id int generated always as identity primary key,
      email text not null unique check (email = lower(email) and length(email) <= 254),
      name text not null check (length(name) between 1 and 100),
      role text not null default 'member' check (role in ('administrator', 'director', 'manager', 'member')),
      scope text not null default 'own' check (scope in ('all', 'team_and_below', 'team', 'own')),
      team_id int references team,
      language text check (language in ('zh-CN', 'en-US')),
      theme text not null default 'system' check (theme in ('light', 'dark', 'system')),
      disabled_at timestamptz,
      email_verified boolean not null default false,
      image text,
      row_version int not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now()
    )`.execute(db);
  await sql`create index on app_user (team_id)`.execute(db);
  // A scoped user sees themselves and the people of the teams they see, and changes only their own preferences.
  await protect(
    db,
    'app_user',
    `id = current_setting('kezi.user_id')::int or team_id = any (current_setting('kezi.team_ids')::int[])`,
  );
  await sql`revoke insert, update, delete on app_user from kezi_scoped`.execute(db);
  await sql`grant update (name, language, theme, row_version, updated_at) on app_user to kezi_scoped`.execute(
    db,
  );
  await sql`
    create policy own_row_only on app_user as restrictive for update to kezi_scoped
      using (id = current_setting('kezi.user_id')::int)`.execute(db);
  await sql`create policy sign_in on app_user to kezi_app using (true) with check (true)`.execute(db);
  await sql`grant select on app_user to kezi_app`.execute(db);
}

async function createSignIn(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table user_account (
      id int generated always as identity primary key,
      user_id int not null references app_user on delete cascade,
      provider_id text not null,
      account_id text not null,
      password text,
      access_token text,
      refresh_token text,
      id_token text,
      access_token_expires_at timestamptz,
      refresh_token_expires_at timestamptz,
      scope text,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      unique (provider_id, account_id)
    )`.execute(db);
  await sql`create index on user_account (user_id)`.execute(db);
  await sql`
    create table user_session (
      id int generated always as identity primary key,
      user_id int not null references app_user on delete cascade,
      token text not null unique,
      expires_at timestamptz not null,
      ip_address text,
      user_agent text,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now()
    )`.execute(db);
  await sql`create index on user_session (user_id)`.execute(db);
  await sql`
    create table user_verification (
      id int generated always as identity primary key,
      identifier text not null,
      value text not null,
      expires_at timestamptz not null,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now()
    )`.execute(db);
  await sql`create index on user_verification (identifier)`.execute(db);
  for (const table of ['user_account', 'user_session', 'user_verification']) {
    await protect(db, table, 'false');
    await sql`revoke all on ${sql.id(table)} from kezi_scoped, kezi_all`.execute(db);
    await sql`create policy sign_in on ${sql.id(table)} to kezi_app using (true) with check (true)`.execute(
      db,
    );
    await sql`grant select, insert, update, delete on ${sql.id(table)} to kezi_app`.execute(db);
  }
  // Whoever sees all may make accounts and end sessions, but never reads a password's hash or a session's token.
  await sql`grant insert, delete, select (id, user_id, provider_id) on user_account to kezi_all`.execute(db);
  await sql`grant update (password, updated_at) on user_account to kezi_all`.execute(db);
  await sql`grant delete, select (id, user_id) on user_session to kezi_all`.execute(db);
}

async function createApiKey(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table api_key (
      api_key_id int generated always as identity primary key,
      user_id int not null references app_user on delete cascade,
      name text not null check (length(name) between 1 and 100),
      start text not null,
      key_sha256 text not null unique,
      scopes text[] not null,
      expires_at timestamptz,
      last_used_at timestamptz,
      revoked_at timestamptz,
      created_at timestamptz not null default now()
    )`.execute(db);
  await sql`create index on api_key (user_id)`.execute(db);
  await protect(db, 'api_key', `user_id = current_setting('kezi.user_id')::int`);
  await sql`create policy sign_in on api_key to kezi_app using (true) with check (true)`.execute(db);
  await sql`grant select, update (last_used_at) on api_key to kezi_app`.execute(db);
}

async function createOrganisation(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table organisation (
      is_only boolean primary key default true check (is_only),
      name text not null default '' check (length(name) <= 200),
      base_currency text not null default 'CNY' check (base_currency ~ '^[A-Z]{3}$'),
      time_zone text not null default 'Asia/Shanghai',
      language text not null default 'zh-CN' check (language in ('zh-CN', 'en-US')),
      up_colour text not null default 'red' check (up_colour in ('red', 'green')),
      row_version int not null default 1,
      updated_at timestamptz not null default now()
    )`.execute(db);
  await sql`insert into organisation default values`.execute(db);
  await protect(db, 'organisation', 'true');
  await sql`revoke insert, delete on organisation from kezi_all, kezi_scoped`.execute(db);
  await sql`revoke update on organisation from kezi_scoped`.execute(db);
  await sql`create policy sign_in on organisation for select to kezi_app using (true)`.execute(db);
  await sql`grant select on organisation to kezi_app`.execute(db);
}

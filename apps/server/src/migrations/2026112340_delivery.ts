import { sql, type Kysely } from 'kysely';
import { protect, protectByCreator } from '../platform/db/row-security.js';

/** How the program reaches the outside: the mail server, and hosts within the company that may be called. */
async function createSettings(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table outbound_setting (
      is_only boolean primary key default true check (is_only),
      mail_host text check (length(mail_host) <= 253),
      mail_port int check (mail_port between 1 and 65535),
      -- tls: from the first byte. starttls: asked for after the greeting, and required. none: in the clear.
      mail_security text not null default 'starttls' check (mail_security in ('tls', 'starttls', 'none')),
      mail_user text check (length(mail_user) <= 254),
      -- Sealed with the key of the data folder.
      mail_password text,
      mail_from text check (length(mail_from) <= 254),
      -- Where people reach the program: links in mails and in groups begin with it.
      page_address text check (length(page_address) <= 300),
      -- host or host:port, in lower case: may be called though they stand in a network of the company.
      allowed_hosts text[] not null default '{}',
      row_version int not null default 1,
      updated_at timestamptz not null default now()
    )`.execute(db);
  await sql`insert into outbound_setting default values`.execute(db);
  await protect(db, 'outbound_setting', 'true');
  // Whoever makes a webhook is told whether its host may be called; the rest is for administrators.
  await sql`revoke all on outbound_setting from kezi_scoped`.execute(db);
  const open = 'is_only, mail_host, mail_from, page_address, allowed_hosts';
  await sql.raw(`grant select (${open}) on outbound_setting to kezi_scoped`).execute(db);
}

async function createReceivers(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table webhook (
      webhook_id int generated always as identity primary key,
      name text not null check (length(name) between 1 and 100),
      url text not null check (length(url) between 1 and 2000),
      events text[] not null check (cardinality(events) > 0),
      -- Sealed with the key of the data folder.
      secret text not null,
      is_active boolean not null default true,
      -- Since when nothing has come through; null after a success.
      failing_since timestamptz,
      paused_at timestamptz,
      pause_reason text check (pause_reason in ('failing', 'maker_gone')),
      -- It is sent what this person may see.
      created_by int not null default nullif(current_setting('kezi.user_id', true), '')::int references app_user,
      row_version int not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now()
    )`.execute(db);
  await protectByCreator(db, 'webhook');

  await sql`
    create table robot (
      robot_id int generated always as identity primary key,
      name text not null check (length(name) between 1 and 100),
      vendor text not null check (vendor in ('wecom', 'dingtalk', 'feishu')),
      -- Sealed: whoever has the address may write to the group.
      url text not null,
      -- The last characters of the address, by which people know it again.
      url_hint text not null check (length(url_hint) <= 20),
      secret text,
      -- Whose group it is; null for the whole company.
      team_id int references team on delete cascade,
      -- Kinds of notices about customers of the team that are told to the group.
      kinds text[] not null default '{}',
      is_active boolean not null default true,
      created_by int default nullif(current_setting('kezi.user_id', true), '')::int references app_user,
      row_version int not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now()
    )`.execute(db);
  await protect(
    db,
    'robot',
    `team_id is null or team_id = any ((select current_setting('kezi.team_ids')::int[])::int[])`,
  );
}

async function createDeliveries(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table delivery (
      delivery_id bigint generated always as identity primary key,
      channel text not null check (channel in ('webhook', 'mail', 'robot')),
      -- The event or notice that it tells of, or test, invitation, reset, digest.
      kind text not null check (length(kind) <= 60),
      webhook_id int references webhook on delete cascade,
      robot_id int references robot on delete cascade,
      user_id int references app_user on delete cascade,
      -- Numbers of what it tells of, never names: those are read when it is sent, with the receiver's rights.
      message jsonb not null check (jsonb_typeof(message) = 'object'),
      -- What only the receiver may read, such as a link to set a password; gone once it was sent or given up.
      sealed text,
      -- One delivery of one thing to one receiver, however often the event is told.
      source_key text not null unique check (length(source_key) <= 200),
      status text not null default 'waiting' check (status in ('waiting', 'sent', 'dead', 'withdrawn')),
      -- Attempts of this round; a delivery that is sent again by hand begins a second and last one.
      attempts int not null default 0,
      replayed_at timestamptz,
      -- Not before: after a failure, in quiet hours, and while it is under way.
      due_at timestamptz not null,
      created_by int,
      created_at timestamptz not null,
      finished_at timestamptz
    )`.execute(db);
  await sql`create index on delivery (due_at) where status = 'waiting'`.execute(db);
  await sql`create index on delivery (webhook_id, delivery_id desc)`.execute(db);
  await sql`create index on delivery (robot_id, delivery_id desc)`.execute(db);
  await sql`create index on delivery (user_id)`.execute(db);
  await sql`create index on delivery (finished_at)`.execute(db);
  await protectByCreator(db, 'delivery');

  await sql`
    create table delivery_attempt (
      delivery_attempt_id bigint generated always as identity primary key,
      delivery_id bigint not null references delivery on delete cascade,
      -- Of HTTP or SMTP; null where nothing answered.
      status int,
      -- Null when it came through.
      error text check (length(error) <= 100),
      milliseconds int not null,
      answer text not null default '' check (length(answer) <= 500),
      attempted_at timestamptz not null,
      created_by int
    )`.execute(db);
  await sql`create index on delivery_attempt (delivery_id, delivery_attempt_id)`.execute(db);
  await protectByCreator(db, 'delivery_attempt');
}

async function createNotices(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table user_notice (
      user_notice_id bigint generated always as identity primary key,
      user_id int not null references app_user on delete cascade,
      kind text not null check (length(kind) <= 60),
      -- What it is about; several of a kind are one notice with their count.
      subject_id bigint,
      count int not null default 1 check (count > 0),
      is_urgent boolean not null default false,
      source_key text not null unique check (length(source_key) <= 200),
      created_at timestamptz not null,
      read_at timestamptz
    )`.execute(db);
  await sql`create index on user_notice (user_id, user_notice_id desc)`.execute(db);
  await sql`create index on user_notice (user_id) where read_at is null`.execute(db);
  await protect(db, 'user_notice', `user_id = current_setting('kezi.user_id')::int`);

  await sql`
    create table user_notice_setting (
      user_id int primary key references app_user on delete cascade,
      -- Channels by kind: {"warning.raised": ["page", "mail"]}. A kind that is not named is as the program has it.
      channels jsonb not null default '{}' check (jsonb_typeof(channels) = 'object'),
      robot_id int references robot on delete set null,
      -- Minutes after midnight in the organisation's time zone; from 22:00 to 8:00 passes midnight.
      quiet_from int check (quiet_from between 0 and 1439),
      quiet_until int check (quiet_until between 0 and 1439),
      urgent_passes boolean not null default true,
      digest_hour int check (digest_hour between 0 and 23),
      digest_channel text not null default 'mail' check (digest_channel in ('mail', 'robot')),
      row_version int not null default 1,
      updated_at timestamptz not null default now(),
      check ((quiet_from is null) = (quiet_until is null))
    )`.execute(db);
  await protect(db, 'user_notice_setting', `user_id = current_setting('kezi.user_id')::int`);
}

/** What goes out: settings, webhooks, robots, deliveries with their attempts; and what each person is told of. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createSettings(db);
  await createReceivers(db);
  await createDeliveries(db);
  await createNotices(db);
}

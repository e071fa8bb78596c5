import { sql, type Kysely } from 'kysely';
import { protect, protectByCreator } from '../platform/db/row-security.js';

/** What the platform itself keeps: audit, idempotency keys, jobs, events. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table audit_entry (
      audit_entry_id bigint generated always as identity primary key,
      user_id int default nullif(current_setting('kezi.user_id', true), '')::int,
      request_id text default nullif(current_setting('kezi.request_id', true), ''),
      action text not null check (length(action) <= 100),
      subject text not null check (length(subject) <= 60),
      subject_id text check (length(subject_id) <= 60),
      changes jsonb not null default '{}',
      recorded_at timestamptz not null default clock_timestamp()
    )`.execute(db);
  await sql`create index on audit_entry (subject, subject_id, audit_entry_id desc)`.execute(db);
  await sql`create index on audit_entry (user_id, audit_entry_id desc)`.execute(db);
  await protect(db, 'audit_entry', `user_id = current_setting('kezi.user_id')::int`);
  // An entry once written stays: no role of the program may change or delete one, and a scoped user cannot read them.
  await sql`revoke update, delete on audit_entry from kezi_all, kezi_scoped`.execute(db);
  await sql`revoke select on audit_entry from kezi_scoped`.execute(db);

  await sql`
    create table idempotency_key (
      user_id int not null,
      route text not null,
      key text not null check (length(key) between 1 and 200),
      body_sha256 text not null,
      status int,
      body text,
      created_at timestamptz not null default now(),
      primary key (user_id, route, key)
    )`.execute(db);
  await sql`create index on idempotency_key (created_at)`.execute(db);
  await protect(db, 'idempotency_key', `user_id = current_setting('kezi.user_id')::int`);

  await sql`
    create table job (
      job_id bigint generated always as identity primary key,
      kind text not null check (length(kind) <= 100),
      params jsonb not null,
      status text not null default 'queued'
        check (status in ('queued', 'running', 'done', 'failed', 'cancelled')),
      progress jsonb,
      result jsonb,
      error jsonb,
      attempt int not null default 0,
      failures int not null default 0,
      -- At most one job with the same key waits.
      key text check (length(key) <= 200),
      cancel_requested_at timestamptz,
      created_by int default nullif(current_setting('kezi.user_id', true), '')::int,
      created_at timestamptz not null default now(),
      started_at timestamptz,
      finished_at timestamptz
    )`.execute(db);
  await sql`create index on job (created_by, job_id desc)`.execute(db);
  await sql`create index on job (kind, job_id desc)`.execute(db);
  await sql`create unique index on job (key) where status = 'queued'`.execute(db);
  await protectByCreator(db, 'job');

  await sql`
    create table event_outbox (
      event_id bigint generated always as identity primary key,
      type text not null check (length(type) <= 100),
      payload jsonb not null,
      recorded_at timestamptz not null default clock_timestamp()
    )`.execute(db);
  await protect(db, 'event_outbox', 'false');
  await sql`create policy told_by_all on event_outbox for insert to kezi_scoped with check (true)`.execute(
    db,
  );
  await sql`revoke update, delete on event_outbox from kezi_scoped`.execute(db);
}

import { sql, type Kysely } from 'kysely';
import { protectByCreator } from '../platform/db/row-security.js';

/** Import batches: what came in, what was wrong with it, and what it changed (so that it can be undone). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table import_batch (
      import_batch_id bigint generated always as identity primary key,
      kind text not null,
      status text not null check (status in
        ('uploaded', 'checking', 'checked', 'importing', 'imported', 'failed', 'cancelled', 'undoing', 'undone')),
      file_id bigint,
      file_name text not null check (length(file_name) <= 400),
      file_size bigint not null,
      file_sha256 text not null,
      -- How the file is read (encoding, delimiter, header ...), which column is which field, and what the user confirmed.
      reading jsonb not null,
      mapping jsonb not null default '{}',
      -- Rows read, accepted, rejected; records added, changed, unchanged.
      counts jsonb not null default '{}',
      job_id bigint,
      error jsonb,
      created_by int not null references app_user,
      created_at timestamptz not null default now(),
      started_at timestamptz,
      finished_at timestamptz
    )`.execute(db);
  await sql`create index on import_batch (created_by, import_batch_id desc)`.execute(db);
  await protectByCreator(db, 'import_batch');

  await sql`
    create table import_row_error (
      import_batch_id bigint not null references import_batch on delete cascade,
      line bigint not null,
      column_name text not null default '',
      code text not null,
      params jsonb not null default '{}',
      -- The row as it came, so that it can be given back to be mended.
      cells jsonb not null,
      created_by int not null,
      primary key (import_batch_id, line, column_name)
    )`.execute(db);
  await protectByCreator(db, 'import_row_error');

  await sql`
    create table import_change (
      import_batch_id bigint not null references import_batch on delete cascade,
      record_kind text not null,
      record_id bigint not null,
      -- The record before the batch touched it; null where the batch made it.
      before jsonb,
      created_by int not null,
      primary key (import_batch_id, record_kind, record_id)
    )`.execute(db);
  await protectByCreator(db, 'import_change');

  await sql`
    create table saved_view (
      saved_view_id bigint generated always as identity primary key,
      page text not null check (length(page) <= 100),
      name text not null check (length(name) between 1 and 100),
      state jsonb not null,
      is_shared boolean not null default false,
      created_by int not null references app_user on delete cascade,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      unique (created_by, page, name)
    )`.execute(db);
  // A shared view is read by everybody and written by the one who made it.
  await protectByCreator(db, 'saved_view');
  await sql`create policy shared_rows on saved_view for select to kezi_scoped using (is_shared)`.execute(db);
}

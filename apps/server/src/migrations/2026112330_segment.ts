import { sql, type Kysely } from 'kysely';
import { protect, protectByOwnerAndTeam } from '../platform/db/row-security.js';

/** Segments by rule, members that were kept of static ones, and runs that clustered customers. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createClusterRun(db);
  await createSegment(db);
  await createMember(db);
}

/** Over all customers, so only for who sees all. */
async function createClusterRun(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table cluster_run (
      cluster_run_id int generated always as identity primary key,
      status text not null default 'waiting' check (status in ('waiting', 'done', 'failed', 'cancelled')),
      features text[] not null check (cardinality(features) between 2 and 20),
      -- How many clusters; null where the silhouette decides.
      asked int check (asked between 2 and 20),
      as_of date,
      -- Silhouettes, and of each cluster its means, deviations, customers and value.
      result jsonb,
      job_id bigint,
      error jsonb,
      created_by int references app_user,
      created_at timestamptz not null default now(),
      finished_at timestamptz
    )`.execute(db);
  await protect(db, 'cluster_run', 'false');
  await sql`revoke insert, update, delete on cluster_run from kezi_scoped`.execute(db);
}

async function createSegment(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table segment (
      segment_id int generated always as identity primary key,
      name text not null check (length(name) between 1 and 100),
      note text check (length(note) <= 1000),
      kind text not null check (kind in ('dynamic', 'static')),
      -- Null for a cluster.
      rule jsonb check (jsonb_typeof(rule) = 'object'),
      -- The day on which the members of a static one were kept.
      frozen_on date,
      cluster_run_id int references cluster_run on delete cascade,
      -- Place in the run: 0 is the largest.
      cluster_no smallint,
      is_shared boolean not null default false,
      created_by int not null references app_user,
      row_version int not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      check ((kind = 'static') = (frozen_on is not null)),
      check (rule is not null or cluster_run_id is not null),
      check ((cluster_run_id is null) = (cluster_no is null))
    )`.execute(db);
  await sql`create unique index segment_by_name on segment (created_by, name)`.execute(db);
  await sql`create index on segment (cluster_run_id) where cluster_run_id is not null`.execute(db);
  await protect(db, 'segment', `created_by = current_setting('kezi.user_id')::int`);
  await sql`create policy shared_read on segment for select to kezi_scoped using (is_shared)`.execute(db);
}

/** Whoever reads a static segment sees those of its members whom he sees anyway. */
async function createMember(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table segment_member (
      segment_id int not null references segment on delete cascade,
      customer_id bigint not null,
      owner_id int,
      team_id int,
      primary key (segment_id, customer_id)
    )`.execute(db);
  await sql`create index on segment_member (customer_id)`.execute(db);
  await protectByOwnerAndTeam(db, 'segment_member');
  // No foreign key to customer, which would be asked a million times when a cluster run is kept.
  await sql`
    create function forget_customer_segments() returns trigger language plpgsql as $$
    begin
      delete from segment_member m using gone where m.customer_id = gone.customer_id;
      return null;
    end $$`.execute(db);
  await sql`
    create trigger forget_segments after delete on customer referencing old table as gone
      for each statement execute function forget_customer_segments()`.execute(db);
}

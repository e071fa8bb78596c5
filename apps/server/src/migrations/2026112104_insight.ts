import { sql, type Kysely } from 'kysely';
import { protect, protectByOwnerAndTeam } from '../platform/db/row-security.js';

/** Valuation runs and the scores they published. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createRun(db);
  await createScore(db);
  await createMarks(db);
}

async function createRun(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table valuation_run (
      valuation_run_id bigint generated always as identity primary key,
      status text not null check (status in ('waiting', 'running', 'published', 'failed', 'cancelled')),
      as_of date not null,
      options jsonb not null,
      -- The stage reached and what each stage took; a crashed run goes on from here.
      stages jsonb not null default '[]',
      -- The run's card: data used, model, parameters with standard errors, back-test, warnings.
      card jsonb,
      totals jsonb,
      job_id bigint,
      error jsonb,
      created_by int not null references app_user,
      created_at timestamptz not null default now(),
      started_at timestamptz,
      published_at timestamptz,
      finished_at timestamptz
    )`.execute(db);
  await sql`create index on valuation_run (published_at desc) where status = 'published'`.execute(db);
  await protect(db, 'valuation_run', 'true');
}

async function createScore(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table customer_score (
      valuation_run_id bigint not null references valuation_run on delete cascade,
      customer_id bigint not null references customer on delete cascade,
      owner_id int,
      team_id int,
      first_order_on date,
      last_order_on date,
      orders int not null,
      frequency int not null,
      recency float8 not null,
      age float8 not null,
      monetary_value float8 not null,
      -- Null under the naive rule, which knows nothing of dropout.
      p_alive float8,
      expected_orders float8 not null,
      expected_spend float8 not null,
      clv float8 not null,
      clv_low float8 not null,
      clv_high float8 not null,
      -- Standard deviation of the value: what the interval of any sum of customers is made from.
      clv_sd float8 not null,
      next_order_on date,
      rfm text,
      rfm_segment text,
      primary key (valuation_run_id, customer_id)
    )`.execute(db);
  await sql`create index on customer_score (customer_id)`.execute(db);
  await protectByOwnerAndTeam(db, 'customer_score');

  // Sums of a run over all customers, made when it is published: the first page of somebody who may see everything reads
  // some hundred rows instead of a million. Whoever sees less gets the same sums worked out over what he may see.
  await sql`
    create table valuation_summary (
      valuation_run_id bigint not null references valuation_run on delete cascade,
      dimension text not null check (dimension in ('total', 'segment', 'cohort', 'value-bin', 'movement')),
      key text not null,
      customers bigint not null,
      clv float8 not null,
      clv_variance float8 not null,
      expected_orders float8 not null,
      alive float8 not null,
      primary key (valuation_run_id, dimension, key)
    )`.execute(db);
  await protect(db, 'valuation_summary', 'false');
}

async function createMarks(db: Kysely<unknown>): Promise<void> {
  // Which buckets of the lake hold orders that changed since they were last written.
  await sql`
    create table lake_dirty_customer (
      customer_id bigint not null,
      changed_at timestamptz not null default clock_timestamp()
    )`.execute(db);
  await sql`create index on lake_dirty_customer (customer_id)`.execute(db);
  await sql`grant select, insert, delete on lake_dirty_customer to kezi_all, kezi_scoped`.execute(db);
}

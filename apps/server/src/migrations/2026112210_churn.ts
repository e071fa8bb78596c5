import { sql, type Kysely } from 'kysely';
import { protect, protectByOwnerAndTeam } from '../platform/db/row-security.js';

/** Trainings that say who will fall silent, and what the last ones said of each customer. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table churn_run (
      churn_run_id bigint generated always as identity primary key,
      status text not null check (status in ('waiting', 'running', 'published', 'failed', 'cancelled')),
      options jsonb not null,
      -- The day the probabilities are true for, and the silence that counts as leaving; null until it is known.
      as_of date,
      silence_days int,
      -- What was learnt: rules compared, calibration, features; nothing in it names a customer.
      report jsonb,
      job_id bigint,
      error jsonb,
      created_by int not null references app_user,
      created_at timestamptz not null default now(),
      published_at timestamptz,
      finished_at timestamptz
    )`.execute(db);
  await sql`create index on churn_run (published_at desc) where status = 'published'`.execute(db);
  await protect(db, 'churn_run', 'true');
  await sql`
    create table customer_churn (
      churn_run_id bigint not null references churn_run on delete cascade,
      customer_id bigint not null references customer on delete cascade,
      owner_id int,
      team_id int,
      -- Probability of no order within silence_days after as_of.
      probability float8 not null check (probability between 0 and 1),
      -- 1: the tenth of the customers most likely to leave; null under a model that is not to be trusted.
      tenth int check (tenth between 1 and 10),
      -- Features that move the customer most, with their contributions to the log odds, largest first.
      reasons jsonb not null default '[]' check (jsonb_typeof(reasons) = 'array'),
      primary key (churn_run_id, customer_id)
    )`.execute(db);
  // The list of a run begins with the likeliest to leave.
  await sql`create index on customer_churn (churn_run_id, probability desc, customer_id)`.execute(db);
  await sql`create index on customer_churn (customer_id)`.execute(db);
  await protectByOwnerAndTeam(db, 'customer_churn');
}

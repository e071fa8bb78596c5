import { sql, type Kysely } from 'kysely';
import { protect, protectByOwnerAndTeam } from '../platform/db/row-security.js';

async function detectors(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table detector_setting (
      detector_id text primary key check (length(detector_id) between 1 and 60),
      is_on boolean not null,
      -- Times the detector's own cut: 1.5 warns later, 0.8 earlier.
      threshold float8 not null default 1 check (threshold between 0.1 and 10),
      -- More warnings of one run than this are summed up in one figure.
      most_at_once int not null default 500 check (most_at_once between 1 and 100000),
      row_version int not null default 1,
      updated_by int references app_user,
      updated_at timestamptz not null default now()
    )`.execute(db);
  await protect(db, 'detector_setting', 'true');

  await sql`
    create table warning_run (
      warning_run_id bigint generated always as identity primary key,
      as_of date not null,
      valuation_run_id bigint references valuation_run on delete set null,
      status text not null check (status in ('waiting', 'running', 'done', 'failed')),
      -- By detector: raised, renewed, gone, folded, value of the folded, milliseconds.
      counts jsonb not null default '{}',
      job_id bigint,
      created_by int references app_user,
      created_at timestamptz not null default now(),
      finished_at timestamptz
    )`.execute(db);
  // Counts over all customers are for those who may see all customers.
  await protect(db, 'warning_run', 'false');
}

async function warnings(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table warning (
      warning_id bigint generated always as identity primary key,
      customer_id bigint not null references customer on delete cascade,
      owner_id int,
      team_id int,
      detector_id text not null,
      -- gone: what was warned of is over, without anybody's doing as far as we know.
      status text not null check (status in ('open', 'snoozed', 'handled', 'false-alarm', 'gone')),
      -- 1 at the cut; the higher the worse.
      score float8 not null,
      -- In major units of the base currency: value if the customer stays, times the fall of the chance of staying.
      value_at_risk float8 not null,
      clv float8 not null,
      evidence jsonb not null default '{}' check (jsonb_typeof(evidence) = 'object'),
      raised_on date not null,
      due_on date not null,
      seen_on date not null,
      times_seen int not null default 1,
      snoozed_until date,
      outcome text check (outcome in ('kept', 'lost', 'watching', 'no-action')),
      note text check (length(note) <= 2000),
      closed_by int references app_user,
      closed_at timestamptz,
      row_version int not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now()
    )`.execute(db);
  // One warning of a kind a customer: what is seen again renews it.
  await sql`
    create unique index warning_unsettled on warning (customer_id, detector_id) where status in ('open', 'snoozed')`.execute(
    db,
  );
  await sql`create index on warning (customer_id, raised_on desc)`.execute(db);
  for (const lead of ['', 'owner_id, ', 'team_id, ']) {
    await sql
      .raw(
        `create index on warning (${lead}value_at_risk desc, warning_id desc) where status in ('open', 'snoozed')`,
      )
      .execute(db);
  }
  await sql`create index on warning (detector_id, raised_on)`.execute(db);
  await protectByOwnerAndTeam(db, 'warning');
}

/** Detectors as they are set, their runs, and the warnings they raised. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await detectors(db);
  await warnings(db);
}

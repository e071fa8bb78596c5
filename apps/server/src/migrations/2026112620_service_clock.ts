import { sql, type Kysely } from 'kysely';
import { markCustomersForWarnings } from './mark-customers.js';
import { protect, protectByOwnerAndTeam } from '../platform/db/row-security.js';

/** The hours in which somebody is there to answer; one row, once somebody has set them. */
async function workCalendar(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table work_calendar (
      work_calendar_id int primary key default 1 check (work_calendar_id = 1),
      -- 1 Monday to 7 Sunday.
      weekdays int[] not null check (cardinality(weekdays) between 1 and 7),
      opens_at text not null,
      closes_at text not null,
      closed_days date[] not null default '{}' check (cardinality(closed_days) <= 1000),
      open_days date[] not null default '{}' check (cardinality(open_days) <= 1000),
      row_version int not null default 1,
      updated_by int references app_user,
      updated_at timestamptz not null default now(),
      check (opens_at < closes_at)
    )`.execute(db);
  await protect(db, 'work_calendar', 'true');
  await sql`revoke insert, update, delete on work_calendar from kezi_scoped`.execute(db);
}

/** What a customer asked for, and by when its tier of that day was promised an answer and a solution. */
async function serviceClock(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table service_clock (
      service_clock_id bigint generated always as identity primary key,
      customer_id bigint not null references customer on delete cascade,
      owner_id int,
      team_id int,
      -- The kind of what was asked and its number there: a slice that has such things registers the kind.
      source text not null check (length(source) between 1 and 40),
      source_id bigint not null,
      asked_at timestamptz not null,
      -- The promise as it stood then: another tier later changes nothing.
      response_entitlement_id int references entitlement,
      response_hours float8,
      respond_by timestamptz,
      solution_entitlement_id int references entitlement,
      solution_hours float8,
      solve_by timestamptz,
      responded_at timestamptz,
      solved_at timestamptz,
      -- Nothing is owed any more, though nobody solved it.
      ended_at timestamptz,
      created_at timestamptz not null default now(),
      unique (source, source_id),
      check ((response_entitlement_id is null) = (respond_by is null) and (respond_by is null) = (response_hours is null)),
      check ((solution_entitlement_id is null) = (solve_by is null) and (solve_by is null) = (solution_hours is null))
    )`.execute(db);
  await sql`create index on service_clock (customer_id, asked_at)`.execute(db);
  await sql`create index on service_clock (asked_at)`.execute(db);
  // What is still owed, the first to be late first.
  await sql`create index service_clock_owed on service_clock (least(respond_by, solve_by))
    where solved_at is null and ended_at is null`.execute(db);
  await protectByOwnerAndTeam(db, 'service_clock');
  await markCustomersForWarnings(db, 'service_clock');
}

/** Clocks of what is promised, the hours they are counted in, a limit of credit, and the tasks that come from clocks. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await workCalendar(db);
  await serviceClock(db);
  await sql`alter table entitlement drop constraint entitlement_kind_check`.execute(db);
  await sql`
    alter table entitlement add constraint entitlement_kind_check check (kind in ('manager', 'meeting', 'response',
      'solution', 'delivery', 'discount', 'payment-terms', 'credit-limit', 'training', 'event', 'other'))`.execute(
    db,
  );
  await sql`alter table task drop constraint task_kind_check`.execute(db);
  await sql`
    alter table task add constraint task_kind_check check (kind in ('warning', 'next-step', 'manual', 'meeting',
      'birthday', 'anniversary', 'contract-anniversary', 'contract-end', 'stale-record', 'response', 'solution',
      'stage'))`.execute(db);
  await sql`alter table task_rule drop constraint task_rule_kind_check`.execute(db);
  await sql`
    alter table task_rule add constraint task_rule_kind_check check (kind in ('meeting', 'birthday', 'anniversary',
      'contract-anniversary', 'contract-end', 'stale-record', 'response', 'solution'))`.execute(db);
}

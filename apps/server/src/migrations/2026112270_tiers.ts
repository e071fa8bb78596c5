import { sql, type Kysely } from 'kysely';
import { protect, protectByOwnerAndTeam } from '../platform/db/row-security.js';

/** Tier sets, policies, grading runs with a row for each customer, and what people decided besides. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createPolicy(db);
  await createRun(db);
  await createResult(db);
  await createDecision(db);
  await forgetWithCustomer(db);
  await showInRegister(db);
}

async function createPolicy(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table tier_set (
      tier_set_id int generated always as identity primary key,
      name text not null unique check (length(name) between 1 and 100),
      row_version int not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now()
    )`.execute(db);
  // A tier keeps its number when it is renamed, so that history behind it stays one history.
  await sql`
    create table tier (
      tier_id int generated always as identity primary key,
      tier_set_id int not null references tier_set on delete cascade,
      -- 1 is the highest.
      rank smallint not null check (rank between 1 and 20),
      name text not null check (length(name) between 1 and 100),
      badge text not null check (badge in ('crown', 'diamond', 'star', 'medal', 'shield', 'circle')),
      retired_at timestamptz,
      unique nulls not distinct (tier_set_id, rank, retired_at)
    )`.execute(db);
  await sql`
    create table tier_policy (
      tier_policy_id int generated always as identity primary key,
      tier_set_id int not null references tier_set,
      name text not null check (length(name) between 1 and 100),
      -- Numbered when it is published; a published version is never changed again.
      version_no int unique,
      status text not null default 'draft' check (status in ('draft', 'published', 'retired')),
      definition jsonb not null,
      based_on_id int references tier_policy on delete set null,
      row_version int not null default 1,
      created_by int references app_user,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      published_by int references app_user,
      published_at timestamptz,
      check ((status = 'draft') = (version_no is null))
    )`.execute(db);
  for (const table of ['tier_set', 'tier', 'tier_policy']) {
    await protect(db, table, 'true');
    await sql`revoke insert, update, delete on ${sql.id(table)} from kezi_scoped`.execute(db);
  }
  await sql`
    create function keep_published_policy() returns trigger language plpgsql as $$
    begin
      if old.status <> 'draft' and (tg_op = 'DELETE' or new.definition is distinct from old.definition
        or new.tier_set_id <> old.tier_set_id or new.version_no is distinct from old.version_no) then
        raise exception 'A published policy is never changed.';
      end if;
      return case when tg_op = 'DELETE' then old else new end;
    end $$`.execute(db);
  await sql`
    create trigger keep_published_policy before update or delete on tier_policy
      for each row execute function keep_published_policy()`.execute(db);
}

async function createRun(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table tier_run (
      tier_run_id bigint generated always as identity primary key,
      tier_policy_id int not null references tier_policy,
      -- running: worked out; proposed: to be looked at; scheduled: waits for its day; replaced: a later one is in force.
      status text not null check (status in
        ('waiting', 'running', 'proposed', 'scheduled', 'in_force', 'replaced', 'withdrawn', 'failed', 'cancelled')),
      -- The day the indicators are true for, and the first day on which the tiers hold.
      as_of date not null,
      effective_on date not null,
      valuation_run_id bigint references valuation_run on delete set null,
      -- The run before, from whose tiers it moved.
      previous_run_id bigint references tier_run,
      -- Definition with the names that the tiers had then.
      snapshot jsonb,
      -- Customers, value and moves of each tier: over all customers, so only for who sees all.
      summary jsonb,
      -- SHA-256 of every customer's tier, score and points: a replay gives the same.
      digest text,
      job_id bigint,
      error jsonb,
      created_by int references app_user,
      created_at timestamptz not null default now(),
      finished_at timestamptz,
      in_force_at timestamptz
    )`.execute(db);
  await sql`create unique index on tier_run (status) where status = 'in_force'`.execute(db);
  await sql`create index on tier_run (effective_on desc) where in_force_at is not null`.execute(db);
  await protect(db, 'tier_run', 'true');
  await sql`revoke insert, update, delete on tier_run from kezi_scoped`.execute(db);
}

/** One row a customer and run; no foreign keys, which would ask a million times (see `forgetWithCustomer`). */
async function createResult(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table tier_result (
      tier_run_id bigint not null,
      customer_id bigint not null,
      owner_id int,
      team_id int,
      -- 0 to 10,000.
      score float8 not null,
      -- By the score alone; and as given, after hysteresis, minimum stay and what waits for approval.
      computed_tier_id int not null,
      tier_id int not null,
      previous_tier_id int,
      -- Since when the customer has this tier.
      since date not null,
      why text not null check (why in ('first', 'score', 'hysteresis', 'minimum-stay', 'approval')),
      -- In the order of the policy's indicators: what was measured, and its points of 0 to 10,000.
      measured float8[] not null,
      points smallint[] not null,
      primary key (tier_run_id, customer_id)
    )`.execute(db);
  await sql`create index on tier_result (customer_id)`.execute(db);
  await protectByOwnerAndTeam(db, 'tier_result');
}

async function createDecision(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table tier_decision (
      tier_decision_id bigint generated always as identity primary key,
      kind text not null check (kind in ('demotion', 'override')),
      customer_id bigint not null,
      owner_id int,
      team_id int,
      tier_run_id bigint references tier_run,
      from_tier_id int references tier,
      to_tier_id int not null references tier,
      status text not null check (status in ('waiting', 'approved', 'refused', 'ended')),
      reason text check (length(reason) <= 2000),
      note text check (length(note) <= 2000),
      -- From the first day on which it holds, up to but without the last.
      effective_on date,
      expires_on date,
      ended_on date,
      row_version int not null default 1,
      requested_by int references app_user,
      requested_at timestamptz not null default now(),
      decided_by int references app_user,
      decided_at timestamptz,
      check (kind <> 'override' or (reason is not null and expires_on is not null)),
      check (kind <> 'demotion' or tier_run_id is not null)
    )`.execute(db);
  await sql`create unique index tier_decision_one_override on tier_decision (customer_id)
    where kind = 'override' and status in ('waiting', 'approved')`.execute(db);
  await sql`create unique index tier_decision_one_demotion on tier_decision (tier_run_id, customer_id)
    where kind = 'demotion'`.execute(db);
  await sql`create index on tier_decision (customer_id)`.execute(db);
  await sql`create index on tier_decision (status, tier_decision_id)`.execute(db);
  await protectByOwnerAndTeam(db, 'tier_decision');
}

async function forgetWithCustomer(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function forget_customer_tiers() returns trigger language plpgsql as $$
    begin
      delete from tier_result r using gone where r.customer_id = gone.customer_id;
      delete from tier_decision d using gone where d.customer_id = gone.customer_id;
      return null;
    end $$`.execute(db);
  await sql`
    create trigger forget_tiers after delete on customer referencing old table as gone
      for each statement execute function forget_customer_tiers()`.execute(db);
}

/**
 * The register lists, filters and sorts by the tier of today. What it is stands in one place: the customer's row of the run,
 * an approved demotion of that run over it, and an approved override over both.
 */
async function showInRegister(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function customer_tier_of(run bigint) returns table (customer_id bigint, tier_id int, tier_rank smallint)
      language sql stable as $$
      select customer_id, tier.tier_id, tier.rank
      from (select r.customer_id, coalesce(d.to_tier_id, r.tier_id) as tier_id
          from tier_result r left join tier_decision d
            on d.tier_run_id = r.tier_run_id and d.customer_id = r.customer_id
              and d.kind = 'demotion' and d.status = 'approved'
          where r.tier_run_id = run) given
        full join (select o.customer_id, o.to_tier_id from tier_decision o
          where o.kind = 'override' and o.status = 'approved') placed using (customer_id)
        join tier on tier.tier_id = coalesce(placed.to_tier_id, given.tier_id)
    $$`.execute(db);
  await sql`alter table register_entry add column tier_id int, add column tier_rank smallint`.execute(db);
  // A lane of the register by value, like those of segment and region.
  await sql`
    create index register_entry_by_tier_id_clv on register_entry
      (tier_id, clv desc nulls last, customer_id desc, rfm_segment, region, industry)`.execute(db);
  await sql`
    create index register_entry_by_tier_rank on register_entry
      (tier_rank desc nulls last, customer_id desc)`.execute(db);
}

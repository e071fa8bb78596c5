import { sql, type Kysely } from 'kysely';
import { protect, protectByCreator, protectByOwnerAndTeam } from '../platform/db/row-security.js';

/** Through whose hands customers go: transfers, the history of owners, customer teams, disputes. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createTransfer(db);
  await createPeriod(db);
  await createMember(db);
  await createDispute(db);
  await takeOverHistory(db);
  await followOwners(db);
  await forgetWithCustomer(db);
}

async function createTransfer(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table ownership_transfer (
      transfer_id bigint generated always as identity primary key,
      manner text not null check (manner in ('transfer', 'release', 'handover')),
      reason text not null check (length(reason) between 1 and 500),
      -- Which customers: some by id, or all that a filter of the register finds but some.
      selection jsonb not null,
      to_owner_id int references app_user,
      to_team_id int references team,
      status text not null default 'queued'
        check (status in ('queued', 'running', 'done', 'cancelled', 'failed', 'undoing', 'undone')),
      wanted int,
      moved int not null default 0,
      job_id bigint,
      undo_job_id bigint,
      created_by int default nullif(current_setting('kezi.user_id', true), '')::int,
      created_at timestamptz not null default now(),
      finished_at timestamptz
    )`.execute(db);
  await sql`create index on ownership_transfer (created_by, transfer_id desc)`.execute(db);
  await protectByCreator(db, 'ownership_transfer');
}

async function createPeriod(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table ownership_period (
      ownership_period_id bigint generated always as identity primary key,
      customer_id bigint not null,
      -- Of the customer as it is today: who may read its history.
      owner_id int,
      team_id int,
      -- Who had it in this period, and before it.
      holder_id int,
      holder_team_id int,
      previous_holder_id int,
      previous_team_id int,
      started_at timestamptz not null,
      ended_at timestamptz check (ended_at >= started_at),
      manner text not null check (manner in (
        'start', 'edit', 'transfer', 'claim', 'release', 'recycle', 'dispute', 'handover', 'undo')),
      reason text check (length(reason) <= 500),
      transfer_id bigint,
      pool_id int,
      changed_by int
    )`.execute(db);
  await sql`
    create index ownership_period_of_customer on ownership_period (customer_id, ownership_period_id desc)`.execute(
    db,
  );
  await sql`create index on ownership_period (transfer_id) where transfer_id is not null`.execute(db);
  // How many somebody has claimed today.
  await sql`create index on ownership_period (holder_id, started_at) where manner = 'claim'`.execute(db);
  // What has gone into a pool lately.
  await sql`create index on ownership_period (started_at) where manner in ('recycle', 'release')`.execute(db);
  await protectByOwnerAndTeam(db, 'ownership_period');
}

async function createMember(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table customer_member (
      customer_id bigint not null,
      user_id int not null references app_user,
      owner_id int,
      team_id int,
      role text not null check (role in ('lead', 'support', 'service')),
      note text check (length(note) <= 200),
      row_version int not null default 1,
      created_by int default nullif(current_setting('kezi.user_id', true), '')::int,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      primary key (customer_id, user_id)
    )`.execute(db);
  await sql`create index on customer_member (user_id, customer_id)`.execute(db);
  await protectByOwnerAndTeam(db, 'customer_member');
}

async function createDispute(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table ownership_dispute (
      dispute_id bigint generated always as identity primary key,
      customer_id bigint not null,
      owner_id int,
      team_id int,
      claimant_id int not null references app_user,
      -- Whose customer it was when the claim was made.
      respondent_id int references app_user,
      grounds text not null check (length(grounds) between 1 and 4000),
      status text not null default 'open' check (status in ('open', 'withdrawn', 'decided')),
      decision text check (decision in ('claimant', 'respondent', 'shared')),
      decision_reason text check (length(decision_reason) between 1 and 4000),
      -- What the decision was made upon, as it stood then.
      evidence jsonb,
      decided_by int references app_user,
      decided_at timestamptz,
      -- Owner and team before the decision, for taking it back.
      owner_before int,
      team_before int,
      row_version int not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      check ((status = 'decided') = (decision is not null))
    )`.execute(db);
  // One question a customer at a time.
  await sql`
    create unique index ownership_dispute_open on ownership_dispute (customer_id) where status = 'open'`.execute(
    db,
  );
  await sql`create index on ownership_dispute (customer_id)`.execute(db);
  await sql`create index on ownership_dispute (claimant_id)`.execute(db);
  // Whoever claims a customer follows the claim, whosever the customer is.
  await protect(
    db,
    'ownership_dispute',
    `owner_id = (select current_setting('kezi.user_id')::int)
      or team_id = any ((select current_setting('kezi.team_ids')::int[])::int[])
      or claimant_id = (select current_setting('kezi.user_id')::int)`,
  );
}

/** What the audit knows of earlier owners. Row-level security is set aside while the owner of the tables reads. */
async function takeOverHistory(db: Kysely<unknown>): Promise<void> {
  for (const table of ['customer', 'audit_entry', 'ownership_period']) {
    await sql`alter table ${sql.id(table)} no force row level security`.execute(db);
  }
  await sql`
    with change as (
      select a.audit_entry_id as id, a.subject_id::bigint as customer_id, a.recorded_at as at, a.user_id,
        case when a.changes ? 'ownerId' then 1 end as owner_known,
        (a.changes -> 'ownerId' ->> 0)::int as owner_before, (a.changes -> 'ownerId' ->> 1)::int as owner_after,
        case when a.changes ? 'teamId' then 1 end as team_known,
        (a.changes -> 'teamId' ->> 0)::int as team_before, (a.changes -> 'teamId' ->> 1)::int as team_after
      from audit_entry a
      where a.subject = 'customer' and a.action = 'customer.updated'
        and (a.changes ? 'ownerId' or a.changes ? 'teamId')),
    -- A change that names one of the two says nothing of the other: it stood as the next change found it, or as it is now.
    whole as (
      select ch.id, ch.customer_id, ch.at, ch.user_id, c.owner_id, c.team_id, c.created_at,
        case when ch.owner_known = 1 then ch.owner_after else coalesce(
          (select n.owner_before from change n where n.customer_id = ch.customer_id and n.id > ch.id and n.owner_known = 1
           order by n.id limit 1), c.owner_id) end as holder_id,
        case when ch.team_known = 1 then ch.team_after else coalesce(
          (select n.team_before from change n where n.customer_id = ch.customer_id and n.id > ch.id and n.team_known = 1
           order by n.id limit 1), c.team_id) end as holder_team_id,
        ch.owner_before, ch.owner_known, ch.team_before, ch.team_known
      from change ch join customer c using (customer_id)),
    told as (
      select *, case when owner_known = 1 then owner_before else holder_id end as was_holder,
        case when team_known = 1 then team_before else holder_team_id end as was_team,
        lead(at) over (partition by customer_id order by id) as until,
        row_number() over (partition by customer_id order by id) as n
      from whole)
    insert into ownership_period (customer_id, owner_id, team_id, holder_id, holder_team_id, previous_holder_id,
      previous_team_id, started_at, ended_at, manner, changed_by)
    select * from (
      select customer_id, owner_id, team_id, was_holder, was_team, null::int, null::int, least(created_at, at), at, 'start', null::int
      from told where n = 1
      union all
      select customer_id, owner_id, team_id, holder_id, holder_team_id, was_holder, was_team, at, until, 'edit', user_id
      from told) period
    order by 1, 8`.execute(db);
  for (const table of ['customer', 'audit_entry', 'ownership_period']) {
    await sql`alter table ${sql.id(table)} force row level security`.execute(db);
  }
}

/**
 * Every change of owner or team writes history, whatever path it takes: an edit, an import, a transfer. A customer that
 * never changed hands has no rows, so that an import of a million writes none. Who changes hands says why in the setting
 * `kezi.ownership`, as JSON: manner, reason, transferId, poolId.
 */
async function followOwners(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `create function keep_ownership() returns trigger language plpgsql as $$
       declare
         why jsonb := coalesce(nullif(current_setting('kezi.ownership', true), ''), '{}')::jsonb;
         actor int := nullif(current_setting('kezi.user_id', true), '')::int;
       begin
         if not exists (select from now join before using (customer_id)
             where (now.owner_id, now.team_id) is distinct from (before.owner_id, before.team_id)) then
           return null;
         end if;
         insert into ownership_period (customer_id, owner_id, team_id, holder_id, holder_team_id, started_at, manner)
         select now.customer_id, now.owner_id, now.team_id, before.owner_id, before.team_id,
           least(before.created_at, now.updated_at), 'start'
         from now join before using (customer_id)
         where (now.owner_id, now.team_id) is distinct from (before.owner_id, before.team_id)
           and not exists (select from ownership_period p where p.customer_id = now.customer_id);
         update ownership_period p
         set owner_id = now.owner_id, team_id = now.team_id,
           ended_at = coalesce(p.ended_at, greatest(p.started_at, now.updated_at))
         from now join before using (customer_id)
         where p.customer_id = now.customer_id
           and (now.owner_id, now.team_id) is distinct from (before.owner_id, before.team_id);
         insert into ownership_period (customer_id, owner_id, team_id, holder_id, holder_team_id, previous_holder_id,
           previous_team_id, started_at, manner, reason, transfer_id, pool_id, changed_by)
         select now.customer_id, now.owner_id, now.team_id, now.owner_id, now.team_id, before.owner_id, before.team_id,
           now.updated_at, coalesce(why ->> 'manner', 'edit'), why ->> 'reason', (why ->> 'transferId')::bigint,
           (why ->> 'poolId')::int, actor
         from now join before using (customer_id)
         where (now.owner_id, now.team_id) is distinct from (before.owner_id, before.team_id);
         return null;
       end $$`,
    )
    .execute(db);
  await sql`
    create trigger keep_ownership after update on customer referencing old table as before new table as now
      for each statement execute function keep_ownership()`.execute(db);
}

/** A statement at a time: a foreign key would ask once a row whether the customer is there. */
async function forgetWithCustomer(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function forget_ownership() returns trigger language plpgsql as $$
    begin
      delete from ownership_period kept using gone where kept.customer_id = gone.customer_id;
      delete from customer_member kept using gone where kept.customer_id = gone.customer_id;
      delete from ownership_dispute kept using gone where kept.customer_id = gone.customer_id;
      return null;
    end $$`.execute(db);
  await sql`
    create trigger forget_ownership after delete on customer referencing old table as gone
      for each statement execute function forget_ownership()`.execute(db);
}

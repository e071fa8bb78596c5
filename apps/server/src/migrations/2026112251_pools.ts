import { sql, type Kysely } from 'kysely';
import { protect, protectByOwnerAndTeam } from '../platform/db/row-security.js';

/**
 * Public pools. A pool is a department whose customers have no owner; what stands here is how people take from it and when
 * customers fall into it. Everybody may read the rules they are held to; those who see the department write them.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createPool(db);
  await createRule(db);
  await createNotice(db);
}

const writes = ['insert', 'update', 'delete'] as const;

/** Read by all, written by who sees the department. */
async function writtenByDepartment(db: Kysely<unknown>, table: string): Promise<void> {
  await protect(db, table, 'true');
  const within = `team_id = any ((select current_setting('kezi.team_ids')::int[])::int[])`;
  for (const command of writes) {
    const check = command === 'insert' ? `with check (${within})` : `using (${within})`;
    await sql
      .raw(
        `create policy ${command}_within on ${table} as restrictive for ${command} to kezi_scoped ${check}`,
      )
      .execute(db);
  }
}

async function createPool(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table pool (
      pool_id int generated always as identity primary key,
      team_id int not null unique references team,
      -- Null: as many as one likes.
      claims_per_day int check (claims_per_day between 1 and 10000),
      holding_cap int check (holding_cap between 1 and 1000000),
      -- Whoever lost a customer to the pool may not claim it again for so many days.
      cool_down_days int not null default 30 check (cool_down_days between 0 and 3650),
      -- A customer that is new, or newly somebody's, is not taken away for so many days.
      protect_days int not null default 30 check (protect_days between 0 and 3650),
      row_version int not null default 1,
      created_by int default nullif(current_setting('kezi.user_id', true), '')::int,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now()
    )`.execute(db);
  await writtenByDepartment(db, 'pool');
  // People of other departments who may claim here as well.
  await sql`
    create table pool_member (
      pool_id int not null references pool on delete cascade,
      user_id int not null references app_user,
      team_id int not null,
      created_by int default nullif(current_setting('kezi.user_id', true), '')::int,
      created_at timestamptz not null default now(),
      primary key (pool_id, user_id)
    )`.execute(db);
  await sql`create index on pool_member (user_id)`.execute(db);
  await writtenByDepartment(db, 'pool_member');
}

async function createRule(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table recycle_rule (
      recycle_rule_id int generated always as identity primary key,
      pool_id int not null references pool on delete cascade,
      team_id int not null,
      name text not null check (length(name) between 1 and 100),
      -- A customer is due when all that are given are fulfilled.
      days_without_contact int check (days_without_contact between 1 and 3650),
      days_without_order int check (days_without_order between 1 and 3650),
      days_after_contract int check (days_after_contract between 1 and 3650),
      clv_below float8 check (clv_below > 0),
      segments text[] check (cardinality(segments) between 1 and 8),
      -- The owner is told so many days before.
      warn_days int not null default 7 check (warn_days between 0 and 365),
      is_on boolean not null default false,
      switched_at timestamptz,
      switched_by int,
      row_version int not null default 1,
      created_by int default nullif(current_setting('kezi.user_id', true), '')::int,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      unique (pool_id, name),
      -- Value alone is no reason to take a customer from somebody who works on it.
      check (num_nonnulls(days_without_contact, days_without_order, days_after_contract) > 0)
    )`.execute(db);
  await writtenByDepartment(db, 'recycle_rule');
}

/** Who has been told that a customer will be recycled, by which rule, and when. */
async function createNotice(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table recycle_notice (
      customer_id bigint primary key,
      recycle_rule_id int not null references recycle_rule on delete cascade,
      owner_id int,
      team_id int,
      warned_on date not null,
      due_on date not null
    )`.execute(db);
  await sql`create index on recycle_notice (owner_id, due_on)`.execute(db);
  await sql`create index on recycle_notice (recycle_rule_id, due_on)`.execute(db);
  await protectByOwnerAndTeam(db, 'recycle_notice');
  // Told to one owner, it does not hold for the next.
  await sql
    .raw(
      `create function forget_notices() returns trigger language plpgsql as $$
       begin
         delete from recycle_notice kept using before
         where kept.customer_id = before.customer_id and exists (
           select from customer c where c.customer_id = before.customer_id
             and (c.owner_id, c.team_id) is distinct from (kept.owner_id, kept.team_id));
         return null;
       end $$`,
    )
    .execute(db);
  await sql`
    create trigger forget_notices after update on customer referencing old table as before
      for each statement execute function forget_notices()`.execute(db);
  await sql
    .raw(
      `create function forget_notices_of_gone() returns trigger language plpgsql as $$
       begin
         delete from recycle_notice kept using gone where kept.customer_id = gone.customer_id;
         return null;
       end $$`,
    )
    .execute(db);
  await sql`
    create trigger forget_notices_of_gone after delete on customer referencing old table as gone
      for each statement execute function forget_notices_of_gone()`.execute(db);
}

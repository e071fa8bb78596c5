import { sql, type Kysely } from 'kysely';
import { protect, protectByOwnerAndTeam } from '../platform/db/row-security.js';

/**
 * Several departments a person, chosen departments, customers shared with a colleague, deputies, fields hidden by role, and
 * what a role may take out or look at in a day.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createDepartments(db);
  await createDeputies(db);
  await protectAnew(db);
  await createShares(db);
  await createFieldRules(db);
  await createDayLimits(db);
  await tellWall(db);
  await copyAnyPolicy(db);
}

/** Everybody may know who belongs where; only a user who sees all may change it. */
async function keepForAdministrators(db: Kysely<unknown>, table: string, visible: string): Promise<void> {
  await protect(db, table, visible);
  await sql`revoke insert, update, delete on ${sql.id(table)} from kezi_scoped`.execute(db);
  await sql`create policy sign_in on ${sql.id(table)} for select to kezi_app using (true)`.execute(db);
  await sql`grant select on ${sql.id(table)} to kezi_app`.execute(db);
}

async function createDepartments(db: Kysely<unknown>): Promise<void> {
  await sql`alter table app_user drop constraint app_user_scope_check`.execute(db);
  await sql`
    alter table app_user add constraint app_user_scope_check
      check (scope in ('all', 'team_and_below', 'team', 'chosen', 'own'))`.execute(db);
  // Besides app_user.team_id, the department whose customers a person's new customers join.
  await sql`
    create table user_team (
      user_id int not null references app_user on delete cascade,
      team_id int not null references team,
      primary key (user_id, team_id)
    )`.execute(db);
  await sql`create index on user_team (team_id)`.execute(db);
  await keepForAdministrators(db, 'user_team', 'true');
  // The departments of the scope 'chosen'.
  await sql`
    create table user_scope_team (
      user_id int not null references app_user on delete cascade,
      team_id int not null references team,
      with_below boolean not null default true,
      primary key (user_id, team_id)
    )`.execute(db);
  await sql`create index on user_scope_team (team_id)`.execute(db);
  await keepForAdministrators(db, 'user_scope_team', `user_id = current_setting('kezi.user_id')::int`);
  // With the rights of whoever asks: the program's login reads the tree, and nothing else of it.
  await sql`
    create function seen_teams(asked int) returns int[] language sql stable as $$
      with recursive person as (select scope, team_id from app_user where id = asked),
      start as (
        select team_id, scope = 'team_and_below' as with_below from person
        where scope in ('team', 'team_and_below') and team_id is not null
        union
        select m.team_id, p.scope = 'team_and_below' from user_team m, person p
        where m.user_id = asked and p.scope in ('team', 'team_and_below')
        union
        select c.team_id, c.with_below from user_scope_team c, person p
        where c.user_id = asked and p.scope = 'chosen'
      ),
      below as (
        select team_id from start where with_below
        union
        select t.team_id from team t join below b on t.parent_team_id = b.team_id
      )
      select coalesce(array_agg(team_id order by team_id), '{}')
      from (select team_id from start union select team_id from below) seen
    $$`.execute(db);
  // A scoped user sees the people of their teams, whichever of their departments that is.
  await sql`drop policy scoped_rows on app_user`.execute(db);
  await sql`
    create policy scoped_rows on app_user to kezi_scoped using (
      id = current_setting('kezi.user_id')::int
      or team_id = any ((select current_setting('kezi.team_ids')::int[])::int[])
      or exists (
        select from user_team m where m.user_id = app_user.id
          and m.team_id = any ((select current_setting('kezi.team_ids')::int[])::int[])))`.execute(db);
  // Names alone, of everybody: with whom a customer is shared, and who stands in for whom.
  await sql`
    create view colleague as
      select id as user_id, name, team_id, disabled_at is not null as is_disabled from app_user`.execute(db);
  await sql`grant select on colleague to kezi_all, kezi_scoped`.execute(db);
}

async function createDeputies(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table user_deputy (
      user_deputy_id int generated always as identity primary key,
      user_id int not null references app_user on delete cascade,
      deputy_id int not null references app_user on delete cascade,
      from_on date not null,
      to_on date not null,
      note text check (length(note) <= 200),
      created_by int default nullif(current_setting('kezi.user_id', true), '')::int,
      created_at timestamptz not null default now(),
      check (user_id <> deputy_id),
      check (to_on >= from_on)
    )`.execute(db);
  await sql`create index on user_deputy (deputy_id, to_on)`.execute(db);
  await sql`create index on user_deputy (user_id, to_on)`.execute(db);
  const mine = `user_id = current_setting('kezi.user_id')::int`;
  await protect(db, 'user_deputy', mine);
  await sql`create policy stood_in on user_deputy for select to kezi_scoped
    using (deputy_id = current_setting('kezi.user_id')::int)`.execute(db);
  await sql`create policy sign_in on user_deputy for select to kezi_app using (true)`.execute(db);
  await sql`grant select on user_deputy to kezi_app`.execute(db);
}

/** The tables that were there before, under the policies that know shares and deputies. */
async function protectAnew(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select c.relname as name from pg_class c join pg_policy p on p.polrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and p.polname = 'scoped_rows'
      and pg_get_expr(p.polqual, c.oid) like '%kezi.team_ids%' and exists (
        select from pg_attribute a where a.attrelid = c.oid and a.attname = 'customer_id' and not a.attisdropped)
    order by 1`.execute(db);
  for (const { name } of rows) {
    await sql`drop policy scoped_rows on ${sql.id(name)}`.execute(db);
    await sql`drop policy all_rows on ${sql.id(name)}`.execute(db);
    await protectByOwnerAndTeam(db, name);
  }
}

async function createShares(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table customer_share (
      customer_share_id bigint generated always as identity primary key,
      customer_id bigint not null references customer on delete cascade,
      owner_id int,
      team_id int,
      -- With whom.
      user_id int not null references app_user on delete cascade,
      access text not null check (access in ('read', 'edit')),
      -- The last day; null until it is taken back.
      until_on date,
      reason text check (length(reason) <= 200),
      row_version int not null default 1,
      created_by int default nullif(current_setting('kezi.user_id', true), '')::int,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      unique (customer_id, user_id)
    )`.execute(db);
  await sql`create index on customer_share (user_id)`.execute(db);
  await protect(
    db,
    'customer_share',
    `owner_id = any ((select current_setting('kezi.owner_ids')::int[])::int[])
      or team_id = any ((select current_setting('kezi.team_ids')::int[])::int[])`,
  );
  await sql`create policy shared_with on customer_share for select to kezi_scoped
    using (user_id = current_setting('kezi.user_id')::int)`.execute(db);
  await sql`create policy sign_in on customer_share for select to kezi_app using (true)`.execute(db);
  await sql`grant select on customer_share to kezi_app`.execute(db);
}

async function createFieldRules(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table field_rule (
      role text not null check (role in ('administrator', 'director', 'manager', 'member')),
      field text not null check (length(field) <= 60),
      mode text not null check (mode in ('masked', 'hidden')),
      updated_at timestamptz not null default now(),
      primary key (role, field)
    )`.execute(db);
  await keepForAdministrators(db, 'field_rule', 'true');
}

async function createDayLimits(db: Kysely<unknown>): Promise<void> {
  // Null: as many as there are.
  await sql`
    create table role_day_limit (
      role text primary key check (role in ('administrator', 'director', 'manager', 'member')),
      exported_rows int check (exported_rows >= 0),
      viewed_rows int check (viewed_rows >= 0),
      updated_at timestamptz not null default now()
    )`.execute(db);
  await keepForAdministrators(db, 'role_day_limit', 'true');
  await sql`
    create table user_day_use (
      user_id int not null references app_user on delete cascade,
      on_day date not null,
      exported_rows int not null default 0,
      viewed_rows int not null default 0,
      primary key (user_id, on_day)
    )`.execute(db);
  await protect(db, 'user_day_use', `user_id = current_setting('kezi.user_id')::int`);
}

/**
 * Whose rows somebody sees on a day. A deputy has the eyes that the absent have of their own: what these hold as somebody's
 * deputy goes no further, and that they see all does not either.
 */
async function tellWall(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function wall_of(asked int, on_day date)
      returns table (team_ids int[], owner_ids int[], shared_ids bigint[], edited_ids bigint[])
      language sql stable as $$
        with stood as (
          select distinct d.user_id from user_deputy d join app_user a on a.id = d.user_id
          where d.deputy_id = asked and a.disabled_at is null and on_day between d.from_on and d.to_on
        ),
        teams as (
          select unnest(seen_teams(asked)) as id
          union
          select unnest(seen_teams(user_id)) from stood
        ),
        owners as (select asked as id union select user_id from stood),
        shares as (
          select s.customer_id, bool_or(s.access = 'edit') as edited
          from customer_share s join owners o on o.id = s.user_id
          where s.until_on is null or s.until_on >= on_day
          group by s.customer_id
        )
        select coalesce((select array_agg(id order by id) from teams), '{}'),
          coalesce((select array_agg(id order by id) from owners), '{}'),
          coalesce((select array_agg(customer_id order by customer_id) from shares), '{}'),
          coalesce((select array_agg(customer_id order by customer_id) from shares where edited), '{}')
      $$`.execute(db);
}

const beginNext = `declare
  rule pg_policies;
  allowed record;
begin
  perform drop_next_register();
  create table register_entry_next (like register_entry including defaults including constraints);
  alter table register_entry_next enable row level security;
  alter table register_entry_next force row level security;
  for rule in select * from pg_policies where schemaname = 'public' and tablename = 'register_entry' loop
    execute format('create policy %I on register_entry_next as %s for %s to %s',
        rule.policyname, rule.permissive, rule.cmd, array_to_string(rule.roles, ', '))
      || coalesce(' using (' || rule.qual || ')', '') || coalesce(' with check (' || rule.with_check || ')', '');
  end loop;
  for allowed in
    select grantee, privilege_type from information_schema.role_table_grants
    where table_schema = 'public' and table_name = 'register_entry' and grantee in ('kezi_all', 'kezi_scoped')
  loop
    execute format('grant %s on register_entry_next to %I', allowed.privilege_type, allowed.grantee);
  end loop;
end`;

/** The register that is built aside takes policies over of any kind: one for reading has no check, one for adding no other. */
async function copyAnyPolicy(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `create or replace function begin_next_register() returns void language plpgsql security definer
       set search_path = public, pg_temp set maintenance_work_mem = '256MB' as $$ ${beginNext} $$`,
    )
    .execute(db);
}

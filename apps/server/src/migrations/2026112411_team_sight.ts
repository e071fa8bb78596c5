import { sql, type Kysely } from 'kysely';

/**
 * Whoever is on the team of a customer sees it, and changes it where the membership says so: in the same list of customers
 * that holds those shared with them, so that no policy of any table changes. Whoever was on a team before may read.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table customer_member add column access text not null default 'read' check (access in ('read', 'edit'))`.execute(
    db,
  );
  await keepForHosts(db);
  await tellWall(db);
}

/** A guest reads who works on the customer; whom it is opened to is for those to say whose it is. */
async function keepForHosts(db: Kysely<unknown>): Promise<void> {
  const own = sql.raw(`owner_id = any ((select current_setting('kezi.owner_ids')::int[])::int[])
    or team_id = any ((select current_setting('kezi.team_ids')::int[])::int[])`);
  for (const name of ['scoped_insert', 'scoped_update', 'scoped_delete']) {
    await sql`drop policy ${sql.id(name)} on customer_member`.execute(db);
  }
  await sql`create policy scoped_insert on customer_member for insert to kezi_scoped with check (${own})`.execute(
    db,
  );
  await sql`create policy scoped_update on customer_member for update to kezi_scoped
    using (${own}) with check (${own})`.execute(db);
  await sql`create policy scoped_delete on customer_member for delete to kezi_scoped using (${own})`.execute(
    db,
  );
  await sql`create policy sign_in on customer_member for select to kezi_app using (true)`.execute(db);
  await sql`grant select on customer_member to kezi_app`.execute(db);
}

/** As before, with the customers of whose team somebody is beside those that were shared. */
async function tellWall(db: Kysely<unknown>): Promise<void> {
  await sql`
    create or replace function wall_of(asked int, on_day date)
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
        opened as (
          select s.customer_id, s.access from customer_share s join owners o on o.id = s.user_id
          where s.until_on is null or s.until_on >= on_day
          union all
          select m.customer_id, m.access from customer_member m join owners o on o.id = m.user_id
        ),
        shares as (
          select customer_id, bool_or(access = 'edit') as edited from opened group by customer_id
        )
        select coalesce((select array_agg(id order by id) from teams), '{}'),
          coalesce((select array_agg(id order by id) from owners), '{}'),
          coalesce((select array_agg(customer_id order by customer_id) from shares), '{}'),
          coalesce((select array_agg(customer_id order by customer_id) from shares where edited), '{}')
      $$`.execute(db);
}

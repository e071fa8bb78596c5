import { sql, type Kysely } from 'kysely';

/** A view was shared with everybody or nobody: a department and those below it stand between. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // A view of a department that is removed is its maker's alone again, never everybody's.
  await sql`
    alter table saved_view
      add column team_id int references team on delete set null,
      add constraint saved_view_shared_once check (not (is_shared and team_id is not null))`.execute(db);
  await sql`create index on saved_view (team_id)`.execute(db);
  // To belong is what counts here, not whose customers somebody sees: with the rights of whoever asks, as seen_teams.
  await sql`
    create function departments_over(asked int) returns int[] language sql stable as $$
      with recursive over as (
        select team_id from app_user where id = asked and team_id is not null
        union
        select team_id from user_team where user_id = asked
        union
        select t.parent_team_id from team t join over o on o.team_id = t.team_id where t.parent_team_id is not null
      )
      select coalesce(array_agg(team_id), '{}') from over
    $$`.execute(db);
  await sql`
    create policy department_rows on saved_view for select to kezi_scoped using (
      team_id = any ((select departments_over(current_setting('kezi.user_id')::int))::int[]))`.execute(db);
}

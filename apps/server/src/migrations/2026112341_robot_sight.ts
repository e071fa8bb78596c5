import { sql, type Kysely } from 'kysely';

/** Who sees own customers alone is in a team all the same, and may choose its group. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter policy scoped_rows on robot
      using (team_id is null or team_id = any ((select current_setting('kezi.team_ids')::int[])::int[])
        or team_id = (select u.team_id from app_user u where u.id = current_setting('kezi.user_id')::int))`.execute(
    db,
  );
}

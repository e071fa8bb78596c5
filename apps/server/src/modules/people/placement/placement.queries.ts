import type { Colleague, Placement } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import { organisationDay } from '../../../platform/db/organisation-day.js';
import type { Db } from '../../../platform/db/scoped-db.js';

/** A list to choose from; beyond this people type. */
const mostColleagues = 100;

interface ColleagueChoice {
  search?: string | undefined;
  /** These alone, whether they work here still or not. */
  userId?: readonly number[] | undefined;
}

/** People who work here, by name; who has left is told of where they are asked for by id. */
export async function listColleagues(db: Db, { search = '', userId }: ColleagueChoice): Promise<Colleague[]> {
  const pattern = `%${search.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  const { rows } = await sql<Colleague>`
    select c.user_id as "userId", c.name, c.team_id as "teamId", t.name as "teamName"
    from colleague c left join team t using (team_id)
    where ${userId === undefined ? sql`not c.is_disabled` : sql`c.user_id = any (${userId}::int[])`}
      and c.name ilike ${pattern}
    order by c.name collate "zh-Hans-x-icu", c.user_id limit ${userId?.length ?? mostColleagues}`.execute(db);
  return rows;
}

/** How many customers somebody of the wall given sees; those shared and stood in for are counted, each once. */
async function countSeen(db: Db, userId: number, scope: Placement['scope'], now: Date): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from customer c, wall_of(${userId}::int, ${organisationDay(now)}) as wall
    where ${scope === 'all'} or c.owner_id = any (wall.owner_ids) or c.team_id = any (wall.team_ids)
      or c.customer_id = any (wall.shared_ids)`.execute(db);
  return rows[0]?.count ?? 0;
}

/** @throws CodedError users.not_found */
export async function getPlacement(db: Db, userId: number, now: Date): Promise<Placement> {
  const { rows } = await sql<Omit<Placement, 'customers'>>`
    select u.scope, u.team_id as "teamId",
      array(select m.team_id from user_team m where m.user_id = u.id order by 1) as "teamIds",
      coalesce((
        select jsonb_agg(jsonb_build_object('teamId', s.team_id, 'withBelow', s.with_below) order by s.team_id)
        from user_scope_team s where s.user_id = u.id), '[]') as chosen
    from app_user u where u.id = ${userId}`.execute(db);
  const found = rows[0];
  if (!found) throw new CodedError('users.not_found');
  return { ...found, customers: await countSeen(db, userId, found.scope, now) };
}

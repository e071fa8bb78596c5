import type { Team } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';

/** All teams with the number of people whom the reader may see. */
export async function listTeams(db: Db): Promise<Team[]> {
  return db
    .selectFrom('team')
    .leftJoin('app_user', 'app_user.team_id', 'team.team_id')
    .groupBy('team.team_id')
    .orderBy('team.name')
    .select([
      'team.team_id as id',
      'team.name',
      'team.parent_team_id as parentId',
      'team.row_version as rowVersion',
      sql<number>`count(app_user.id)::int`.as('members'),
    ])
    .execute();
}

/** @throws CodedError teams.not_found */
export async function getTeam(db: Db, teamId: number): Promise<Team> {
  const team = (await listTeams(db)).find((one) => one.id === teamId);
  if (!team) throw new CodedError('teams.not_found');
  return team;
}

/** The team itself and everything below it. */
export async function teamAndBelow(db: Db, teamId: number): Promise<number[]> {
  const { rows } = await sql<{ team_id: number }>`
    with recursive below as (
      select team_id from team where team_id = ${teamId}
      union
      select t.team_id from team t join below on t.parent_team_id = below.team_id
    )
    select team_id from below`.execute(db);
  return rows.map((row) => row.team_id);
}

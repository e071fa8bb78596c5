import type { Team } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import { changesBetween, writeAudit } from '../../../platform/audit/write-audit.js';
import { sqlStateOf } from '../../../platform/db/connection-errors.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { notify } from '../../../platform/events/notifications.js';
import { getTeam, teamAndBelow } from './teams.queries.js';

const uniqueViolation = '23505';
const foreignKeyViolation = '23503';

/** Two moves at once could each be right and together make a circle. */
async function lockTree(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('kezi teams'))`.execute(db);
}

/** Whose eyes the tree decides. Open pages and running exports of theirs look again. */
async function tellMembers(db: Db): Promise<void> {
  const users = await db.selectFrom('app_user').select('id').where('disabled_at', 'is', null).execute();
  for (const user of users) await notify(db, { type: 'access', userId: user.id });
}

function named(error: unknown, name: string): unknown {
  return sqlStateOf(error) === uniqueViolation
    ? new CodedError('teams.name_exists', { name }, { cause: error })
    : error;
}

async function checkParent(db: Db, parentId: number | null | undefined): Promise<void> {
  if (!parentId) return;
  const parent = await db
    .selectFrom('team')
    .select('team_id')
    .where('team_id', '=', parentId)
    .executeTakeFirst();
  if (!parent) throw new CodedError('teams.not_found');
}

/** @throws CodedError teams.not_found for the parent, teams.name_exists */
export async function createTeam(
  db: Db,
  team: { name: string; parentId?: number | null | undefined },
): Promise<Team> {
  await lockTree(db);
  await checkParent(db, team.parentId);
  const { team_id } = await db
    .insertInto('team')
    .values({ name: team.name, parent_team_id: team.parentId ?? null })
    .returning('team_id')
    .executeTakeFirstOrThrow()
    .catch((error: unknown) => {
      throw named(error, team.name);
    });
  await writeAudit(db, { action: 'team.created', subject: 'team', subjectId: team_id, changes: { ...team } });
  return getTeam(db, team_id);
}

/** @throws CodedError teams.not_found, teams.changed, teams.circle, teams.name_exists */
export async function changeTeam(
  db: Db,
  teamId: number,
  change: { name?: string | undefined; parentId?: number | null | undefined },
  versionSeen: number | null,
  now: Date,
): Promise<Team> {
  await lockTree(db);
  const before = await getTeam(db, teamId);
  if (versionSeen !== null && versionSeen !== before.rowVersion) throw new CodedError('teams.changed');
  await checkParent(db, change.parentId);
  if (change.parentId && (await teamAndBelow(db, teamId)).includes(change.parentId)) {
    throw new CodedError('teams.circle');
  }
  await db
    .updateTable('team')
    .set({
      ...(change.name === undefined ? {} : { name: change.name }),
      ...(change.parentId === undefined ? {} : { parent_team_id: change.parentId }),
      row_version: sql`row_version + 1`,
      updated_at: now,
    })
    .where('team_id', '=', teamId)
    .execute()
    .catch((error: unknown) => {
      throw named(error, change.name ?? before.name);
    });
  await writeAudit(db, {
    action: 'team.changed',
    subject: 'team',
    subjectId: teamId,
    changes: changesBetween({ ...before }, { ...change }),
  });
  await tellMembers(db);
  return getTeam(db, teamId);
}

/** @throws CodedError teams.not_found, teams.in_use while people, customers or teams belong to it */
export async function removeTeam(db: Db, teamId: number): Promise<void> {
  await lockTree(db);
  const team = await getTeam(db, teamId);
  await db
    .deleteFrom('team')
    .where('team_id', '=', teamId)
    .execute()
    .catch((error: unknown) => {
      if (sqlStateOf(error) === foreignKeyViolation)
        throw new CodedError('teams.in_use', {}, { cause: error });
      throw error;
    });
  await writeAudit(db, {
    action: 'team.removed',
    subject: 'team',
    subjectId: teamId,
    changes: { name: team.name },
  });
}

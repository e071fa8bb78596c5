import type { Placement, PlacementInput } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import { changesBetween, writeAudit } from '../../../platform/audit/write-audit.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { emitEvent } from '../../../platform/events/emit-event.js';
import { notify } from '../../../platform/events/notifications.js';
import { getUser, mustSeeAll } from '../users/index.js';
import { getPlacement } from './placement.queries.js';

async function mustKnowTeams(db: Db, teamIds: readonly number[]): Promise<void> {
  if (teamIds.length === 0) return;
  const known = await db.selectFrom('team').select('team_id').where('team_id', 'in', teamIds).execute();
  if (known.length !== new Set(teamIds).size) throw new CodedError('users.team_unknown');
}

async function writeTeams(db: Db, userId: number, after: Placement): Promise<void> {
  await db.deleteFrom('user_team').where('user_id', '=', userId).execute();
  // The main department stands with the person.
  const further = [...new Set(after.teamIds)].filter((teamId) => teamId !== after.teamId);
  if (further.length > 0) {
    await db
      .insertInto('user_team')
      .values(further.map((team_id) => ({ user_id: userId, team_id })))
      .execute();
  }
  await db.deleteFrom('user_scope_team').where('user_id', '=', userId).execute();
  const chosen = new Map(after.chosen.map((one) => [one.teamId, one.withBelow]));
  if (chosen.size > 0) {
    await db
      .insertInto('user_scope_team')
      .values([...chosen].map(([team_id, with_below]) => ({ user_id: userId, team_id, with_below })))
      .execute();
  }
}

/**
 * Puts somebody into departments and says whose customers they see. Open pages and running exports of theirs end; the next
 * request has the new eyes.
 * @throws CodedError users.not_found, users.team_unknown, users.administrator_scope, placement.chosen_empty
 */
export async function changePlacement(
  db: Db,
  change: { userId: number; wanted: PlacementInput; now: Date },
): Promise<Placement> {
  const { userId, wanted, now } = change;
  const before = await getPlacement(db, userId, now);
  const { role } = await getUser(db, userId);
  const given = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
  const after: Placement = { ...before, ...given };
  mustSeeAll(role, after.scope);
  if (after.scope === 'chosen' && after.chosen.length === 0) throw new CodedError('placement.chosen_empty');
  await mustKnowTeams(db, [
    ...(after.teamId === null ? [] : [after.teamId]),
    ...after.teamIds,
    ...after.chosen.map((one) => one.teamId),
  ]);
  await db
    .updateTable('app_user')
    .set({
      scope: after.scope,
      team_id: after.teamId,
      row_version: sql`row_version + 1`,
      updated_at: now,
    })
    .where('id', '=', userId)
    .execute();
  await writeTeams(db, userId, after);
  const written = ({ scope, teamId, teamIds, chosen }: Placement) => ({
    scope,
    teamId,
    teamIds: teamIds.join(),
    chosen: chosen.map((one) => `${one.teamId}${one.withBelow ? '+' : ''}`).join(),
  });
  await writeAudit(db, {
    action: 'user.placed',
    subject: 'user',
    subjectId: userId,
    changes: changesBetween(written(before), written(after)),
  });
  await notify(db, { type: 'access', userId });
  await emitEvent(db, 'user.changed', { userId });
  return getPlacement(db, userId, now);
}

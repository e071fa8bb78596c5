import { CodedError } from '@kezi/contract/errors';
import { ownersOf, type Db } from '../../../platform/db/scoped-db.js';
import type { Principal } from '../../../platform/http/kezi-app.js';

interface Ownership {
  ownerId: number | null;
  teamId: number | null;
}

async function teamOfUser(db: Db, userId: number): Promise<number | null> {
  const user = await db
    .selectFrom('app_user')
    .where('id', '=', userId)
    .select(['team_id', 'name', 'disabled_at'])
    .executeTakeFirst();
  if (!user) throw new CodedError('customers.owner_unknown');
  if (user.disabled_at !== null) throw new CodedError('customers.owner_left', { name: user.name });
  return user.team_id;
}

async function mustKnowTeam(db: Db, teamId: number): Promise<void> {
  const team = await db.selectFrom('team').where('team_id', '=', teamId).select('team_id').executeTakeFirst();
  if (!team) throw new CodedError('customers.team_unknown');
}

/** Whether a row of this owner and team would be among the rows that the user may see and write. */
function isWithin(principal: Principal, { ownerId, teamId }: Ownership): boolean {
  return (
    principal.scope === 'all' ||
    (ownerId !== null && ownersOf(principal).includes(ownerId)) ||
    (teamId !== null && principal.teamIds.includes(teamId))
  );
}

/**
 * Owner and team as they are to be: what is wanted where it is given, else as before; a new owner brings his team along.
 * @throws CodedError customers.owner_unknown, customers.owner_left, customers.team_unknown, customers.assign_forbidden
 */
export async function ownershipAfter(
  db: Db,
  principal: Principal,
  before: Ownership,
  wanted: { ownerId?: number | null | undefined; teamId?: number | null | undefined },
): Promise<Ownership> {
  const ownerId = wanted.ownerId === undefined ? before.ownerId : wanted.ownerId;
  let { teamId } = before;
  if (wanted.teamId !== undefined) teamId = wanted.teamId;
  else if (ownerId !== before.ownerId && ownerId !== null) teamId = await teamOfUser(db, ownerId);
  const after = { ownerId, teamId };
  if (ownerId === before.ownerId && teamId === before.teamId) return after;
  // A guest of a shared customer may not take it, or give it away.
  const isNobodys = before.ownerId === null && before.teamId === null;
  const isOurs = (isNobodys || isWithin(principal, before)) && isWithin(principal, after);
  if (!principal.permissions.has('customers:assign') || !isOurs) {
    throw new CodedError('customers.assign_forbidden');
  }
  // Whoever has left may still have it, and gets nothing new.
  if (ownerId !== null && ownerId !== before.ownerId) await teamOfUser(db, ownerId);
  if (teamId !== null) await mustKnowTeam(db, teamId);
  return after;
}

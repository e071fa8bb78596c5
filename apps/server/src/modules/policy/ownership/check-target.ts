import { CodedError } from '@kezi/contract/errors';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { Principal } from '../../../platform/http/kezi-app.js';
import { ownershipAfter } from '../../records/customers/index.js';

export interface Target {
  ownerId: number | null;
  teamId: number | null;
}

/**
 * Where the customers go, once it is certain that this user may send them there and that somebody is there to take them.
 * @throws CodedError customers.owner_unknown, customers.owner_left, customers.team_unknown, customers.assign_forbidden,
 *   ownership.team_missing
 */
export async function checkTarget(
  db: Db,
  principal: Principal,
  wanted: { toOwnerId: number | null; toTeamId?: number | null | undefined },
): Promise<Target> {
  if (wanted.toOwnerId === null && (wanted.toTeamId ?? null) === null) {
    throw new CodedError('ownership.team_missing');
  }
  // From nobody and nowhere, so that every target counts as a change and is checked.
  const nowhere = { ownerId: null, teamId: null };
  return ownershipAfter(db, principal, nowhere, {
    ownerId: wanted.toOwnerId,
    ...(wanted.toTeamId === undefined || wanted.toTeamId === null ? {} : { teamId: wanted.toTeamId }),
  });
}

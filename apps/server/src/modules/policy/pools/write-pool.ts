import type { PoolInput, PoolPatch } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { changesBetween, writeAudit } from '../../../platform/audit/write-audit.js';
import { sqlStateOf } from '../../../platform/db/connection-errors.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { Principal } from '../../../platform/http/kezi-app.js';

/** Somebody who sees the department looks after its pool. */
export function mustLead(principal: Principal, teamId: number): void {
  if (principal.scope !== 'all' && !principal.teamIds.includes(teamId)) {
    throw new CodedError('pools.not_found');
  }
}

async function writeMembers(
  db: Db,
  pool: { poolId: number; teamId: number },
  memberIds: readonly number[] | undefined,
): Promise<void> {
  if (memberIds === undefined) return;
  await db.deleteFrom('pool_member').where('pool_id', '=', pool.poolId).execute();
  if (memberIds.length === 0) return;
  const ids = [...new Set(memberIds)];
  const known = await db
    .selectFrom('app_user')
    .where('id', 'in', ids)
    .where('disabled_at', 'is', null)
    .select('id')
    .execute();
  if (known.length < ids.length) throw new CodedError('pools.member_unknown');
  await db
    .insertInto('pool_member')
    .values(ids.map((user_id) => ({ pool_id: pool.poolId, user_id, team_id: pool.teamId })))
    .execute();
}

const columnsOf = (terms: Partial<PoolPatch>) => ({
  ...(terms.claimsPerDay === undefined ? {} : { claims_per_day: terms.claimsPerDay }),
  ...(terms.holdingCap === undefined ? {} : { holding_cap: terms.holdingCap }),
  ...(terms.coolDownDays === undefined ? {} : { cool_down_days: terms.coolDownDays }),
  ...(terms.protectDays === undefined ? {} : { protect_days: terms.protectDays }),
});

const uniqueViolation = '23505';
const foreignKeyViolation = '23503';

/**
 * Opens the pool of a department.
 * @throws CodedError pools.not_found for a department out of sight, pools.team_unknown, pools.exists, pools.member_unknown
 */
export async function createPool(db: Db, principal: Principal, input: PoolInput): Promise<number> {
  const { teamId, memberIds, ...terms } = input;
  mustLead(principal, teamId);
  const made = await db
    .insertInto('pool')
    .values({ team_id: teamId, ...columnsOf(terms) })
    .returning('pool_id')
    .executeTakeFirstOrThrow()
    .catch((error: unknown) => {
      if (sqlStateOf(error) === uniqueViolation) throw new CodedError('pools.exists', {}, { cause: error });
      if (sqlStateOf(error) === foreignKeyViolation) {
        throw new CodedError('pools.team_unknown', {}, { cause: error });
      }
      throw error;
    });
  await writeMembers(db, { poolId: made.pool_id, teamId }, memberIds);
  await writeAudit(db, {
    action: 'pool.created',
    subject: 'pool',
    subjectId: made.pool_id,
    changes: { ...input },
  });
  return made.pool_id;
}

/** @throws CodedError pools.not_found, pools.changed, pools.member_unknown */
export async function changePool(
  db: Db,
  principal: Principal,
  poolId: number,
  patch: PoolPatch,
  now: Date,
): Promise<void> {
  const before = await db
    .selectFrom('pool')
    .where('pool_id', '=', poolId)
    .selectAll()
    .forUpdate()
    .executeTakeFirst();
  if (!before) throw new CodedError('pools.not_found');
  mustLead(principal, before.team_id);
  if (before.row_version !== patch.rowVersion) throw new CodedError('pools.changed');
  const terms = columnsOf(patch);
  await db
    .updateTable('pool')
    .set({ ...terms, row_version: before.row_version + 1, updated_at: now })
    .where('pool_id', '=', poolId)
    .execute();
  await writeMembers(db, { poolId, teamId: before.team_id }, patch.memberIds);
  await writeAudit(db, {
    action: 'pool.changed',
    subject: 'pool',
    subjectId: poolId,
    changes: {
      ...changesBetween({ ...before }, terms),
      ...(patch.memberIds === undefined ? {} : { memberIds: patch.memberIds }),
    },
  });
}

/**
 * Closes a pool with its rules. Its customers stay with the department, without an owner.
 * @throws CodedError pools.not_found
 */
export async function removePool(db: Db, principal: Principal, poolId: number): Promise<void> {
  const pool = await db
    .selectFrom('pool')
    .where('pool_id', '=', poolId)
    .select('team_id')
    .forUpdate()
    .executeTakeFirst();
  if (!pool) throw new CodedError('pools.not_found');
  mustLead(principal, pool.team_id);
  await db.deleteFrom('pool').where('pool_id', '=', poolId).execute();
  await writeAudit(db, {
    action: 'pool.removed',
    subject: 'pool',
    subjectId: poolId,
    changes: { teamId: [pool.team_id, null] },
  });
}

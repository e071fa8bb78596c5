import type { RecycleRule, RecycleRuleInput, RecycleRulePatch } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import { changesBetween, writeAudit } from '../../../platform/audit/write-audit.js';
import { sqlStateOf } from '../../../platform/db/connection-errors.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { Principal } from '../../../platform/http/kezi-app.js';
import { getPool, listPools } from './list-pools.js';
import { mustLead } from './write-pool.js';

const columns = sql`
  r.recycle_rule_id as "recycleRuleId", r.pool_id as "poolId", r.name, r.days_without_contact as "daysWithoutContact",
  r.days_without_order as "daysWithoutOrder", r.days_after_contract as "daysAfterContract", r.clv_below as "clvBelow",
  r.segments, r.tier_ids as "tierIds", r.warn_days as "warnDays", r.is_on as "isOn", r.switched_at as "switchedAt",
  u.name as "switchedByName", r.row_version as "rowVersion",
  (select count(*)::int from recycle_notice n where n.recycle_rule_id = r.recycle_rule_id) as warned`;

/** Everybody whom a pool concerns may read its rules: they are what he is held to. */
export async function listRules(
  db: Db,
  principal: Principal,
  poolId: number,
  now: Date,
): Promise<RecycleRule[]> {
  await getPool(db, principal, poolId, now);
  const { rows } = await sql<RecycleRule>`
    select ${columns} from recycle_rule r left join colleague u on u.user_id = r.switched_by
    where r.pool_id = ${poolId}::int order by r.recycle_rule_id`.execute(db);
  return rows;
}

/** @throws CodedError pools.rule_not_found */
export async function getRule(db: Db, ruleId: number): Promise<RecycleRule> {
  const { rows } = await sql<RecycleRule>`
    select ${columns} from recycle_rule r left join colleague u on u.user_id = r.switched_by
    where r.recycle_rule_id = ${ruleId}::int`.execute(db);
  const [rule] = rows;
  if (!rule) throw new CodedError('pools.rule_not_found');
  return rule;
}

/** A rule of a pool that concerns the reader. @throws CodedError pools.rule_not_found, also for a rule of another pool */
export async function getRuleFor(
  db: Db,
  principal: Principal,
  ruleId: number,
  now: Date,
): Promise<RecycleRule> {
  const rule = await getRule(db, ruleId);
  const pools = await listPools(db, principal, now);
  if (!pools.some((pool) => pool.poolId === rule.poolId)) throw new CodedError('pools.rule_not_found');
  return rule;
}

const columnsOf = (terms: Partial<RecycleRulePatch>) => ({
  ...(terms.name === undefined ? {} : { name: terms.name }),
  ...(terms.daysWithoutContact === undefined ? {} : { days_without_contact: terms.daysWithoutContact }),
  ...(terms.daysWithoutOrder === undefined ? {} : { days_without_order: terms.daysWithoutOrder }),
  ...(terms.daysAfterContract === undefined ? {} : { days_after_contract: terms.daysAfterContract }),
  ...(terms.clvBelow === undefined ? {} : { clv_below: terms.clvBelow }),
  ...(terms.segments === undefined ? {} : { segments: terms.segments }),
  ...(terms.tierIds === undefined ? {} : { tier_ids: terms.tierIds }),
  ...(terms.warnDays === undefined ? {} : { warn_days: terms.warnDays }),
});

/** Value alone is no reason to take a customer from somebody who works on it. */
function mustHaveTime(terms: {
  daysWithoutContact?: number | null | undefined;
  daysWithoutOrder?: number | null | undefined;
  daysAfterContract?: number | null | undefined;
}): void {
  const given = [terms.daysWithoutContact, terms.daysWithoutOrder, terms.daysAfterContract];
  if (given.every((days) => days === undefined || days === null)) throw new CodedError('pools.rule_empty');
}

/** @throws CodedError pools.tier_unknown */
async function mustKnowTiers(db: Db, tierIds: readonly number[] | null | undefined): Promise<void> {
  if (!tierIds) return;
  const { rows } = await sql`select from tier where tier_id = any (${[...tierIds]}::int[])`.execute(db);
  if (rows.length < new Set(tierIds).size) throw new CodedError('pools.tier_unknown');
}

const uniqueViolation = '23505';

function named(error: unknown): unknown {
  return sqlStateOf(error) === uniqueViolation
    ? new CodedError('pools.rule_exists', {}, { cause: error })
    : error;
}

/**
 * Writes a rule down; it does nothing until it is switched on.
 * @throws CodedError pools.not_found, pools.rule_empty, pools.rule_exists, pools.tier_unknown
 */
export async function createRule(
  db: Db,
  principal: Principal,
  poolId: number,
  { input, now }: { input: RecycleRuleInput; now: Date },
): Promise<number> {
  const pool = await getPool(db, principal, poolId, now);
  mustLead(principal, pool.teamId);
  mustHaveTime(input);
  await mustKnowTiers(db, input.tierIds);
  const made = await db
    .insertInto('recycle_rule')
    .values({ ...columnsOf(input), name: input.name, pool_id: poolId, team_id: pool.teamId })
    .returning('recycle_rule_id')
    .executeTakeFirstOrThrow()
    .catch((error: unknown) => {
      throw named(error);
    });
  await writeAudit(db, {
    action: 'recycle_rule.created',
    subject: 'recycle_rule',
    subjectId: made.recycle_rule_id,
    changes: { poolId, ...input },
  });
  return made.recycle_rule_id;
}

/** @throws CodedError pools.rule_not_found, pools.rule_changed */
export async function holdRule(
  db: Db,
  principal: Principal,
  ruleId: number,
  rowVersion: number | null,
): Promise<RecycleRule> {
  const row = await db
    .selectFrom('recycle_rule')
    .where('recycle_rule_id', '=', ruleId)
    .select(['team_id', 'row_version'])
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new CodedError('pools.rule_not_found');
  mustLead(principal, row.team_id);
  if (rowVersion !== null && row.row_version !== rowVersion) throw new CodedError('pools.rule_changed');
  return getRule(db, ruleId);
}

/**
 * Changes a rule that is off. One that is on is switched off first, so that nobody changes what takes customers tonight
 * without seeing what it would do.
 * @throws CodedError pools.rule_not_found, pools.rule_changed, pools.rule_is_on, pools.rule_empty, pools.rule_exists,
 *   pools.tier_unknown
 */
export async function changeRule(
  db: Db,
  principal: Principal,
  ruleId: number,
  { patch, now }: { patch: RecycleRulePatch; now: Date },
): Promise<void> {
  const before = await holdRule(db, principal, ruleId, patch.rowVersion);
  if (before.isOn) throw new CodedError('pools.rule_is_on');
  const { rowVersion: _seen, ...terms } = patch;
  const given = Object.fromEntries(Object.entries(terms).filter(([, value]) => value !== undefined));
  mustHaveTime({ ...before, ...given });
  await mustKnowTiers(db, patch.tierIds);
  await db
    .updateTable('recycle_rule')
    .set({ ...columnsOf(patch), row_version: before.rowVersion + 1, updated_at: now })
    .where('recycle_rule_id', '=', ruleId)
    .execute()
    .catch((error: unknown) => {
      throw named(error);
    });
  await writeAudit(db, {
    action: 'recycle_rule.changed',
    subject: 'recycle_rule',
    subjectId: ruleId,
    changes: changesBetween({ ...before }, given),
  });
}

/** @throws CodedError pools.rule_not_found */
export async function removeRule(db: Db, principal: Principal, ruleId: number): Promise<void> {
  const rule = await holdRule(db, principal, ruleId, null);
  await db.deleteFrom('recycle_rule').where('recycle_rule_id', '=', ruleId).execute();
  await writeAudit(db, {
    action: 'recycle_rule.removed',
    subject: 'recycle_rule',
    subjectId: ruleId,
    changes: { name: [rule.name, null] },
  });
}

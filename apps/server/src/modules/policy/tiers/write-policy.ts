import {
  definedFieldPrefix,
  tierDefinition,
  type TierPolicy,
  type TierPolicyInput,
  type TierPolicyPatch,
  type TierTemplate,
} from '@kezi/contract';
import { CodedError, type Language } from '@kezi/contract/errors';
import { sql } from 'kysely';
import { changesBetween, writeAudit } from '../../../platform/audit/write-audit.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { checkDefinition } from './check-definition.rules.js';
import { startDefinition } from './start-definition.rules.js';
import { featureName, findFeature, ownNumberFields } from './tier-features.js';
import { createTierSet, listTierSets, templateSet, tiersOfSet } from './tier-sets.js';

const policies = (db: Db) =>
  db
    .selectFrom('tier_policy as p')
    .select([
      'p.tier_policy_id as tierPolicyId',
      'p.tier_set_id as tierSetId',
      'p.name',
      'p.version_no as versionNo',
      'p.status',
      'p.definition',
      'p.row_version as rowVersion',
      'p.updated_at as updatedAt',
      'p.published_at as publishedAt',
      sql<boolean>`exists (select from tier_run r where r.tier_policy_id = p.tier_policy_id and r.status = 'in_force')`.as(
        'isInForce',
      ),
    ])
    .$castTo<TierPolicy>();

/** Drafts first, then versions, the newest first. */
export async function listPolicies(db: Db): Promise<TierPolicy[]> {
  return policies(db)
    .orderBy('p.version_no', (order) => order.desc().nullsFirst())
    .orderBy('p.tier_policy_id', 'desc')
    .execute();
}

/** @throws CodedError tiers.not_found */
export async function getPolicy(db: Db, tierPolicyId: number): Promise<TierPolicy> {
  const row = await policies(db).where('p.tier_policy_id', '=', tierPolicyId).executeTakeFirst();
  if (!row) throw new CodedError('tiers.not_found');
  return { ...row, definition: tierDefinition.parse(row.definition) };
}

/** @throws CodedError tiers.not_found, and those of `checkDefinition` */
export async function checkPolicy(
  db: Db,
  { tierSetId, definition }: Pick<TierPolicyInput, 'tierSetId' | 'definition'>,
  language: Language,
): Promise<void> {
  const tiers = await tiersOfSet(db, tierSetId);
  if (tiers.length === 0) throw new CodedError('tiers.not_found');
  const own = await ownNumberFields(db);
  const isKnown = (key: string) =>
    key.startsWith(definedFieldPrefix)
      ? own.some((field) => field.key === key)
      : findFeature(key) !== undefined;
  checkDefinition(definition, tiers.length, (key) =>
    isKnown(key) ? featureName(key, language, own) : undefined,
  );
}

/** @throws CodedError tiers.* where the policy does not hold together */
export async function createPolicy(
  db: Db,
  userId: number,
  input: TierPolicyInput,
  language: Language,
): Promise<number> {
  await checkPolicy(db, input, language);
  const { tier_policy_id: id } = await db
    .insertInto('tier_policy')
    .values({
      name: input.name,
      tier_set_id: input.tierSetId,
      definition: JSON.stringify(input.definition),
      based_on_id: input.basedOnId ?? null,
      created_by: userId,
    })
    .returning('tier_policy_id')
    .executeTakeFirstOrThrow();
  await writeAudit(db, {
    action: 'tier_policy.created',
    subject: 'tier_policy',
    subjectId: id,
    changes: { name: [null, input.name] },
  });
  return id;
}

/** A draft to begin with: a ready-made set, made where there is none of its name, and a policy that fits it. */
export async function startPolicy(
  db: Db,
  userId: number,
  template: TierTemplate,
  language: Language,
): Promise<number> {
  const set = templateSet(template, language);
  const known = (await listTierSets(db)).find((each) => each.name === set.name);
  const tierSetId = known?.tierSetId ?? (await createTierSet(db, set));
  const tiers = await tiersOfSet(db, tierSetId);
  const definition = startDefinition(tiers.length, language);
  return createPolicy(db, userId, { name: await freeName(db, set.name), tierSetId, definition }, language);
}

/** Two drafts of one name could not be told apart where one is compared with the other. */
async function freeName(db: Db, wanted: string): Promise<string> {
  const drafts = await db.selectFrom('tier_policy').where('status', '=', 'draft').select('name').execute();
  const taken = new Set(drafts.map(({ name }) => name));
  let name = wanted;
  for (let next = 2; taken.has(name); next++) name = `${wanted} ${next}`;
  return name;
}

/** @throws CodedError tiers.not_found, tiers.not_draft, tiers.changed */
export async function updatePolicy(
  db: Db,
  tierPolicyId: number,
  patch: TierPolicyPatch,
  { now, language }: { now: Date; language: Language },
): Promise<void> {
  const policy = await getPolicy(db, tierPolicyId);
  if (policy.status !== 'draft') throw new CodedError('tiers.not_draft');
  const after = {
    name: patch.name ?? policy.name,
    tierSetId: patch.tierSetId ?? policy.tierSetId,
    definition: patch.definition ?? policy.definition,
  };
  await checkPolicy(db, after, language);
  const done = await db
    .updateTable('tier_policy')
    .set({
      name: after.name,
      tier_set_id: after.tierSetId,
      definition: JSON.stringify(after.definition),
      row_version: patch.rowVersion + 1,
      updated_at: now,
    })
    .where('tier_policy_id', '=', tierPolicyId)
    .where('row_version', '=', patch.rowVersion)
    .where('status', '=', 'draft')
    .executeTakeFirst();
  if (done.numUpdatedRows === 0n) throw new CodedError('tiers.changed');
  const before = { ...policy, definition: JSON.stringify(policy.definition) };
  await writeAudit(db, {
    action: 'tier_policy.changed',
    subject: 'tier_policy',
    subjectId: tierPolicyId,
    changes: {
      ...changesBetween(before, { ...after, definition: JSON.stringify(after.definition) }),
      rowVersion: [patch.rowVersion, patch.rowVersion + 1],
    },
  });
}

/** @throws CodedError tiers.not_found, tiers.not_draft */
export async function deletePolicy(db: Db, tierPolicyId: number): Promise<void> {
  const policy = await getPolicy(db, tierPolicyId);
  if (policy.status !== 'draft') throw new CodedError('tiers.not_draft');
  await db.deleteFrom('tier_policy').where('tier_policy_id', '=', tierPolicyId).execute();
  await writeAudit(db, {
    action: 'tier_policy.deleted',
    subject: 'tier_policy',
    subjectId: tierPolicyId,
    changes: { name: [policy.name, null] },
  });
}

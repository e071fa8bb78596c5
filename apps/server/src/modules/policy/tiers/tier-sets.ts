import type { Tier, TierBadge, TierSet, TierSetInput, TierSetPatch, TierTemplate } from '@kezi/contract';
import { CodedError, type Language } from '@kezi/contract/errors';
import { sql } from 'kysely';
import { changesBetween, writeAudit } from '../../../platform/audit/write-audit.js';
import { sqlStateOf } from '../../../platform/db/connection-errors.js';
import type { Db } from '../../../platform/db/scoped-db.js';

type Template = Readonly<Record<Language, { name: string; tiers: readonly string[] }>>;

/** Ready-made sets, from the highest tier down, as the trades call them. */
const templates: Readonly<Record<TierTemplate, Template>> = {
  finance: {
    'zh-CN': { name: '金融客户等级', tiers: ['VIP 客户', '黄金客户', '普通客户'] },
    'en-US': { name: 'Finance', tiers: ['VIP', 'Gold', 'Regular'] },
  },
  manufacturing: {
    'zh-CN': { name: '制造业客户等级', tiers: ['战略客户', '重要客户', '普通客户'] },
    'en-US': { name: 'Manufacturing', tiers: ['Strategic', 'Important', 'Regular'] },
  },
  retail: {
    'zh-CN': { name: '零售客户等级', tiers: ['高价值客户', '中价值客户', '低价值客户'] },
    'en-US': { name: 'Retail', tiers: ['High value', 'Medium value', 'Low value'] },
  },
  telecom: {
    'zh-CN': { name: '电信客户等级', tiers: ['黑金', '钻石', '白金', '黄金', '翡翠', '水晶'] },
    'en-US': { name: 'Telecom', tiers: ['Black', 'Diamond', 'Platinum', 'Gold', 'Jade', 'Crystal'] },
  },
  medals: {
    'zh-CN': { name: '金银铜牌', tiers: ['金牌客户', '银牌客户', '铜牌客户'] },
    'en-US': { name: 'Medals', tiers: ['Gold medal', 'Silver medal', 'Bronze medal'] },
  },
  abc: {
    'zh-CN': { name: 'ABC 分类', tiers: ['A 类客户', 'B 类客户', 'C 类客户'] },
    'en-US': { name: 'ABC', tiers: ['Class A', 'Class B', 'Class C'] },
  },
};

const badgesByCount: Readonly<Record<number, readonly TierBadge[]>> = {
  3: ['crown', 'medal', 'circle'],
  6: ['crown', 'diamond', 'star', 'medal', 'shield', 'circle'],
};

export function templateSet(template: TierTemplate, language: Language): TierSetInput {
  const { name, tiers } = templates[template][language];
  const badges = badgesByCount[tiers.length] ?? [];
  return { name, tiers: tiers.map((each, i) => ({ name: each, badge: badges[i] ?? 'circle' })) };
}

export async function tiersOfSet(db: Db, tierSetId: number): Promise<Tier[]> {
  return db
    .selectFrom('tier')
    .where('tier_set_id', '=', tierSetId)
    .where('retired_at', 'is', null)
    .select(['tier_id as tierId', 'rank', 'name', 'badge'])
    .orderBy('rank')
    .$castTo<Tier>()
    .execute();
}

export async function listTierSets(db: Db): Promise<TierSet[]> {
  const { rows } = await sql<TierSet>`
    select s.tier_set_id as "tierSetId", s.name, s.row_version as "rowVersion",
      coalesce((select jsonb_agg(jsonb_build_object('tierId', t.tier_id, 'rank', t.rank, 'name', t.name, 'badge', t.badge)
          order by t.rank) from tier t where t.tier_set_id = s.tier_set_id and t.retired_at is null), '[]') as tiers,
      exists (select from tier_policy p where p.tier_set_id = s.tier_set_id and p.status <> 'draft') as "isUsed"
    from tier_set s order by s.tier_set_id`.execute(db);
  return rows;
}

/** @throws CodedError tiers.not_found */
export async function getTierSet(db: Db, tierSetId: number): Promise<TierSet> {
  const found = (await listTierSets(db)).find((set) => set.tierSetId === tierSetId);
  if (!found) throw new CodedError('tiers.not_found');
  return found;
}

const uniqueViolation = '23505';

async function refusingTwins<Result>(name: string, write: () => Promise<Result>): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    if (sqlStateOf(error) !== uniqueViolation) throw error;
    throw new CodedError('tiers.set_exists', { name }, { cause: error });
  }
}

/** @throws CodedError tiers.set_exists */
export async function createTierSet(db: Db, input: TierSetInput): Promise<number> {
  const { tier_set_id: id } = await refusingTwins(input.name, () =>
    db.insertInto('tier_set').values({ name: input.name }).returning('tier_set_id').executeTakeFirstOrThrow(),
  );
  await db
    .insertInto('tier')
    .values(input.tiers.map((tier, i) => ({ ...tier, tier_set_id: id, rank: i + 1 })))
    .execute();
  await writeAudit(db, {
    action: 'tier_set.created',
    subject: 'tier_set',
    subjectId: id,
    changes: { name: [null, input.name] },
  });
  return id;
}

/**
 * Renames a set and its tiers. History keeps the names that tiers had, and the tiers stay the same ones.
 * @throws CodedError tiers.not_found, tiers.changed, tiers.set_exists, tiers.set_used
 */
export async function updateTierSet(
  db: Db,
  tierSetId: number,
  patch: TierSetPatch,
  now: Date,
): Promise<void> {
  const set = await getTierSet(db, tierSetId);
  if (set.rowVersion !== patch.rowVersion) throw new CodedError('tiers.changed');
  const name = patch.name ?? set.name;
  await refusingTwins(name, () =>
    db
      .updateTable('tier_set')
      .set({ name, row_version: set.rowVersion + 1, updated_at: now })
      .where('tier_set_id', '=', tierSetId)
      .execute(),
  );
  for (const tier of patch.tiers ?? []) {
    const before = set.tiers.find((each) => each.tierId === tier.tierId);
    if (!before) throw new CodedError('tiers.set_used');
    await db
      .updateTable('tier')
      .set({ name: tier.name, badge: tier.badge })
      .where('tier_id', '=', tier.tierId)
      .execute();
    await writeAudit(db, {
      action: 'tier.changed',
      subject: 'tier',
      subjectId: tier.tierId,
      changes: changesBetween({ ...before }, { name: tier.name, badge: tier.badge }),
    });
  }
  await writeAudit(db, {
    action: 'tier_set.changed',
    subject: 'tier_set',
    subjectId: tierSetId,
    changes: {
      ...changesBetween({ name: set.name }, { name }),
      rowVersion: [set.rowVersion, set.rowVersion + 1],
    },
  });
}

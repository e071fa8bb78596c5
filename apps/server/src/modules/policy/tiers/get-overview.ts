import type { Tier, TierCandidates, TierOverview } from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';
import { sql } from 'kysely';
import type { Db, Viewer } from '../../../platform/db/scoped-db.js';
import { valueOrder } from '../../../platform/http/value-order.js';
import type { FieldRules } from '../../../platform/http/field-wall.rules.js';
import { costsOfTiers } from '../entitlements/index.js';
import { indicatorsOf } from './check-definition.rules.js';
import { runInForce, snapshotOf, tiersInForce } from './runs.queries.js';
import { featureName, isFeatureKept, ownNumberFields } from './tier-features.js';
import { fixedWeights } from './weigh.rules.js';

/** The tiers of today over the customers that the reader sees. 0.2 s at a million. */
export async function tierOverview(db: Db, viewer: Viewer): Promise<TierOverview> {
  const inForce = await tiersInForce(db);
  const { rows } = await sql<{ tierId: number | null; customers: number; clv: number }>`
    select tier_id as "tierId", count(*) as customers, coalesce(sum(clv), 0) as clv
    from register_entry group by tier_id`.execute(db);
  const costs = await costsOfTiers(db);
  const waiting = await db
    .selectFrom('tier_decision')
    .where('status', '=', 'waiting')
    .select((select) => select.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return {
    run: await runInForce(db, viewer),
    tiers: (inForce?.tiers ?? []).map((tier) => {
      const own = rows.find((row) => row.tierId === tier.tierId);
      const customers = own?.customers ?? 0;
      return { ...tier, customers, clv: own?.clv ?? 0, costMinor: customers * (costs.get(tier.tierId) ?? 0) };
    }),
    ungraded: rows.find((row) => row.tierId === null)?.customers ?? 0,
    waitingDecisions: waiting.count,
  };
}

interface Near {
  customerId: number;
  customerNo: string;
  name: string;
  ownerName: string | null;
  clv: number | null;
  tierId: number;
  score: number;
  points: number[];
}

/** Who is nearest below the cut-off of one tier, by the policy alone: a tier by hand is lifted by hand. The index of the register finds the tier's customers. */
async function nearest(
  db: Db,
  rules: FieldRules,
  { tierRunId, tierId, limit }: { tierRunId: number; tierId: number; limit: number },
): Promise<Near[]> {
  const { by } = valueOrder(rules, 'c.clv');
  const { rows } = await sql<Near>`
    select c.customer_id as "customerId", c.customer_no as "customerNo", c.name, u.name as "ownerName", c.clv,
      c.tier_id as "tierId", g.score, g.points
    from tier_result g join register_entry c on c.customer_id = g.customer_id
      left join colleague u on u.user_id = c.owner_id
    where g.tier_run_id = ${tierRunId}::bigint and c.tier_id = ${tierId}::int and not exists (
      select from tier_decision d
      where d.customer_id = c.customer_id and d.kind = 'override' and d.status = 'approved')
    order by g.score desc, ${by} desc nulls last, c.customer_id limit ${limit}`.execute(db);
  return rows;
}

/** Customers who are nearest to the tier above their own, and the indicator in which most is to be gained. */
export async function upgradeCandidates(
  db: Db,
  query: { tierId?: number[] | undefined; limit: number },
  { language, fieldRules }: { language: Language; fieldRules: FieldRules },
): Promise<TierCandidates> {
  const run = await db
    .selectFrom('tier_run')
    .where('status', '=', 'in_force')
    .select(['tier_run_id as tierRunId', 'snapshot'])
    .executeTakeFirst();
  const inForce = await tiersInForce(db);
  if (!run || !inForce) return { items: [] };
  const snapshot = snapshotOf(run.snapshot);
  const { ofWhole } = fixedWeights(snapshot.definition);
  const indicators = indicatorsOf(snapshot.definition);
  const own = await ownNumberFields(db);
  const kept = indicators.map(({ feature }) => isFeatureKept(feature, fieldRules));
  const leverOf = (points: readonly number[]) => {
    const rooms = points.map((value, i) => (kept[i] ? 0 : ((10_000 - value) / 100) * (ofWhole[i] ?? 0)));
    const at = rooms.indexOf(Math.max(...rooms));
    const feature = indicators[at]?.feature ?? '';
    return {
      feature,
      name: featureName(feature, language, own),
      points: (points[at] ?? 0) / 100,
      room: rooms[at] ?? 0,
    };
  };
  const items: TierCandidates['items'] = [];
  for (const [place, tier] of inForce.tiers.entries()) {
    const above: Tier | undefined = inForce.tiers[place - 1];
    const cut = snapshot.cutScores[place - 1] ?? null;
    const isAsked = query.tierId === undefined || query.tierId.includes(tier.tierId);
    if (!above || cut === null || !isAsked) continue;
    for (const { points, score, tierId: _, ...customer } of await nearest(db, fieldRules, {
      tierRunId: run.tierRunId,
      tierId: tier.tierId,
      limit: query.limit,
    })) {
      items.push({
        ...customer,
        tier,
        next: above,
        score: score / 100,
        missing: Math.max(0, (cut - score) / 100),
        lever: leverOf(points),
      });
    }
  }
  const { place: worth } = valueOrder(fieldRules, 'clv');
  items.sort((a, b) => a.missing - b.missing || (worth(b.clv) ?? 0) - (worth(a.clv) ?? 0));
  return { items: items.slice(0, query.limit) };
}

import type { CustomerTier, Tier } from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';
import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { FieldRules } from '../../../platform/http/field-wall.rules.js';
import { mustSeeCustomer } from '../../records/customers/index.js';
import { explainScore, type ExplainedIndicator } from './explain-score.rules.js';
import { snapshotOf, type RunSnapshot } from './runs.queries.js';
import { findFeature, featureName, isFeatureKept, ownNumberFields } from './tier-features.js';
import { tierPeriods, type TierFact } from './tier-periods.rules.js';

export interface ResultRow {
  tierRunId: number;
  tierPolicyId: number;
  asOf: string;
  effectiveOn: string;
  snapshot: unknown;
  score: number;
  computedTierId: number;
  tierId: number;
  since: string;
  why: CustomerTier['why'];
  measured: (number | null)[];
  points: number[];
}

/** The customer's row of each run that was ever in force, the latest first. */
export async function resultsOf(db: Db, customerId: number): Promise<ResultRow[]> {
  const { rows } = await sql<ResultRow>`
    select r.tier_run_id as "tierRunId", r.tier_policy_id as "tierPolicyId", r.as_of as "asOf",
      r.effective_on as "effectiveOn", r.snapshot, g.score, g.computed_tier_id as "computedTierId",
      g.tier_id as "tierId", g.since, g.why, g.measured, g.points
    from tier_run r join tier_result g on g.tier_run_id = r.tier_run_id and g.customer_id = ${customerId}::bigint
    where r.in_force_at is not null order by r.effective_on desc, r.in_force_at desc`.execute(db);
  return rows;
}

export interface DecisionRow {
  kind: 'demotion' | 'override';
  tierRunId: number | null;
  toTierId: number;
  effectiveOn: string;
  /** The first day on which it no longer holds. */
  until: string | null;
  expiresOn: string | null;
  reason: string | null;
  decidedByName: string | null;
}

export async function decisionsOf(db: Db, customerId: number): Promise<DecisionRow[]> {
  const { rows } = await sql<DecisionRow>`
    select d.kind, d.tier_run_id as "tierRunId", d.to_tier_id as "toTierId", d.effective_on as "effectiveOn",
      coalesce(d.ended_on, d.expires_on) as until, d.expires_on as "expiresOn",
      coalesce(d.reason, d.note) as reason, u.name as "decidedByName"
    from tier_decision d left join colleague u on u.user_id = d.decided_by
    where d.customer_id = ${customerId}::bigint and d.decided_at is not null and d.status in ('approved', 'ended')
    order by d.effective_on, d.tier_decision_id`.execute(db);
  return rows;
}

/** A demotion that a run asked for. */
export interface FateRow {
  tierRunId: number;
  status: 'waiting' | 'approved' | 'refused' | 'ended';
  note: string | null;
  decidedByName: string | null;
  /** The first day on which the decision holds; null where nobody decided. */
  decidedOn: string | null;
}

export async function fatesOf(db: Db, customerId: number): Promise<FateRow[]> {
  const { rows } = await sql<FateRow>`
    select d.tier_run_id as "tierRunId", d.status, d.note, u.name as "decidedByName",
      case when d.decided_at is not null then d.effective_on end as "decidedOn"
    from tier_decision d left join colleague u on u.user_id = d.decided_by
    where d.customer_id = ${customerId}::bigint and d.kind = 'demotion' order by d.tier_decision_id desc`.execute(
    db,
  );
  return rows;
}

/** As it was on a day: what was decided later waited then. */
function fateOn(fates: readonly FateRow[], tierRunId: number, on: string): CustomerTier['demotion'] {
  const found = fates.find((fate) => fate.tierRunId === tierRunId);
  if (!found) return null;
  const { status, note, decidedByName, decidedOn } = found;
  if (decidedOn !== null && decidedOn > on) return { status: 'waiting', note: null, decidedByName: null };
  return { status, note, decidedByName };
}

export async function tiersById(db: Db): Promise<Map<number, Tier>> {
  const rows = await db
    .selectFrom('tier')
    .select(['tier_id as tierId', 'rank', 'name', 'badge'])
    .$castTo<Tier>()
    .execute();
  return new Map(rows.map((row) => [row.tierId, row]));
}

/** What happened to the customer's tier, in the order in which it holds. */
export function factsOf(results: readonly ResultRow[], decisions: readonly DecisionRow[]): TierFact[] {
  return [
    ...results.map((result): TierFact => ({
      kind: 'policy',
      on: result.effectiveOn,
      until: null,
      tierRunId: result.tierRunId,
      tierId: result.tierId,
    })),
    ...decisions.map((decision): TierFact => ({
      kind: decision.kind,
      on: decision.effectiveOn,
      until: decision.kind === 'override' ? decision.until : null,
      tierRunId: decision.tierRunId,
      tierId: decision.toTierId,
    })),
  ];
}

/**
 * Where on its own scale each indicator begins to give the points that are needed, among the customers of the run whom the
 * reader sees: what others measure is not his to know. One pass, half a second at a million.
 */
async function measuredAt(
  db: Db,
  tierRunId: number,
  explained: readonly ExplainedIndicator[],
): Promise<(number | null)[]> {
  const asked = explained.flatMap(({ neededPoints, indicator }, i) =>
    neededPoints === null
      ? []
      : [
          sql`${indicator.direction === 'more' ? sql`min` : sql`max`}(measured[${i + 1}::int])
            filter (where points[${i + 1}::int] >= ${neededPoints}::int) as ${sql.id(`m${i}`)}`,
        ],
  );
  if (asked.length === 0) return explained.map(() => null);
  const { rows } = await sql<Record<string, number | null>>`
    select ${sql.join(asked)} from tier_result where tier_run_id = ${tierRunId}::bigint`.execute(db);
  return explained.map((_, i) => rows[0]?.[`m${i}`] ?? null);
}

export function nameThen(snapshot: RunSnapshot | null, tierId: number, tiers: Map<number, Tier>): string {
  const then = snapshot?.tiers.find((tier) => tier.tierId === tierId)?.name;
  return then ?? tiers.get(tierId)?.name ?? '';
}

const ungraded = (on: string): CustomerTier => ({
  on,
  tier: null,
  nameThen: null,
  source: null,
  since: null,
  score: null,
  computedTier: null,
  why: null,
  policy: null,
  next: null,
  cutScore: null,
  total: null,
  reasons: [],
  keptBack: 0,
  decision: null,
  demotion: null,
});

interface Asking {
  customerId: number;
  on: string;
  language: Language;
  /** What is kept from the reader is left out of the reasons. */
  fieldRules: FieldRules;
}

async function reasonsOf(
  db: Db,
  result: ResultRow,
  snapshot: RunSnapshot,
  wanted: number | null,
  { language, fieldRules }: Asking,
): Promise<Pick<CustomerTier, 'reasons' | 'keptBack'>> {
  const own = await ownNumberFields(db);
  const explained = explainScore(snapshot.definition, result.points, result.score, wanted);
  const measured = await measuredAt(db, result.tierRunId, explained);
  const reasons = explained.flatMap((each, i) => {
    const { feature } = each.indicator;
    if (isFeatureKept(feature, fieldRules)) return [];
    const { axis, axisName, points, weight, contribution, neededPoints } = each;
    const reason = {
      axis,
      axisName,
      feature,
      name: featureName(feature, language, own),
      unit: findFeature(feature, own)?.unit ?? 'rate',
      measured: result.measured[i] ?? null,
      points,
      weight,
      contribution,
      needed: neededPoints === null ? null : { points: neededPoints / 100, measured: measured[i] ?? null },
    };
    return [reason];
  });
  return { reasons, keptBack: explained.length - reasons.length };
}

function placesOf(snapshot: RunSnapshot, tierId: number) {
  const place = snapshot.tiers.findIndex((tier) => tier.tierId === tierId);
  const cut = (at: number) => snapshot.cutScores[at] ?? null;
  return {
    own: place < 0 ? null : cut(place),
    above: place > 0 ? { tier: snapshot.tiers[place - 1], cut: cut(place - 1) } : null,
  };
}

/**
 * Which tier a customer had on a day, by which policy, and why: taken from what was kept then, so that the answer does not
 * change when prices, names or policies do.
 * @throws CodedError customers.not_found
 */
export async function getCustomerTier(db: Db, asking: Asking): Promise<CustomerTier> {
  const { customerId, on } = asking;
  await mustSeeCustomer(db, customerId);
  const results = await resultsOf(db, customerId);
  const decisions = await decisionsOf(db, customerId);
  const periods = tierPeriods(factsOf(results, decisions));
  const period = periods.find(({ from, to }) => from <= on && (to === null || on < to));
  if (!period) return ungraded(on);
  const tiers = await tiersById(db);
  const result = results.find((row) => row.effectiveOn <= on);
  const snapshot = result ? snapshotOf(result.snapshot) : null;
  const decision = decisions.findLast(
    (each) => each.kind === period.kind && each.toTierId === period.tierId && each.effectiveOn <= on,
  );
  const base = {
    on,
    tier: tiers.get(period.tierId) ?? null,
    nameThen: nameThen(snapshot, period.tierId, tiers),
    source: period.kind,
    since: period.since,
    decision:
      period.kind === 'policy' || !decision
        ? null
        : { reason: decision.reason, expiresOn: decision.expiresOn, decidedByName: decision.decidedByName },
  };
  if (!result || !snapshot) return { ...ungraded(on), ...base };
  const { own, above } = placesOf(snapshot, period.tierId);
  const wanted = above?.cut ?? null;
  const next =
    above?.tier && wanted !== null
      ? { tier: above.tier, cutScore: wanted / 100, missing: Math.max(0, (wanted - result.score) / 100) }
      : null;
  return {
    ...base,
    score: result.score / 100,
    computedTier: tiers.get(result.computedTierId) ?? null,
    why: result.why,
    policy: {
      tierPolicyId: result.tierPolicyId,
      name: snapshot.policyName,
      versionNo: snapshot.versionNo ?? 0,
      tierRunId: result.tierRunId,
      asOf: result.asOf,
    },
    next,
    cutScore: own === null ? null : own / 100,
    total: snapshot.definition.total,
    demotion: fateOn(await fatesOf(db, customerId), result.tierRunId, on),
    ...(await reasonsOf(db, result, snapshot, wanted, asking)),
  };
}

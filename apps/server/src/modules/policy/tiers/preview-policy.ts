import type { Tier, TierDefinition, TierPreview, TierPreviewInput, TierSummary } from '@kezi/contract';
import { CodedError, type Language } from '@kezi/contract/errors';
import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { Platform } from '../../../platform/platform.js';
import { latestPublishedRuns } from '../../insight/valuation/index.js';
import { readSettings } from '../../people/settings/index.js';
import { dayIn, type Among } from '../../records/customers/index.js';
import { costsOfTiers } from '../entitlements/index.js';
import { type Graded } from './grade.rules.js';
import { gradeAside } from './grade-aside.js';
import { keepIndicators, type Basis, type KeptIndicators } from './indicator-cache.js';
import { nameMovers } from './name-movers.js';
import { tiersInForce, type GivenTiers } from './runs.queries.js';
import { heldPlaces, summariseGrades } from './summarise-grades.rules.js';
import { tiersOfSet } from './tier-sets.js';
import { checkPolicy, getPolicy } from './write-policy.js';

interface Side {
  definition: TierDefinition;
  tiers: Tier[];
  isPublished: boolean;
}

interface Plan {
  basis: Basis;
  today: string;
  side: Side;
  against: Side | null;
  inForce: GivenTiers | null;
  /** Of a customer and year, by tier. */
  costs: ReadonlyMap<number, number>;
}

/** What figures are true for: those of the last published valuation, else today. */
export async function basisOf(
  db: Db,
  now: Date,
): Promise<{ basis: Basis; today: string; inForce: GivenTiers | null }> {
  const { latest } = await latestPublishedRuns(db);
  const today = dayIn((await readSettings(db)).timeZone, now);
  const inForce = await tiersInForce(db);
  const basis = {
    asOf: latest?.asOf ?? today,
    valuationRunId: latest?.valuationRunId ?? null,
    previousRunId: inForce?.tierRunId ?? null,
  };
  return { basis, today, inForce };
}

async function planOf(db: Db, input: TierPreviewInput, now: Date, language: Language): Promise<Plan> {
  await checkPolicy(db, input, language);
  const tiers = await tiersOfSet(db, input.tierSetId);
  const against = input.againstPolicyId === undefined ? null : await getPolicy(db, input.againstPolicyId);
  return {
    ...(await basisOf(db, now)),
    side: { definition: input.definition, tiers, isPublished: false },
    against: against && {
      definition: against.definition,
      tiers: await tiersOfSet(db, against.tierSetId),
      isPublished: against.status !== 'draft',
    },
    costs: await costsOfTiers(db),
  };
}

async function gradeSide(
  platform: Platform,
  plan: Plan,
  side: Side,
): Promise<{ graded: Graded; kept: KeptIndicators }> {
  const kept = await keepIndicators(platform, plan.basis, side.definition);
  const { table } = kept;
  if (table.size === 0) throw new CodedError('tiers.no_customers');
  const ids = side.tiers.map((tier) => tier.tierId);
  const previous =
    plan.inForce === null
      ? null
      : heldPlaces({ tierId: table.heldTierId, since: table.heldSince }, ids, plan.today);
  const graded = await gradeAside({
    definition: side.definition,
    tiers: side.tiers.length,
    measured: kept.points.map((points, i) =>
      points ? new Float64Array() : (kept.measured[i] ?? new Float64Array()),
    ),
    points: kept.points,
    pointDoubts: kept.pointDoubts,
    previous,
    isPublished: side.isPublished,
    customerId: null,
  });
  kept.keep(graded);
  return { graded, kept };
}

/** Customers with where they come from and where they go. */
interface Part {
  graded: Graded;
  from: Uint8Array;
  clv: Float64Array;
  customerId: Float64Array;
}

/** Customers, value and cost of the tiers that customers come from. */
function sharesOf(
  { moves }: TierSummary,
  tiers: readonly Tier[],
  costs: Plan['costs'],
  cutScores: readonly number[],
): TierPreview['against'] {
  return tiers.map(({ tierId }, place) => {
    const own = moves.filter((move) => move.fromTierId === tierId);
    const customers = own.reduce((sum, move) => sum + move.customers, 0);
    const cut = (cutScores[place] ?? Number.NEGATIVE_INFINITY) / 100;
    return {
      tierId,
      customers,
      clv: own.reduce((sum, move) => sum + move.clv, 0),
      cutScore: Number.isFinite(cut) ? cut : null,
      costMinor: customers * (costs.get(tierId) ?? 0),
    };
  });
}

/** Places in the table of the customers who are meant. */
async function placesOf(platform: Platform, among: Among, customerId: Float64Array): Promise<Uint32Array> {
  const members = await platform.db.asSystem(async (db) => {
    const { rows } = await sql<{ id: number }>`
      select customer_id as id from register_entry where ${among('customer_id')}`.execute(db);
    return new Set(rows.map(({ id }) => id));
  });
  return Uint32Array.from(customerId.keys()).filter((place) => members.has(customerId[place] ?? 0));
}

/** The grading of some customers alone: everybody was graded, they are counted. */
function partAt(all: Part, places: Uint32Array | null): Part {
  if (places === null) return all;
  const { graded, from, clv, customerId } = all;
  const tiersAt = (column: Uint8Array) => Uint8Array.from(places, (place) => column[place] ?? 0);
  const figuresAt = (column: Float64Array) => Float64Array.from(places, (place) => column[place] ?? 0);
  return {
    graded: {
      ...graded,
      given: tiersAt(graded.given),
      computed: tiersAt(graded.computed),
      why: tiersAt(graded.why),
    },
    from: tiersAt(from),
    clv: figuresAt(clv),
    customerId: figuresAt(customerId),
  };
}

/**
 * What a policy would do to the customers of today, without keeping anything: who moves, from the tiers in force or from those
 * of another policy.
 * @param reader.among who is counted; everybody is graded
 * @throws CodedError tiers.* where the policy does not hold together, tiers.no_customers
 */
export async function previewPolicy(
  platform: Platform,
  input: TierPreviewInput,
  language: Language,
  { among, isValueKept }: { among: Among | null; isValueKept: boolean },
): Promise<TierPreview> {
  const plan = await platform.db.asSystem((db) => planOf(db, input, platform.clock.now(), language));
  const { side, against, inForce, basis, costs } = plan;
  const { graded, kept } = await gradeSide(platform, plan, side);
  const fromTiers = against?.tiers ?? inForce?.tiers ?? [];
  const fromIds = fromTiers.map((tier) => tier.tierId);
  const { table } = kept;
  const other = against && (await gradeSide(platform, plan, against)).graded;
  const from = other
    ? other.given
    : heldPlaces({ tierId: table.heldTierId, since: table.heldSince }, fromIds, plan.today).tier;
  const places = among && (await placesOf(platform, among, table.customerId));
  const part = partAt({ graded, from, clv: table.clv, customerId: table.customerId }, places);
  const toIds = side.tiers.map((tier) => tier.tierId);
  const summary = summariseGrades({
    definition: side.definition,
    ...part,
    tierIds: toIds,
    fromTierIds: fromIds,
    costMinor: side.tiers.map((tier) => costs.get(tier.tierId) ?? 0),
  });
  if (basis.valuationRunId === null) {
    summary.doubts.push({ kind: 'not-valued', subject: null, figure: null });
  }
  return {
    ...summary,
    asOf: basis.asOf,
    movers: await nameMovers(platform, {
      ...part,
      isValueKept,
      fromTierIds: fromIds,
      toTierIds: toIds,
    }),
    fromTiers,
    toTiers: side.tiers,
    against: sharesOf(summary, fromTiers, costs, other?.cutScores ?? []),
  };
}

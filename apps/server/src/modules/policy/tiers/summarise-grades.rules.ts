import type { TierDefinition, TierDoubt, TierSummary } from '@kezi/contract';
import { indicatorsOf } from './check-definition.rules.js';
import { noTier, type Graded } from './grade.rules.js';

interface Summarised {
  definition: TierDefinition;
  graded: Graded;
  clv: Float64Array;
  /** From the highest. */
  tierIds: readonly number[];
  /** Of the tiers that customers come from, which may be another set. */
  fromTierIds: readonly number[];
  /** Place in `fromTierIds`, or `noTier`. */
  from: Uint8Array;
  /** Minor units a customer and year, in the order of `tierIds`. */
  costMinor: readonly number[];
}

interface Sum {
  customers: number;
  clv: number;
}

function addTo(sums: Map<number, Sum>, key: number, clv: number): void {
  const sum = sums.get(key);
  if (sum) {
    sum.customers += 1;
    sum.clv += clv;
  } else sums.set(key, { customers: 1, clv });
}

/** Says tiers by their number, where the rules know places only. */
function named(doubt: TierDoubt, tierIds: readonly number[]): TierDoubt {
  const ofTier = doubt.kind === 'tier-empty' || doubt.kind === 'all-in-one' || doubt.kind === 'ties';
  return ofTier ? { ...doubt, subject: String(tierIds[Number(doubt.subject)] ?? '') } : doubt;
}

/** What a grading means in sums: customers, value and cost of each tier, and who moves where. */
export function summariseGrades(input: Summarised): TierSummary {
  const { definition, graded, clv, tierIds, fromTierIds, from, costMinor } = input;
  const moves = new Map<number, Sum>();
  const held = [0, 0, 0, 0, 0];
  for (let i = 0; i < graded.given.length; i++) {
    addTo(moves, (from[i] ?? noTier) * 256 + (graded.given[i] ?? 0), clv[i] ?? 0);
    const why = graded.why[i] ?? 0;
    held[why] = (held[why] ?? 0) + 1;
  }
  const tiers = tierIds.map((tierId, place) => {
    const own = [...moves].filter(([key]) => key % 256 === place).map(([, sum]) => sum);
    const customers = own.reduce((sum, each) => sum + each.customers, 0);
    const cut = (graded.cutScores[place] ?? Number.NEGATIVE_INFINITY) / 100;
    return {
      tierId,
      customers,
      clv: own.reduce((sum, each) => sum + each.clv, 0),
      cutScore: Number.isFinite(cut) ? cut : null,
      costMinor: customers * (costMinor[place] ?? 0),
    };
  });
  const indicators = indicatorsOf(definition);
  const percent = (share: number | undefined) => (share ?? 0) * 100;
  return {
    customers: graded.given.length,
    clv: tiers.reduce((sum, tier) => sum + tier.clv, 0),
    tiers,
    moves: [...moves].map(([key, sum]) => ({
      fromTierId: fromTierIds[Math.floor(key / 256)] ?? null,
      toTierId: tierIds[key % 256] ?? 0,
      ...sum,
    })),
    held: { hysteresis: held[2] ?? 0, minimumStay: held[3] ?? 0, approval: held[4] ?? 0 },
    weights: indicators.map(({ axis, feature }, i) => ({
      axis,
      feature,
      weight: percent(graded.weights.ofWhole[i]),
      withinAxis: percent(graded.weights.withinAxis[i]),
    })),
    axisWeights: definition.axes.map((axis, i) => ({
      axis: axis.key,
      weight: percent(graded.weights.axes[i]),
    })),
    consistency: graded.weights.consistency,
    doubts: graded.doubts.map((doubt) => named(doubt, tierIds)),
  };
}

const dayMs = 86_400_000;

/** The tiers customers hold, as places among `tierIds`, and for how many months up to a day. */
export function heldPlaces(
  held: { tierId: Float64Array; since: Float64Array },
  tierIds: readonly number[],
  on: string,
): { tier: Uint8Array; months: Float64Array } {
  const places = new Map(tierIds.map((tierId, place) => [tierId, place]));
  const today = Date.parse(`${on}T00:00:00Z`) / dayMs;
  return {
    tier: Uint8Array.from(held.tierId, (tierId) => places.get(tierId) ?? noTier),
    months: held.since.map((since) => (today - since) / 30.44),
  };
}

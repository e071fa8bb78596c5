import type { TierDefinition, TierDoubt } from '@kezi/contract';
import { normaliseColumn, topsisCloseness } from '@kezi/stats';
import { indicatorsOf } from './check-definition.rules.js';
import { fixedWeights, fullPoints, keptScore, weighIndicators, type Weights } from './weigh.rules.js';

/** Why a customer has the tier it has. */
export const reasonsOfTier = ['first', 'score', 'hysteresis', 'minimum-stay', 'approval'] as const;

/** Tiers are places here: 0 the highest; `none` a customer who had none. */
export const noTier = 255;

export interface GradeInput {
  definition: TierDefinition;
  tiers: number;
  /** In the order of `indicatorsOf`; NaN where nothing was measured. Not read where points are given. */
  measured: readonly Float64Array[];
  /** Points that were worked out before. */
  points: readonly (Int16Array | null)[];
  /** What was doubted of their indicators then; none where no points are given. */
  pointDoubts?: readonly (TierDoubt | null)[];
  /** The tier each customer comes from, and for how many months it has had it; null at the first grading. */
  previous: { tier: Uint8Array; months: Float64Array } | null;
  /** Weights stand in the version: entropy and CRITIC are not asked again. */
  isPublished: boolean;
  /** Of a run that is looked at again, in place of those that follow from the scores of today's customers. */
  cutScores?: readonly number[];
}

export interface Graded {
  points: Int16Array[];
  /** What is doubted of each indicator, in their order. */
  pointDoubts: (TierDoubt | null)[];
  weights: Weights;
  /** 0 to 10,000, to two digits. */
  score: Float64Array;
  /** The least score of each tier, from the highest; -Infinity for the last. */
  cutScores: number[];
  /** By the score alone, and as given. */
  computed: Uint8Array;
  given: Uint8Array;
  /** Place in `reasonsOfTier`. */
  why: Uint8Array;
  doubts: TierDoubt[];
}

/** Where more customers than this share lack a value, it is said. */
const manyHoles = 0.2;

function pointsOf(input: GradeInput): { column: Int16Array; doubt: TierDoubt | null }[] {
  return indicatorsOf(input.definition).map((indicator, i) => {
    const { feature, normalisation, direction, missing } = indicator;
    const known = input.points[i];
    if (known) return { column: known, doubt: input.pointDoubts?.[i] ?? null };
    const { shares, holes, isConstant } = normaliseColumn(
      input.measured[i] ?? new Float64Array(),
      normalisation,
      direction,
    );
    const share = shares.length === 0 ? 0 : holes / shares.length;
    const ofHole = missing === 'middle' ? fullPoints / 2 : 0;
    const column = new Int16Array(shares.length);
    for (let row = 0; row < column.length; row++) {
      const value = shares[row] ?? Number.NaN;
      column[row] = Number.isNaN(value) ? ofHole : Math.round(value * fullPoints);
    }
    return { column, doubt: doubtOf(feature, share, isConstant) };
  });
}

function doubtOf(feature: string, holes: number, isConstant: boolean): TierDoubt | null {
  if (isConstant) return { kind: 'constant', subject: feature, figure: null };
  return holes > manyHoles ? { kind: 'holes', subject: feature, figure: holes } : null;
}

/** The total of each customer. Rounded to two digits, so that equal customers are equal. */
function scoresOf(definition: TierDefinition, points: readonly Int16Array[], weights: readonly number[]) {
  const size = points[0]?.length ?? 0;
  const score = new Float64Array(size);
  if (definition.total === 'topsis') {
    const shares = points.map((column) => Float64Array.from(column, (value) => value / fullPoints));
    const closeness = topsisCloseness(shares, weights);
    for (let i = 0; i < size; i++) score[i] = keptScore((closeness[i] ?? 0) * fullPoints);
    return score;
  }
  for (const [j, column] of points.entries()) {
    const weight = weights[j] ?? 0;
    for (let i = 0; i < size; i++) score[i] = (score[i] ?? 0) + weight * (column[i] ?? 0);
  }
  for (let i = 0; i < size; i++) score[i] = keptScore(score[i] ?? 0);
  return score;
}

/**
 * The least score of each tier, from the highest. By share or number it is the score of the last customer who still fits;
 * whoever has the same score gets the same tier.
 */
export function cutScoresOf(definition: TierDefinition, score: Float64Array): number[] {
  const { cut, cuts } = definition;
  if (cut === 'score') return [...cuts.map((value) => value * 100), Number.NEGATIVE_INFINITY];
  const sorted = score.toSorted();
  let reached = 0;
  const scores = cuts.map((value) => {
    reached += cut === 'count' ? value : value * sorted.length;
    const place = Math.min(sorted.length, Math.round(reached));
    if (place === 0) return Number.POSITIVE_INFINITY;
    return sorted[sorted.length - place] ?? Number.NEGATIVE_INFINITY;
  });
  return [...scores, Number.NEGATIVE_INFINITY];
}

function tierAt(score: number, cutScores: readonly number[], margin: number): number {
  let tier = 0;
  while (score < (cutScores[tier] ?? Number.NEGATIVE_INFINITY) + margin) tier++;
  return tier;
}

/**
 * The tier of one customer who had `previous`: up as far as the score passes cut-offs by the margin, down as far as it falls
 * short of them by the margin, and where it was in between. With the same past a better score never gives a lower tier.
 */
export function tierAfter(
  score: number,
  cutScores: readonly number[],
  margin: number,
  previous: number,
): number {
  const best = tierAt(score, cutScores, -margin);
  const worst = tierAt(score, cutScores, margin);
  return Math.min(worst, Math.max(best, previous));
}

function giveTiers(input: GradeInput, score: Float64Array, cutScores: readonly number[]) {
  const { definition, previous } = input;
  const margin = definition.hysteresis * 100;
  const computed = new Uint8Array(score.length);
  const given = new Uint8Array(score.length);
  const why = new Uint8Array(score.length);
  for (let i = 0; i < score.length; i++) {
    const own = score[i] ?? 0;
    const byScore = tierAt(own, cutScores, 0);
    const before = previous?.tier[i] ?? noTier;
    computed[i] = byScore;
    given[i] = byScore;
    if (before === noTier) continue;
    const after = tierAfter(own, cutScores, margin, before);
    given[i] = after;
    why[i] = after === byScore ? 1 : 2;
    if (after <= before) continue;
    if ((previous?.months[i] ?? 0) < definition.minimumStayMonths) why[i] = 3;
    else if (definition.demotionApproval === 'all') why[i] = 4;
    else continue;
    given[i] = before;
    // Where it goes if it is approved.
    computed[i] = after;
  }
  return { computed, given, why };
}

/** More than a fifth above what was asked for. */
const manyTies = 1.2;

function doubtsOfTiers(input: GradeInput, computed: Uint8Array): TierDoubt[] {
  const { definition, tiers } = input;
  const counts = Array.from({ length: tiers }, () => 0);
  for (const tier of computed) counts[tier] = (counts[tier] ?? 0) + 1;
  if (counts.includes(computed.length)) {
    return [{ kind: 'all-in-one', subject: String(counts.indexOf(computed.length)), figure: null }];
  }
  return counts.flatMap((count, i): TierDoubt[] => {
    if (count === 0) return [{ kind: 'tier-empty', subject: String(i), figure: null }];
    const cut = definition.cuts[i];
    if (definition.cut === 'score' || cut === undefined) return [];
    const wanted = definition.cut === 'count' ? cut : cut * computed.length;
    return wanted >= 5 && count > wanted * manyTies
      ? [{ kind: 'ties', subject: String(i), figure: count / wanted }]
      : [];
  });
}

/** Judgements with a larger ratio contradict each other (Saaty 1980). */
export const mostContradiction = 0.1;

/**
 * Grades all customers. The same input gives the same bytes: points are whole numbers, scores have two digits, and sums run in the
 * order of the policy.
 */
export function gradeCustomers(input: GradeInput): Graded {
  const indicators = pointsOf(input);
  const points = indicators.map(({ column }) => column);
  const pointDoubts = indicators.map(({ doubt }) => doubt);
  const weights = input.isPublished
    ? fixedWeights(input.definition)
    : weighIndicators(input.definition, points);
  const score = scoresOf(input.definition, points, weights.ofWhole);
  const cutScores = [...(input.cutScores ?? cutScoresOf(input.definition, score))];
  const tiers = giveTiers(input, score, cutScores);
  const doubts = [...pointDoubts.filter((doubt) => doubt !== null), ...doubtsOfTiers(input, tiers.computed)];
  for (const { of, ratio } of weights.consistency) {
    if (ratio > mostContradiction) doubts.push({ kind: 'contradiction', subject: of, figure: ratio });
  }
  return { points, pointDoubts, weights, score, cutScores, ...tiers, doubts };
}

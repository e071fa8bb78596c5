import type { CodedLevels } from '../features/code-levels.js';
import { covarianceOfExponentials } from '../optimise/delta-method.js';
import type { Fit, FitOptions } from '../optimise/fit-by-likelihood.js';
import { hessianOf } from '../optimise/hessian.js';
import { minimise, type Objective } from '../optimise/lbfgs.js';
import { inverseOfPositiveDefinite } from '../optimise/symmetric-matrix.js';
import { customerModels, type CustomerModelName } from '../purchase/customer-models.js';
import { checkPurchaseSummary, coarsenSummary, type PurchaseSummary } from '../purchase/purchase-summary.js';
import {
  inQuantities,
  segmentCoordinates,
  transformed,
  type SegmentCoordinates,
} from './segment-coordinates.js';
import { posteriorOf, varianceBetween, type SegmentParabola } from './segment-spread.js';

type Parameters = Record<string, number>;

/** Why a segment takes the parameters of all customers as they are. */
export type SegmentReason = 'too-few-customers' | 'no-other-segment' | 'pooled-not-trusted' | 'not-converged';

/** One segment: its parameters, and how much of them its own customers say. */
export interface SegmentFit {
  segment: string;
  customers: number;
  /** Customers with a repeat order. */
  repeaters: number;
  /** To use for its customers: own data and the pooled fit, each by what it tells. */
  parameters: Parameters;
  /** Posterior standard deviations of the parameters; null where the pooled parameters are taken. */
  standardErrors: Parameters | null;
  /** Posterior covariance of the parameters as the segment has them, given the pooled ones; null where those are taken. */
  covariance: number[][] | null;
  /** Share of the parameters that its own customers settle, 0 (pooled) to 1 (as if fitted alone): mean of `weights`. */
  weight: number;
  /** The same for each quantity, such as orderRate; empty where the pooled parameters are taken. */
  weights: Record<string, number>;
  /** Of its customers under these parameters, and under the pooled ones. */
  logLikelihood: number;
  pooledLogLikelihood: number;
  /** Why it takes the pooled parameters; null when it has its own. */
  reason: SegmentReason | null;
}

/** A model fitted by segment: plain data, keeps nothing of what it was fitted on. */
export interface SegmentedFit {
  name: CustomerModelName;
  /** The fit to all customers: what small segments lean on, and what a segment not seen here takes. */
  pooled: Fit<Parameters>;
  /** In the order of the levels; those without customers are left out. */
  segments: SegmentFit[];
  /** Standard deviation between segments of each quantity, in logs: 0.1 is about 10 %. Null where it cannot be estimated. */
  spread: Record<string, number> | null;
  /** Sum over segments. */
  logLikelihood: number;
}

/** A segment smaller than this says nothing about four parameters. */
const FEWEST_CUSTOMERS = 10;
/** Variance at which the first look at a segment is made: half a log unit. */
const FIRST_VARIANCE = 0.25;
/** Rounds of looking at the segments and estimating the spread between them; two or three are enough as a rule. */
const MOST_ROUNDS = 6;
/** A change of the standard deviations between rounds below this share ends them. */
const SETTLED = 0.02;
/** From this many rows on the spread is estimated on coarse cells; the segments themselves never are. */
const COARSE_FROM = 1000;

interface OpenSegment {
  name: string;
  customers: number;
  /** In quantities, on coarse cells where there are many rows, and on all of them. */
  coarse: Objective;
  full: Objective;
  point: Float64Array;
}

/** The rows of each level, in their order. RangeError for a code that is no level. */
function rowsByLevel({ codes, levels }: CodedLevels, size: number): number[][] {
  if (codes.length !== size)
    throw new RangeError(`segments: ${codes.length} codes where ${size} rows are expected`);
  const rows = levels.map((): number[] => []);
  for (let i = 0; i < size; i++) {
    const own = rows[codes[i]!];
    if (own === undefined) throw new RangeError(`segments, row ${i}: ${codes[i]} is no level`);
    own.push(i);
  }
  return rows;
}

function pick(summary: PurchaseSummary, rows: readonly number[]): Required<PurchaseSummary> {
  const of = (column: Float64Array): Float64Array => Float64Array.from(rows, (i) => column[i]!);
  return {
    frequency: of(summary.frequency),
    recency: of(summary.recency),
    age: of(summary.age),
    weight: summary.weight ? of(summary.weight) : new Float64Array(rows.length).fill(1),
  };
}

/** Mean of minus the log-posterior of a segment a customer: its own likelihood and the normal prior about the centre. */
function penalised(
  objective: Objective,
  customers: number,
  centre: Float64Array,
  variances: Float64Array,
): Objective {
  return (point, gradient) => {
    let value = objective(point, gradient);
    for (let k = 0; k < point.length; k++) {
      const pull = (point[k]! - centre[k]!) / (variances[k]! * customers);
      value += 0.5 * pull * (point[k]! - centre[k]!);
      gradient[k]! += pull;
    }
    return value;
  };
}

interface SegmentPart {
  segment: string;
  own: Required<PurchaseSummary>;
  customers: number;
  repeaters: number;
}

/** The customers of each level that has any. */
function partsOf(summary: PurchaseSummary, segments: CodedLevels): SegmentPart[] {
  return rowsByLevel(segments, summary.frequency.length)
    .map((rows, level): SegmentPart => {
      const own = pick(summary, rows);
      return {
        segment: segments.levels[level]!,
        own,
        customers: own.weight.reduce((sum, w) => sum + w, 0),
        repeaters: own.weight.reduce((sum, w, i) => sum + (own.frequency[i]! > 0 ? w : 0), 0),
      };
    })
    .filter(({ customers }) => customers > 0);
}

/** Segments large enough to say something of their own, ready to be looked at from the centre. */
function openSegments(
  name: CustomerModelName,
  parts: readonly SegmentPart[],
  pooled: Parameters,
  centre: Float64Array,
): OpenSegment[] {
  const seen = segmentCoordinates[name];
  const objectiveOf = (part: PurchaseSummary): Objective =>
    inQuantities(seen.objective(part, pooled), seen.matrix);
  // Opportunities are whole numbers; cells of them have means that are not.
  const canCoarsen = customerModels[name].clock === 'time';
  return parts
    .filter(({ customers }) => customers >= FEWEST_CUSTOMERS)
    .map(({ segment, own, customers }) => {
      const full = objectiveOf(own);
      const isLarge = canCoarsen && own.frequency.length > COARSE_FROM;
      const coarse = isLarge ? objectiveOf(coarsenSummary(own)) : full;
      return { name: segment, customers, full, coarse, point: centre };
    });
}

/** The highest point of a segment's posterior and the parabola of its likelihood there; null when the search did not end well. */
function lookAt(
  objective: Objective,
  { customers, point }: OpenSegment,
  centre: Float64Array,
  variances: Float64Array,
): SegmentParabola | null {
  const target = penalised(objective, customers, centre, variances);
  const metric = inverseOfPositiveDefinite(hessianOf(target, point)) ?? undefined;
  const end = minimise(target, point, { gradientTolerance: 1e-8, inverseHessian: metric });
  if (!Number.isFinite(end.value) || !(end.reason === 'gradient' || end.gradientNorm < 1e-5)) return null;
  const gradient = new Float64Array(point.length);
  objective(end.point, gradient);
  const information = hessianOf(objective, end.point).map((row) => row.map((value) => value * customers));
  if (information.some((row) => row.some((value) => !Number.isFinite(value)))) return null;
  return { point: end.point, gradient: gradient.map((slope) => -slope * customers), information };
}

/** Looks at the segments and estimates the spread between them in turn, until both hold. */
function settleSpread(open: readonly OpenSegment[], centre: Float64Array): Float64Array {
  let variances = new Float64Array(centre.length).fill(FIRST_VARIANCE);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const parabolas: SegmentParabola[] = [];
    for (const segment of open) {
      const parabola = lookAt(segment.coarse, segment, centre, variances);
      if (parabola === null) continue;
      segment.point = parabola.point;
      parabolas.push(parabola);
    }
    const next = Float64Array.from(varianceBetween(parabolas, centre, variances));
    // Spreads below one per cent make no difference, whatever their ratio.
    const settled = next.every((value, k) => {
      const [now, before] = [Math.max(0.01, Math.sqrt(value)), Math.max(0.01, Math.sqrt(variances[k]!))];
      return Math.abs(Math.log(now / before)) < SETTLED;
    });
    variances = next;
    if (settled) break;
  }
  return variances;
}

const named = (names: readonly string[], values: ArrayLike<number>): Record<string, number> =>
  Object.fromEntries(names.map((name, k) => [name, values[k]!]));

/** Puts parameters that are known before the others: they have no variance. */
const withFixed = (covariance: number[][], count: number): number[][] => {
  const none = Array.from({ length: count }, () => 0);
  return [
    ...none.map(() => [...none, ...covariance.map(() => 0)]),
    ...covariance.map((row) => [...none, ...row]),
  ];
};

/** What a segment gets when its own customers count: posterior mode on all its rows, errors and weights. */
function ownParameters(
  segment: OpenSegment,
  seen: SegmentCoordinates,
  centre: Float64Array,
  variances: Float64Array,
  pooled: Parameters,
): Pick<
  SegmentFit,
  'parameters' | 'standardErrors' | 'covariance' | 'weight' | 'weights' | 'logLikelihood'
> | null {
  const parabola = lookAt(segment.full, segment, centre, variances);
  const posterior = parabola && posteriorOf(parabola, centre, variances);
  if (!parabola || !posterior) return null;
  const values = Array.from(transformed(seen.matrix, parabola.point), Math.exp);
  const ofLogs = seen.matrix.map((left) =>
    seen.matrix.map((right) =>
      left.reduce((sum, a, i) => sum + a * transformed([right], posterior.covariance[i]!)[0]!, 0),
    ),
  );
  const covariance = covarianceOfExponentials(ofLogs, values);
  const weights = posterior.covariance.map((row, k) => Math.min(1, Math.max(0, 1 - row[k]! / variances[k]!)));
  const fixed = Object.fromEntries(
    Object.entries(pooled).filter(([name]) => !seen.parameters.includes(name)),
  );
  return {
    parameters: { ...fixed, ...named(seen.parameters, values) },
    standardErrors: named(
      seen.parameters,
      covariance.map((row, k) => Math.sqrt(row[k]!)),
    ),
    covariance: withFixed(covariance, Object.keys(fixed).length),
    weight: weights.reduce((sum, value) => sum + value, 0) / weights.length,
    weights: named(seen.quantities, weights),
    logLikelihood: -segment.full(parabola.point, new Float64Array(centre.length)) * segment.customers,
  };
}

/**
 * Fits a model of repeat orders by segment, small segments leaning on all customers: each segment's parameters are the
 * mode of its own likelihood times a normal prior in logs, whose centre is the fit to all customers and whose
 * variances are estimated from the differences between segments. A segment of ten thousand customers keeps its own
 * parameters, one of thirty takes nearly the pooled ones, and where segments do not differ all take them. Empirical Bayes: Efron &
 * Morris 1973; Carlin & Louis 2000, chapter 3. The standard errors take the prior as known.
 * Segments with fewer than 10 customers take the pooled parameters, with the reason. `segments.codes` holds the level of
 * each row. RangeError for an invalid summary or code; everything else is a typed reason. Cost: two to four
 * times that of the pooled fit.
 */
export function fitBySegment(
  name: CustomerModelName,
  summary: PurchaseSummary,
  segments: CodedLevels,
  options: FitOptions = {},
): SegmentedFit {
  checkPurchaseSummary(summary);
  const pooled = customerModels[name].fit(summary, options) as Fit<Parameters>;
  const parts = partsOf(summary, segments);
  const seen = segmentCoordinates[name];
  const centre = transformed(
    seen.inverse,
    seen.parameters.map((parameter) => Math.log(pooled.parameters[parameter]!)),
  );
  const open = pooled.converged ? openSegments(name, parts, pooled.parameters, centre) : [];
  const variances = open.length > 1 ? settleSpread(open, centre) : null;
  const fits = parts.map((part): SegmentFit => {
    const pooledLogLikelihood = customerModels[name].logLikelihood(pooled.parameters, part.own);
    const base = { segment: part.segment, customers: part.customers, repeaters: part.repeaters };
    const asPooled = (reason: SegmentReason): SegmentFit => ({
      ...base,
      parameters: pooled.parameters,
      standardErrors: null,
      covariance: null,
      weight: 0,
      weights: {},
      logLikelihood: pooledLogLikelihood,
      pooledLogLikelihood,
      reason,
    });
    const segment = open.find(({ name: own }) => own === part.segment);
    if (!pooled.converged) return asPooled('pooled-not-trusted');
    if (!segment) return asPooled('too-few-customers');
    if (variances === null) return asPooled('no-other-segment');
    const result = ownParameters(segment, seen, centre, variances, pooled.parameters);
    return result ? { ...base, ...result, pooledLogLikelihood, reason: null } : asPooled('not-converged');
  });
  return {
    name,
    pooled,
    segments: fits,
    spread: variances && named(seen.quantities, variances.map(Math.sqrt)),
    logLikelihood: fits.reduce((sum, fit) => sum + fit.logLikelihood, 0),
  };
}

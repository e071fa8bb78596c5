import { covarianceOfExponentials } from './delta-method.js';
import { hessianOf } from './hessian.js';
import { minimise, type MinimiseOptions, type Minimum, type Objective } from './lbfgs.js';
import { minimiseFromEach } from './multistart.js';
import { profileIntervals, type OpenInterval } from './profile-intervals.js';
import { eigenOf, inverseOfPositiveDefinite } from './symmetric-matrix.js';

/** Why a fit is not to be trusted. One word for one cause; the reader's sentence is the caller's business. */
export type FitReason =
  | 'no-customers'
  | 'no-repeat-orders'
  | 'too-few-repeaters'
  | 'no-dropout-visible'
  | 'parameter-at-edge'
  | 'effect-without-bound'
  | 'spend-mean-infinite'
  | 'spend-does-not-vary'
  | 'likelihood-out-of-bounds'
  | 'not-converged'
  | 'hessian-not-positive-definite';

/** What a reader should know about a fit that may still be used; at-edge-NAME says which parameter could not be settled. */
export type FitWarning =
  | 'few-repeaters'
  | 'dropout-not-significant'
  | 'spend-variance-infinite'
  | 'spend-correlates-with-frequency'
  | 'rates-hardly-vary'
  | 'dropout-hardly-varies'
  | 'not-polished-on-all'
  | `at-edge-${string}`;

/** Outcome of a maximum-likelihood fit: plain data, keeps no reference to what it was fitted on. */
export interface Fit<P> {
  name: string;
  /** The best point found; when nothing could be fitted, the moment start, and `reason` says so. */
  parameters: P;
  /** Of the natural parameters, from the observed information by the delta method; null where there is none. */
  standardErrors: P | null;
  /**
   * Covariance of the natural parameters, in the order in which `parameters` lists them. Where one is at its edge: across the
   * ridges only.
   */
  covariance: number[][] | null;
  /** Where a parameter is at its edge and this was asked for: 95 % by profile likelihood; an end that is null is open. */
  intervals?: Record<string, OpenInterval>;
  logLikelihood: number;
  /** Largest |derivative| of the mean log-likelihood by a log-parameter at the end. */
  gradientNorm: number;
  iterations: number;
  evaluations: number;
  customers: number;
  converged: boolean;
  reason: FitReason | null;
  warnings: FitWarning[];
}

export interface FitOptions {
  /** Largest |gradient| of the mean log-likelihood by log-parameters that counts as converged. Default 1e-8. */
  gradientTolerance?: number;
  /** Iterations a start may take. Default 200. */
  maxIterations?: number;
  /** False leaves out the Hessian: no standard errors, no check of its sign. Default true. */
  standardErrors?: boolean;
  /**
   * Intervals by profile likelihood where a parameter is at its edge, which has no standard errors; costs some 500 evaluations.
   * Default false.
   */
  edgeIntervals?: boolean;
}

/** Log-parameters outside +-11 (6e4 and its inverse, in units of the start's time scale) are at the edge. */
const EDGE = 11;
/** Weight of the quadratic wall beyond the edge: holds a flat likelihood at about the edge, does not touch the inside. */
const WALL = 1e-4;
/** Loosest gradient at which a search stopped by rounding still counts as converged. */
const ROUNDING_TOLERANCE = 1e-5;

/** Largest gradient by a log-parameter on a plateau: beyond the edge the likelihood changes by less than rounding. */
export const PLATEAU = 1e-4;

/** Iterations a start gets before it, or the best of several, is followed to the end. */
const SKETCH_ITERATIONS = 8;

/** Where the search on coarse cells ends: closer to an optimum that is itself some per cent off brings nothing. */
const COARSE_GRADIENT = 1e-4;

/** Hessian at a point; what it costs in evaluations of the objective counts as one. */
export type Curvature = (point: Float64Array) => number[][];

interface LikelihoodProblem<P> {
  name: string;
  /** Order of the parameters in points and covariance. */
  names: readonly (keyof P & string)[];
  customers: number;
  /** Mean negative log-likelihood a customer as a function of log-parameters. */
  objective: Objective;
  /** Its exact Hessian, where there is one; else differences of the gradient, two evaluations a parameter. */
  hessian?: Curvature | undefined;
  /** The same on fewer, coarser cells, for the first approach; left out when the data are small. */
  coarse?: Objective | undefined;
  coarseHessian?: Curvature | undefined;
  /** The same on the fewest cells that tell the intervals at an edge; left out where `coarse`, or all, are cheap enough. */
  rough?: Objective | undefined;
  starts: readonly Float64Array[];
  /** Centre of the admissible box in log-parameters: times and amounts have units. */
  centre: readonly number[];
}

/** Adds the wall beyond the edge to an objective. */
function walled(objective: Objective, centre: readonly number[]): Objective {
  return (point, gradient) => {
    let value = objective(point, gradient);
    for (let k = 0; k < point.length; k++) {
      const off = point[k]! - centre[k]!;
      const beyond = Math.abs(off) - EDGE;
      if (beyond <= 0) continue;
      value += 0.5 * WALL * beyond * beyond;
      gradient[k]! += WALL * beyond * Math.sign(off);
    }
    return value;
  };
}

/** The curvature of a walled objective: exact where the problem gives it. */
function walledCurvature(
  curvature: Curvature | undefined,
  objective: Objective,
  centre: readonly number[],
): Curvature {
  if (curvature === undefined) return (point) => hessianOf(objective, point);
  return (point) =>
    curvature(point).map((row, i) =>
      row.map((value, j) => (i === j && Math.abs(point[i]! - centre[i]!) > EDGE ? value + WALL : value)),
    );
}

/** Minimises on from where another search ended; effort adds up. */
function continueFrom(before: Minimum, objective: Objective, options: MinimiseOptions): Minimum {
  const end = minimise(objective, before.point, options);
  return {
    ...end,
    iterations: before.iterations + end.iterations,
    evaluations: before.evaluations + end.evaluations,
  };
}

/** Log-parameters within this of the centre (a factor of 150) are well inside: no ridge or edge has drawn them there. */
const WELL_INSIDE = 5;
/** A search that has not ended by then is on its way to a ridge or an edge, where every start should have its say. */
const SETTLED_BY = 20;

/**
 * The lowest point that the starts lead to. Where the first start leads well inside, as on nearly all data, it is
 * followed to the end, and the others, which would only end there too, are spared. Else the best of all is followed.
 */
function approach(
  objective: Objective,
  { starts, centre }: { starts: readonly Float64Array[]; centre: readonly number[] },
  curvature: Curvature | undefined,
  options: { gradientTolerance: number; maxIterations: number },
): Minimum {
  const sketching = { gradientTolerance: 1e-4, maxIterations: SKETCH_ITERATIONS };
  const isInside = ({ point }: Minimum): boolean =>
    point.every((value, k) => Math.abs(value - centre[k]!) < WELL_INSIDE);
  const settling = {
    ...options,
    maxIterations: starts.length === 1 ? options.maxIterations : Math.min(SETTLED_BY, options.maxIterations),
  };
  const hasSettled = (end: Minimum): boolean => end.reason === 'gradient' && isInside(end);
  const metricAt = (point: Float64Array) =>
    (curvature && inverseOfPositiveDefinite(curvature(point))) ?? undefined;
  let [iterations, evaluations] = [0, 0];
  /** What was spent before counts as well. */
  const withAll = (end: Minimum): Minimum => ({
    ...end,
    iterations: iterations + end.iterations,
    evaluations: evaluations + end.evaluations,
  });
  const spend = (end: Minimum): void => {
    iterations += end.iterations;
    evaluations += end.evaluations;
  };
  const known = metricAt(starts[0]!);
  if (known) {
    // The start mostly lies in the bowl of the optimum: four or five evaluations in the place of a dozen.
    const end = minimise(objective, starts[0]!, { ...settling, inverseHessian: known });
    if (hasSettled(end)) return end;
    spend(end);
  }
  const first = minimiseFromEach(objective, starts.slice(0, 1), sketching);
  if (first.reason !== 'outside' && isInside(first)) {
    const end = continueFrom(first, objective, { ...settling, inverseHessian: metricAt(first.point) });
    if (hasSettled(end) || starts.length === 1) return withAll(end);
    spend(end);
  } else if (starts.length === 1) return withAll(continueFrom(first, objective, options));
  else spend(first);
  const other = minimiseFromEach(objective, starts.slice(1), sketching);
  spend(other);
  const best = !Number.isFinite(first.value) || other.value < first.value ? other : first;
  return withAll(continueFrom({ ...best, iterations: 0, evaluations: 0 }, objective, options));
}

const named = <P>(names: readonly (keyof P & string)[], values: readonly number[]): P =>
  Object.fromEntries(names.map((name, k) => [name, values[k]!])) as P;

/**
 * Fits by maximum likelihood in log-parameters: coarse cells from every start, then a polish on all cells with the
 * coarse Hessian as metric, then the Hessian at the end. The outcome is typed; no data shape makes it throw.
 */
export function fitByLikelihood<P>(problem: LikelihoodProblem<P>, options: FitOptions = {}): Fit<P> {
  const { names, centre, customers } = problem;
  const tolerance = options.gradientTolerance ?? 1e-8;
  const maxIterations = options.maxIterations ?? 200;
  const full = walled(problem.objective, centre);
  const first = problem.coarse ? walled(problem.coarse, centre) : full;
  const curvature = problem.coarse ? problem.coarseHessian : problem.hessian;
  let end = approach(first, problem, curvature && walledCurvature(curvature, first, centre), {
    gradientTolerance: problem.coarse ? COARSE_GRADIENT : tolerance,
    maxIterations,
  });
  if (problem.coarse && end.reason !== 'outside') {
    const metric =
      inverseOfPositiveDefinite(walledCurvature(problem.coarseHessian, first, centre)(end.point)) ??
      undefined;
    end = continueFrom(end, full, { gradientTolerance: tolerance, maxIterations, inverseHessian: metric });
  }
  const parameters = Array.from(end.point, Math.exp);
  const fit: Fit<P> = {
    name: problem.name,
    parameters: named(names, parameters),
    standardErrors: null,
    covariance: null,
    logLikelihood: -end.value * customers,
    gradientNorm: end.gradientNorm,
    iterations: end.iterations,
    evaluations: end.evaluations,
    customers,
    converged: false,
    reason: null,
    warnings: [],
  };
  if (end.reason === 'outside' || !Number.isFinite(end.value)) {
    return { ...fit, logLikelihood: -Number.MAX_VALUE, gradientNorm: 0, reason: 'likelihood-out-of-bounds' };
  }
  const atEdge = names.filter((_, k) => Math.abs(end.point[k]! - centre[k]!) > EDGE - 0.5);
  const flat = end.reason === 'gradient' || end.gradientNorm < ROUNDING_TOLERANCE;
  const isPlateau = atEdge.length > 0 && end.gradientNorm < PLATEAU;
  const isMeasured = options.standardErrors !== false && (flat || isPlateau);
  const information = isMeasured
    ? walledCurvature(
        problem.hessian,
        full,
        centre,
      )(end.point).map((row) => row.map((value) => value * customers))
    : null;
  if (information !== null) fit.evaluations += problem.hessian ? 1 : 2 * names.length;
  if (atEdge.length > 0)
    return {
      ...fit,
      covariance: information && covarianceOfExponentials(inverseOffRidges(information), parameters),
      ...(options.edgeIntervals ? { intervals: intervalsAt(problem, end.point) } : {}),
      reason: 'parameter-at-edge',
      warnings: atEdge.map((name) => `at-edge-${name}` as const),
    };
  if (!flat) return { ...fit, reason: 'not-converged' };
  if (information === null) return { ...fit, converged: true };
  const inverse = inverseOfPositiveDefinite(information);
  if (inverse === null) return { ...fit, reason: 'hessian-not-positive-definite' };
  const covariance = covarianceOfExponentials(inverse, parameters);
  const standardErrors = named<P>(
    names,
    covariance.map((row, k) => Math.sqrt(row[k]!)),
  );
  return { ...fit, covariance, standardErrors, converged: true };
}

/** A direction whose curvature is below this share of the largest is a ridge: along it the likelihood tells nothing. */
const RIDGE = 1e-3;

/**
 * Inverse of an information matrix across its ridges; along them nothing moves. Where r and alpha ran to the edge together, the
 * order rate r / alpha is known as well as ever: this is its uncertainty.
 */
function inverseOffRidges(information: number[][]): number[][] {
  const { values, vectors } = eigenOf(information);
  const largest = values.reduce((most, value) => Math.max(most, value), 0);
  const kept = values
    .map((value, n) => ({ value, vector: vectors[n]! }))
    .filter(({ value }) => value > RIDGE * largest);
  return information.map((row, i) =>
    row.map((_, j) => kept.reduce((sum, { value, vector }) => sum + (vector[i]! * vector[j]!) / value, 0)),
  );
}

/** On few cells where there are any: what is lost along a profile hardly differs on them. */
function intervalsAt<P>(
  { names, centre, customers, coarse, rough, objective: full }: LikelihoodProblem<P>,
  point: Float64Array,
): Record<string, OpenInterval> {
  const cells = rough ?? coarse;
  const objective = walled(cells ?? full, centre);
  const ended = cells ? minimise(objective, point, { gradientTolerance: 1e-6, maxIterations: 60 }) : null;
  return profileIntervals({
    names,
    objective,
    point: ended?.point ?? point,
    customers,
    centre,
    edge: EDGE,
  });
}

/** A fit that was not tried, because the data cannot tell: the moment start with its reason. */
export function fitNotTried<P>(name: string, parameters: P, customers: number, reason: FitReason): Fit<P> {
  return {
    name,
    parameters,
    standardErrors: null,
    covariance: null,
    logLikelihood: -Number.MAX_VALUE,
    gradientNorm: 0,
    iterations: 0,
    evaluations: 0,
    customers,
    converged: false,
    reason,
    warnings: [],
  };
}

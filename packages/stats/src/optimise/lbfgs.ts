/** Value at a point; fills the gradient. A non-finite value marks the point as outside. */
export type Objective = (point: Float64Array, gradient: Float64Array) => number;

export interface MinimiseOptions {
  /** Largest |gradient component| that counts as flat. Default 1e-8. */
  gradientTolerance?: number;
  /** Default 200. */
  maxIterations?: number;
  /** Start metric: an estimate of the inverse Hessian, row by row. Default: scaled identity. */
  inverseHessian?: readonly (readonly number[])[] | undefined;
}

export interface Minimum {
  point: Float64Array;
  value: number;
  gradient: Float64Array;
  /** Largest |gradient component|. */
  gradientNorm: number;
  iterations: number;
  evaluations: number;
  /** 'gradient': flat to the tolerance. 'no-progress-left': what a further step promises is lost in rounding; converged if the norm is small too. */
  reason: 'gradient' | 'no-progress-left' | 'max-iterations' | 'outside';
}

const MEMORY = 10;
const ARMIJO = 1e-4;
const CURVATURE = 0.9;
const MOST_TRIALS = 40;
/** Relative rounding of a value summed over a million rows: a rise below this is no rise (Hager & Zhang 2005, section 4). */
const VALUE_NOISE = 1e-13;
/**
 * Relative gain a full step may promise at the end. For a mean log-likelihood of 20 over a million customers it is
 * 2e-7 in the log-likelihood: a thousandth of a standard error.
 */
const PROMISE = 1e-14;
/** Steps in a row whose gain is lost in the rounding of the value, after which the search ends. */
const MOST_STALLS = 3;

const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
};
const largest = (a: Float64Array): number => a.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

interface Correction {
  step: Float64Array;
  change: Float64Array;
  rho: number;
}

/** Two-loop recursion, Nocedal & Wright 2006, algorithm 7.4. */
function direction(
  gradient: Float64Array,
  history: readonly Correction[],
  start: MinimiseOptions['inverseHessian'],
): Float64Array {
  let q = Float64Array.from(gradient);
  const weights: number[] = [];
  for (let i = history.length - 1; i >= 0; i--) {
    const { step, change, rho } = history[i]!;
    const weight = rho * dot(step, q);
    weights[i] = weight;
    for (let k = 0; k < q.length; k++) q[k]! -= weight * change[k]!;
  }
  if (start) q = Float64Array.from(start, (row) => row.reduce((sum, value, k) => sum + value * q[k]!, 0));
  else {
    const last = history.at(-1);
    const scale = last ? 1 / (last.rho * dot(last.change, last.change)) : 1 / Math.max(1, largest(gradient));
    for (let k = 0; k < q.length; k++) q[k]! *= scale;
  }
  history.forEach(({ step, change, rho }, i) => {
    const back = weights[i]! - rho * dot(change, q);
    for (let k = 0; k < q.length; k++) q[k]! += back * step[k]!;
  });
  for (let k = 0; k < q.length; k++) q[k] = -q[k]!;
  return q;
}

interface Trial {
  length: number;
  point: Float64Array;
  value: number;
  gradient: Float64Array;
  slope: number;
}

/**
 * Line search by bisection and doubling for the weak Wolfe conditions (Lewis & Overton 2013, algorithm 2.6): robust on
 * objectives with an outside. Returns null when no point is lower.
 */
function search(at: (length: number) => Trial, from: { value: number; slope: number }): Trial | null {
  let low = 0;
  let high = Number.POSITIVE_INFINITY;
  let length = 1;
  let best: Trial | null = null;
  const noise = VALUE_NOISE * Math.abs(from.value);
  for (let i = 0; i < MOST_TRIALS; i++) {
    const trial = at(length);
    const inside = Number.isFinite(trial.value) && Number.isFinite(trial.slope);
    if (!inside || trial.value > from.value + ARMIJO * length * from.slope + noise) high = length;
    else {
      if (best === null || trial.value < best.value) best = trial;
      if (trial.slope < CURVATURE * from.slope) low = length;
      else return trial;
    }
    length = high === Number.POSITIVE_INFINITY ? 2 * low : (low + high) / 2;
    if (high - low < 1e-14 * high) break;
  }
  return best;
}

/** Keeps a pair only where curvature is positive, so that the metric stays positive definite. */
function remember(history: Correction[], step: Float64Array, change: Float64Array): void {
  const curvature = dot(step, change);
  if (!(curvature > 1e-14 * Math.sqrt(dot(step, step) * dot(change, change)))) return;
  history.push({ step, change, rho: 1 / curvature });
  if (history.length > MEMORY) history.shift();
}

/**
 * Minimises a smooth function by L-BFGS (Nocedal & Wright 2006, algorithm 7.5). Deterministic; never throws for a bad
 * objective: a start that is outside ends with reason 'outside'. Cost: one to two evaluations an iteration.
 */
export function minimise(
  objective: Objective,
  start: ArrayLike<number>,
  options: MinimiseOptions = {},
): Minimum {
  const tolerance = options.gradientTolerance ?? 1e-8;
  const most = options.maxIterations ?? 200;
  let point: Float64Array = Float64Array.from(start);
  let gradient: Float64Array = new Float64Array(point.length);
  let value = objective(point, gradient);
  let evaluations = 1;
  let iterations = 0;
  const history: Correction[] = [];
  const done = (reason: Minimum['reason']): Minimum => {
    return { point, value, gradient, gradientNorm: largest(gradient), iterations, evaluations, reason };
  };
  if (!Number.isFinite(value)) return done('outside');
  let retried = false;
  let stalls = 0;
  while (iterations < most) {
    if (largest(gradient) <= tolerance) return done('gradient');
    let heading = direction(gradient, history, options.inverseHessian);
    if (!(dot(heading, gradient) < 0)) {
      history.length = 0;
      heading = gradient.map((component) => -component / Math.max(1, largest(gradient)));
    }
    const slope = dot(gradient, heading);
    if (history.length > 0 && -slope <= PROMISE * Math.max(1, Math.abs(value)))
      return done('no-progress-left');
    const [origin, downhill] = [point, heading];
    const at = (length: number): Trial => {
      evaluations++;
      const next = origin.map((component, k) => component + length * downhill[k]!);
      const slopes = new Float64Array(next.length);
      const height = objective(next, slopes);
      return { length, point: next, value: height, gradient: slopes, slope: dot(slopes, downhill) };
    };
    const found = search(at, { value, slope });
    if (found === null) {
      if (retried || history.length === 0) return done('no-progress-left');
      retried = true;
      history.length = 0;
      continue;
    }
    retried = false;
    const [before, slopesBefore] = [point, gradient];
    remember(
      history,
      found.point.map((component, k) => component - before[k]!),
      found.gradient.map((component, k) => component - slopesBefore[k]!),
    );
    stalls = value - found.value > VALUE_NOISE * Math.abs(value) ? 0 : stalls + 1;
    ({ point, gradient, value } = found);
    iterations++;
    if (stalls >= MOST_STALLS) return done('no-progress-left');
  }
  return done('max-iterations');
}

import type { Curvature } from '../linear/newton.js';

interface ElasticNetEnd {
  point: Float64Array;
  /** Log-likelihood at the point, without the penalty. */
  value: number;
  iterations: number;
  converged: boolean;
}

/** Penalties on the log-likelihood's scale; the first coefficient, the intercept, is free. */
interface Penalty {
  ridge: number;
  lasso: number;
}

const MOST_SWEEPS = 1000;
const MOST_ITERATIONS = 100;
const MOST_HALVINGS = 40;

const penaltyAt = (point: Float64Array, { ridge, lasso }: Penalty): number => {
  let sum = 0;
  for (let j = 1; j < point.length; j++) sum += lasso * Math.abs(point[j]!) + 0.5 * ridge * point[j]! ** 2;
  return sum;
};

/** How far a point is from the optimum: largest violation of the subgradient conditions. */
function violation(point: Float64Array, gradient: Float64Array, { ridge, lasso }: Penalty): number {
  let worst = Math.abs(gradient[0]!);
  for (let j = 1; j < point.length; j++) {
    const slope = gradient[j]! - ridge * point[j]!;
    const off = point[j] === 0 ? Math.abs(slope) - lasso : Math.abs(slope - lasso * Math.sign(point[j]!));
    worst = Math.max(worst, off);
  }
  return worst;
}

/** Optimum of the quadratic approximation with the penalty, by cyclic coordinate descent with soft thresholds. */
function quadraticOptimum(here: Curvature, point: Float64Array, penalty: Penalty): Float64Array {
  const next = Float64Array.from(point);
  const slopes = Float64Array.from(here.gradient);
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    let largest = 0;
    for (let j = 0; j < next.length; j++) {
      const [ridge, lasso] = j === 0 ? [0, 0] : [penalty.ridge, penalty.lasso];
      const curve = here.information[j]![j]!;
      if (!(curve + ridge > 0)) continue;
      const pull = slopes[j]! + curve * next[j]!;
      const moved = (Math.sign(pull) * Math.max(0, Math.abs(pull) - lasso)) / (curve + ridge);
      const change = moved - next[j]!;
      if (change === 0) continue;
      next[j] = moved;
      for (let k = 0; k < next.length; k++) slopes[k]! -= here.information[k]![j]! * change;
      largest = Math.max(largest, Math.abs(change) * Math.sqrt(curve));
    }
    if (largest < 1e-10) break;
  }
  return next;
}

/**
 * Maximises a concave log-likelihood minus an elastic-net penalty: quadratic approximation, coordinate descent on it
 * (Friedman, Hastie & Tibshirani 2010, section 3), and a line search so that no step loses (Lee, Sun & Saunders 2014,
 * algorithm 1). `size` is the number of weighted rows: the search ends when the subgradient conditions hold to 1e-9 of it.
 */
export function maximisePenalised(
  at: (point: Float64Array) => Curvature,
  start: Float64Array,
  penalty: Penalty,
  size: number,
): ElasticNetEnd {
  let point = start;
  let here = at(point);
  let height = here.value - penaltyAt(point, penalty);
  for (let iterations = 0; ; iterations++) {
    const off = violation(point, here.gradient, penalty);
    const done = (converged: boolean): ElasticNetEnd => ({ point, value: here.value, iterations, converged });
    if (off <= 1e-9 * size) return done(true);
    if (iterations >= MOST_ITERATIONS) return done(false);
    const target = quadraticOptimum(here, point, penalty);
    let found: { point: Float64Array; here: Curvature; height: number } | null = null;
    for (let trial = 0, length = 1; trial < MOST_HALVINGS && found === null; trial++, length /= 2) {
      // A full step keeps exact zeros; a shortened one only those that were zero before.
      const reached = trial === 0 ? target : point.map((value, j) => value + length * (target[j]! - value));
      const there = at(reached);
      const level = there.value - penaltyAt(reached, penalty);
      if (level >= height - 1e-13 * Math.abs(height) && level < Infinity)
        found = { point: reached, here: there, height: level };
    }
    if (found === null) return done(off <= 1e-6 * size);
    ({ point, here, height } = found);
  }
}

import { inverseOfPositiveDefinite } from '../optimise/symmetric-matrix.js';

/** A concave function at a point: value, gradient and information (minus the Hessian), row by row. */
export interface Curvature {
  value: number;
  gradient: Float64Array;
  information: number[][];
}

export interface NewtonEnd {
  point: Float64Array;
  value: number;
  /** Inverse of the information at the end; null where that is singular. */
  covariance: number[][] | null;
  /** The last step that Newton's method asked for: small at a maximum, about 1 where the maximum lies at infinity. */
  step: Float64Array;
  /** Twice the gain that the last step promised. */
  decrement: number;
  iterations: number;
  /** 'flat': the gain left is below the tolerance. 'stuck': no shorter step gains. 'singular': no unique step. */
  reason: 'flat' | 'stuck' | 'singular' | 'max-iterations';
}

/**
 * Gain in log-likelihood below which the search ends: 1e-12 is a millionth of a standard error away from the maximum.
 */
const TOLERANCE = 1e-12;
/** Relative rounding of a log-likelihood summed over a million rows. */
const VALUE_NOISE = 1e-13;
const MOST_HALVINGS = 40;

const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
};

/**
 * Maximises a concave function by Newton's method with step halving (Nocedal & Wright 2006, section 3.3). Deterministic,
 * never throws; a step to where the value is not finite is halved. One evaluation an iteration as a rule.
 */
export function maximiseByNewton(
  at: (point: Float64Array) => Curvature,
  start: Float64Array,
  maxIterations = 60,
): NewtonEnd {
  let point = start;
  let here = at(point);
  let step = new Float64Array(start.length);
  let decrement = 0;
  for (let iterations = 0; ; iterations++) {
    const inverse = inverseOfPositiveDefinite(here.information);
    const end = (reason: NewtonEnd['reason']): NewtonEnd => {
      return { point, value: here.value, covariance: inverse, step, decrement, iterations, reason };
    };
    if (inverse === null) return end('singular');
    step = Float64Array.from(inverse, (row) => dot(row, here.gradient));
    decrement = dot(step, here.gradient);
    if (decrement <= TOLERANCE) {
      // The step is known and squares the error left; value and information do not change in the digits that count.
      point = point.map((value, k) => value + step[k]!);
      return end('flat');
    }
    if (iterations >= maxIterations) return end('max-iterations');
    const noise = VALUE_NOISE * Math.abs(here.value);
    let length = 1;
    let next: Curvature | null = null;
    let reached = point;
    for (let trial = 0; trial < MOST_HALVINGS && next === null; trial++) {
      reached = point.map((value, k) => value + length * step[k]!);
      const there = at(reached);
      if (there.value >= here.value + 1e-4 * length * decrement - noise && there.value < Infinity)
        next = there;
      else length /= 2;
    }
    if (next === null) return end('stuck');
    point = reached;
    here = next;
  }
}

/**
 * A step that moves the customers at the two ends of a column apart by more than rounding: at a maximum the last step is below
 * 1e-5. Of a column of a few rows in many the standardised coefficient itself hardly moves while it runs away.
 */
const DIVERGES = 0.01;
/** Gain left in log-likelihood at which a search stopped by rounding still counts as converged. */
const ROUNDING_GAIN = 1e-8;

/** Largest less smallest value of a column. */
export function spanOf(column: ArrayLike<number>): number {
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < column.length; i++) {
    if (column[i]! < low) low = column[i]!;
    if (column[i]! > high) high = column[i]!;
  }
  return high > low ? high - low : 0;
}

/**
 * How a Newton search ended: at a maximum, on the way to infinity (along the columns at these places), or neither. `spans`: of the
 * column that each coefficient multiplies, 1 for an intercept.
 */
export function verdictOf(
  end: NewtonEnd,
  spans: readonly number[],
): { converged: boolean; diverging: number[] } {
  const diverging = Array.from(end.step.keys()).filter((k) => Math.abs(end.step[k]!) * spans[k]! > DIVERGES);
  if (end.reason === 'singular') {
    // The information has vanished along what has run away: name the largest.
    const furthest = end.point.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const far = Array.from(end.point.keys()).filter((k) => Math.abs(end.point[k]!) >= 0.5 * furthest);
    return { converged: false, diverging: diverging.length > 0 ? diverging : far };
  }
  if (end.reason === 'flat') return { converged: diverging.length === 0, diverging };
  return { converged: diverging.length === 0 && end.decrement < ROUNDING_GAIN, diverging };
}

import { lnBeta } from './ln-beta.js';

const EPSILON = 1e-16;
const TINY = 1e-300;
const MOST_TERMS = 100_000;

/** Continued fraction of the incomplete beta, Abramowitz & Stegun 26.5.8, Lentz's method. */
function fraction(a: number, b: number, x: number): number {
  let c = 1;
  let d = 1 - ((a + b) * x) / (a + 1);
  d = 1 / (Math.abs(d) < TINY ? TINY : d);
  let h = d;
  for (let m = 1; m < MOST_TERMS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 + even * d;
    d = 1 / (Math.abs(d) < TINY ? TINY : d);
    c = 1 + even / c;
    if (Math.abs(c) < TINY) c = TINY;
    h *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 + odd * d;
    d = 1 / (Math.abs(d) < TINY ? TINY : d);
    c = 1 + odd / c;
    if (Math.abs(c) < TINY) c = TINY;
    const step = d * c;
    h *= step;
    if (Math.abs(step - 1) < 2 * EPSILON) break;
  }
  return h;
}

/**
 * ln of the regularised incomplete beta I_x(a, b); 0 <= x <= 1, a, b > 0, else RangeError.
 * Stays finite where I_x itself would underflow. Relative error of I_x about 1e-13 for moderate arguments.
 */
export function lnRegularisedBeta(x: number, a: number, b: number): number {
  if (!(a > 0) || !(b > 0) || !(x >= 0 && x <= 1)) {
    throw new RangeError(`lnRegularisedBeta needs a, b > 0 and x in [0, 1], got ${a}, ${b}, ${x}`);
  }
  if (x === 0) return Number.NEGATIVE_INFINITY;
  if (x === 1) return 0;
  const lnFront = a * Math.log(x) + b * Math.log1p(-x) - lnBeta(a, b);
  if (x < (a + 1) / (a + b + 2)) return Math.min(0, lnFront + Math.log(fraction(a, b, x) / a));
  const upper = Math.exp(lnFront) * (fraction(b, a, 1 - x) / b);
  return upper >= 1 ? Number.NEGATIVE_INFINITY : Math.log1p(-upper);
}

/** Regularised incomplete beta I_x(a, b): the beta distribution's probability of at most x. In [0, 1]. */
export function regularisedBeta(x: number, a: number, b: number): number {
  return Math.exp(lnRegularisedBeta(x, a, b));
}

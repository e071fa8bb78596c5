import { trigamma } from './digamma.js';
import { log1pExp } from './log-sums.js';

/*
 * Means over a gamma or a beta distribution as trapezoidal sums. With y = ln x (gamma) or y = ln(p / (1 - p)) (beta) the
 * density is analytic in a strip about the real line and falls off at both ends, so an evenly spaced sum converges
 * exponentially (Trefethen & Weideman 2014, section 5). A slow end (small shape) is geometric: where the function no
 * longer changes, the rest of the mass is put on the last node in closed form.
 */

/** Nodes with weights that sum to one. */
interface Nodes {
  /** ln of the gamma variate, or ln of the beta variate. */
  lnAt: Float64Array;
  /** ln(1 - p) for a beta variate; empty for a gamma. */
  lnRest: Float64Array;
  weight: Float64Array;
}

/** Mass below this share of the largest weight changes nothing in double precision. */
const NEGLIGIBLE = 1e-19;
/** Half the distance at which errors of the sum would reach 1e-17 for a function with poles at +- i pi / 2. */
const WIDEST_STEP = 0.25;
const MOST_NODES = 100_000;

interface Line {
  /** ln of the density at y, up to a constant. */
  lnDensity: (y: number) => number;
  peak: number;
  step: number;
  /** Rate at which the density falls to the left and to the right in the end; Infinity where faster than any. */
  left: number;
  right: number;
  /** The function is constant below and above these. */
  low: number;
  high: number;
}

/** Points and weights of the trapezoidal sum, from the peak outwards. */
function sumAlong(line: Line): { y: number[]; weight: number[] } {
  const { lnDensity, peak, step, low, high } = line;
  const top = lnDensity(peak);
  const y = [peak];
  const weight = [1];
  for (const [direction, slope] of [
    [-1, line.left],
    [1, line.right],
  ] as const) {
    for (let i = 1; i < MOST_NODES; i++) {
      const at = peak + direction * i * step;
      const w = Math.exp(lnDensity(at) - top);
      const flat = direction < 0 ? at < low : at > high;
      if (w < NEGLIGIBLE && (w === 0 || slope * step > 1e-3)) break;
      // What lies beyond a node at which the function is flat already: w (ratio + ratio^2 + ...).
      const beyond = flat && slope < Number.POSITIVE_INFINITY ? w / Math.expm1(slope * step) : 0;
      y.push(at);
      weight.push(w + beyond);
      if (flat) break;
    }
  }
  return { y, weight };
}

const scaled = (weight: readonly number[]): Float64Array => {
  const total = weight.reduce((sum, w) => sum + w, 0);
  return Float64Array.from(weight, (w) => w / total);
};

/**
 * Nodes for means over a Gamma(shape, 1) variate x of functions f(ln x) that do not change for ln x < flatBelow, to
 * about 1e-14 relative for smooth positive f. RangeError unless shape > 0. 40 to 400 nodes.
 */
export function gammaNodes(shape: number, flatBelow: number): Nodes {
  if (!(shape > 0)) throw new RangeError(`gammaNodes needs shape > 0, got ${shape}`);
  const { y, weight } = sumAlong({
    lnDensity: (at) => shape * at - Math.exp(at),
    peak: Math.log(shape),
    step: Math.min(WIDEST_STEP, 0.5 * Math.sqrt(trigamma(shape))),
    left: shape,
    right: Number.POSITIVE_INFINITY,
    // The density itself must have reached its geometric end as well.
    low: Math.min(flatBelow, -40),
    high: Number.POSITIVE_INFINITY,
  });
  return { lnAt: Float64Array.from(y), lnRest: new Float64Array(0), weight: scaled(weight) };
}

/**
 * Nodes for means over a Beta(a, b) variate p of functions that do not change for ln p < flatBelow nor for p within
 * 1e-18 of one. RangeError unless a, b > 0. 40 to 800 nodes.
 */
export function betaNodes(a: number, b: number, flatBelow: number): Nodes {
  if (!(a > 0) || !(b > 0)) throw new RangeError(`betaNodes needs a, b > 0, got ${a}, ${b}`);
  const { y, weight } = sumAlong({
    lnDensity: (at) => -a * log1pExp(-at) - b * log1pExp(at),
    peak: Math.log(a) - Math.log(b),
    step: Math.min(WIDEST_STEP, 0.5 * Math.sqrt(trigamma(a) + trigamma(b))),
    left: a,
    right: b,
    low: Math.min(flatBelow, -40),
    high: 42,
  });
  return {
    lnAt: Float64Array.from(y, (at) => -log1pExp(-at)),
    lnRest: Float64Array.from(y, (at) => -log1pExp(at)),
    weight: scaled(weight),
  };
}

/** Mean of f(ln x) over a Gamma(shape, 1) variate x; see gammaNodes. Cost: 40 to 400 calls of f. */
export function meanOverGamma(shape: number, flatBelow: number, f: (lnX: number) => number): number {
  const { lnAt, weight } = gammaNodes(shape, flatBelow);
  let mean = 0;
  for (let i = 0; i < lnAt.length; i++) mean += weight[i]! * f(lnAt[i]!);
  return mean;
}

/** Mean of f(ln p, ln(1 - p)) over a Beta(a, b) variate p; see betaNodes. Cost: 40 to 800 calls of f. */
export function meanOverBeta(
  a: number,
  b: number,
  flatBelow: number,
  f: (lnP: number, lnRest: number) => number,
): number {
  const { lnAt, lnRest, weight } = betaNodes(a, b, flatBelow);
  let mean = 0;
  for (let i = 0; i < lnAt.length; i++) mean += weight[i]! * f(lnAt[i]!, lnRest[i]!);
  return mean;
}

import { lnBeta } from './ln-beta.js';
import { log1pExp } from './log-sums.js';

/** Above this argument the power series is slow and the integral takes over, where it exists. */
const SERIES_UP_TO = 0.9;
/** Largest argument the series alone is allowed to reach: about 40 / (1 - z) = 80,000 terms. */
const SERIES_LIMIT = 0.9995;
const RESCALE = 1e250;
const LN_RESCALE = Math.log(RESCALE);

/** ln of the power series for a, b, c > 0 and 0 <= z < 1: all terms positive, rescaled before they overflow. */
function lnSeries(a: number, b: number, c: number, z: number): number {
  let term = 1;
  let sum = 1;
  let lnScale = 0;
  for (let n = 0; ; n++) {
    const ratio = (((a + n) * (b + n)) / ((c + n) * (n + 1))) * z;
    term *= ratio;
    sum += term;
    if (sum > RESCALE) {
      sum /= RESCALE;
      term /= RESCALE;
      lnScale += LN_RESCALE;
    }
    if (ratio < 1 && term < sum * 1e-17 * (1 - Math.max(ratio, z))) return lnScale + Math.log(sum);
  }
}

/**
 * ln of Euler's integral (Abramowitz & Stegun 15.3.1), c > b > 0, any z < 1. With p = 1 / (1 + e^-y) the integrand is
 * analytic in a strip about the real line, so the trapezoidal sum converges exponentially.
 */
function lnEulerIntegral(a: number, b: number, c: number, z: number): number {
  const rest = c - b;
  const lnIntegrand = (y: number): number => {
    const lnP = -log1pExp(-y);
    const lnRest = -log1pExp(y);
    // 1 - z p = (1 - p) + (1 - z) p, written so that p near 1 with z near 1 keeps its digits.
    const lnFactor = lnRest + log1pExp(Math.log1p(-z) + y);
    return b * lnP + rest * lnRest - a * lnFactor;
  };
  const peak = highestPoint(lnIntegrand, z);
  const top = lnIntegrand(peak);
  const curvature = Math.max(1e-12, 2 * top - lnIntegrand(peak - 1e-3) - lnIntegrand(peak + 1e-3)) / 1e-6;
  const step = Math.min(0.2, 0.3 / Math.sqrt(curvature));
  let sum = 1;
  for (const direction of [-1, 1]) {
    // Both tails fall at least like e^(-min(b, rest, ...) |y|); the geometric end is added in closed form.
    let previous = 1;
    for (let i = 1; ; i++) {
      const value = Math.exp(lnIntegrand(peak + direction * i * step) - top);
      sum += value;
      const ratio = value / previous;
      if (value < 1e-18 * sum) break;
      if (i * step > 60 && ratio < 1 && Math.abs(i * step) > 60 + Math.abs(Math.log1p(-z))) {
        sum += (value * ratio) / (1 - ratio);
        break;
      }
      previous = value;
    }
  }
  return top + Math.log(sum * step) - lnBeta(b, rest);
}

/** Highest point of a function with one hill, or a hill and a shoulder: coarse scan, then golden section. */
function highestPoint(f: (y: number) => number, z: number): number {
  const reach = 60 + Math.abs(Math.log1p(-z));
  let best = 0;
  for (let y = -reach; y <= reach; y += 0.5) if (f(y) > f(best)) best = y;
  let low = best - 0.5;
  let high = best + 0.5;
  for (let i = 0; i < 40; i++) {
    const left = high - 0.6180339887498949 * (high - low);
    const right = low + 0.6180339887498949 * (high - low);
    if (f(left) < f(right)) low = left;
    else high = right;
  }
  return (low + high) / 2;
}

/**
 * ln 2F1(a, b; c; z), Gauss's hypergeometric function, for a, b, c > 0 and z < 1. Never overflows, never NaN;
 * relative error about 1e-12 in 2F1 for arguments up to 1e3.
 * Sources: Abramowitz & Stegun 15.1.1 (series, 0 <= z <= 0.9), 15.3.4 (Pfaff, z < 0), 15.3.1 (Euler's integral).
 * RangeError outside the domain, and for z > 0.9995 with c <= min(a, b), where neither form applies.
 * Cost: 0.1-2 microseconds by series, about 20 microseconds by integral.
 */
export function lnHypergeometric2F1(a: number, b: number, c: number, z: number): number {
  if (!(a > 0) || !(b > 0) || !(c > 0) || !(z < 1)) {
    throw new RangeError(`lnHypergeometric2F1 needs a, b, c > 0 and z < 1, got ${a}, ${b}, ${c}, ${z}`);
  }
  if (z === 0) return 0;
  if (z < 0) return lnNegativeArgument(Math.min(a, b), Math.max(a, b), c, z);
  if (z <= SERIES_UP_TO) return lnSeries(a, b, c, z);
  const second = Math.min(a, b);
  if (c > second) return lnEulerIntegral(Math.max(a, b), second, c, z);
  if (z <= SERIES_LIMIT) return lnSeries(a, b, c, z);
  throw new RangeError(
    `lnHypergeometric2F1 needs c > min(a, b) for z > ${SERIES_LIMIT}, got ${a}, ${b}, ${c}, ${z}`,
  );
}

/** z < 0 by Pfaff's transform, when it leads to positive terms; else c <= a, and Euler's transform leads back to the series. */
function lnNegativeArgument(small: number, large: number, c: number, z: number): number {
  const lnOneMinusZ = Math.log1p(-z);
  if (c > small) {
    const image = z / (z - 1);
    if (image <= SERIES_UP_TO) return -large * lnOneMinusZ + lnSeries(large, c - small, c, image);
    return lnEulerIntegral(large, small, c, z);
  }
  if (c === small) return -large * lnOneMinusZ;
  throw new RangeError(
    `lnHypergeometric2F1 needs c >= min(a, b) for z < 0, got ${small}, ${large}, ${c}, ${z}`,
  );
}

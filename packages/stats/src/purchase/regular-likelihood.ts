import type { Objective } from '../optimise/lbfgs.js';
import { digamma } from '../special/digamma.js';
import { lnGamma, lnRisingFactorial } from '../special/ln-gamma.js';
import { log1pExp } from '../special/log-sums.js';
import { indexDistinct } from './distinct-values.js';
import type { PurchaseSummary } from './purchase-summary.js';

/*
 * Terms. x, tx, T: frequency, recency, age. An interval between orders is made of k phases, each exponential with rate
 * lambda ~ Gamma(r, alpha): Erlang-k, more even the larger k. R = r + kx phases seen; m dropout trials survived if alive:
 * x (BG) or x + 1 (MBG); z = (T-tx)/(alpha+T); C_j = R (R+1) ... (R+j-1) / j!.
 *
 *   L = Gamma(R)/Gamma(r) alpha^r B(a,b+m)/B(a,b) { (alpha+T)^-R sum over j < k of C_j z^j
 *         + [m > 0] a/(b+m-1) (alpha+tx)^-R } x W
 *
 * Reutterer, Platzer & Schroeder 2021, eq. 5; k = 1 gives BG/NBD and MBG/NBD. W holds no parameter but k: the density of
 * the intervals, prod t_i^(k-1) / Gamma(k)^x, when sums of their logs are known, else that of the last order's time
 * given x, relative to k = 1: tx^((k-1)x) Gamma(x) / Gamma(kx).
 */

/** A summary with the mean, over the customers of a row, of the sum of ln(interval) between consecutive orders. */
export interface RegularSummary extends PurchaseSummary {
  lnIntervals?: Float64Array;
}

/** ln W of one row. Orders on the day of the first (tx = 0) tell nothing of spacing and add nothing. */
function lnTiming(k: number, x: number, tx: number, lnIntervals: number | undefined): number {
  if (k === 1 || x === 0 || tx === 0) return 0;
  if (lnIntervals !== undefined) return (k - 1) * lnIntervals - x * lnGamma(k);
  return (k - 1) * x * Math.log(tx) + lnGamma(x) - lnGamma(k * x);
}

/** Sum of ln W over all rows. */
function timingPart(summary: RegularSummary, k: number): number {
  const { frequency, recency, weight, lnIntervals } = summary;
  let value = 0;
  for (let i = 0; i < frequency.length; i++)
    value += (weight ? weight[i]! : 1) * lnTiming(k, frequency[i]!, recency[i]!, lnIntervals?.[i]);
  return value;
}

/** Sums over the phases j < k that a living customer may have behind him since his last order. */
export interface PhaseSums {
  /** Sum of C_j z^j. */
  value: number;
  /** Its slope by r. */
  byR: number;
  /** Sum of j C_j z^j. */
  mean: number;
}

/** Fills the sums; z in [0, 1). Cost: k terms. */
export function sumPhases(sums: PhaseSums, k: number, power: number, z: number): void {
  let [term, harmonic, value, byR, mean] = [1, 0, 1, 0, 0];
  for (let j = 1; j < k; j++) {
    term *= ((power + j - 1) / j) * z;
    harmonic += 1 / (power + j - 1);
    value += term;
    byR += term * harmonic;
    mean += term * j;
  }
  sums.value = value;
  sums.byR = byR;
  sums.mean = mean;
}

/** ln of the odds that a customer has left: the second term in braces over the first. -Infinity when m = 0. */
export function lnOddsOfLeft(
  { a, b, alpha }: { a: number; b: number; alpha: number },
  m: number,
  power: number,
  tx: number,
  T: number,
  phases: number,
): number {
  if (m === 0) return Number.NEGATIVE_INFINITY;
  return Math.log(a / (b + m - 1)) + power * Math.log1p((T - tx) / (alpha + tx)) - Math.log(phases);
}

/** The dropout part that depends on frequency alone; adds its slopes by a and b to gradient[2] and [3]. */
function survivalPart(
  x: Float64Array,
  customersByX: Float64Array,
  shift: 0 | 1,
  [a, b]: readonly [number, number],
  gradient: Float64Array,
): number {
  const digammaB = digamma(b);
  const digammaAB = digamma(a + b);
  let value = 0;
  for (let i = 0; i < x.length; i++) {
    const m = x[i]! + shift;
    if (m === 0) continue;
    value += customersByX[i]! * (lnRisingFactorial(b, m) - lnRisingFactorial(a + b, m));
    const byAB = digammaAB - digamma(a + b + m);
    gradient[2]! += customersByX[i]! * byAB;
    gradient[3]! += customersByX[i]! * (byAB + digamma(b + m) - digammaB);
  }
  return value;
}

/**
 * Mean negative log-likelihood a customer of BG/CNBD-k (shift 0) or MBG/CNBD-k (shift 1) as a function of
 * (ln r, ln alpha, ln a, ln b), with its analytic gradient. About 0.2 microseconds a row.
 */
export function regularObjective(summary: RegularSummary, k: number, shift: 0 | 1): Objective {
  const { frequency, recency, age } = summary;
  const weight = summary.weight ?? new Float64Array(frequency.length).fill(1);
  const x = indexDistinct(frequency);
  const customersByX = new Float64Array(x.values.length);
  for (let i = 0; i < frequency.length; i++) customersByX[x.index[i]!]! += weight[i]!;
  const customers = customersByX.reduce((sum, count) => sum + count, 0);
  const timing = timingPart(summary, k);
  const sums: PhaseSums = { value: 1, byR: 0, mean: 0 };
  return (point, gradient) => {
    const [r, alpha, a, b] = Array.from(point, Math.exp) as [number, number, number, number];
    gradient.fill(0);
    if (![r, alpha, a, b].every((value) => value > 1e-300 && value < 1e300)) return Number.POSITIVE_INFINITY;
    let value = customers * r * Math.log(alpha) + timing;
    let byR = customers * Math.log(alpha);
    let byAlpha = (customers * r) / alpha;
    const digammaR = digamma(r);
    value += survivalPart(x.values, customersByX, shift, [a, b], gradient);
    for (let i = 0; i < x.values.length; i++) {
      if (x.values[i] === 0) continue;
      value += customersByX[i]! * lnRisingFactorial(r, k * x.values[i]!);
      byR += customersByX[i]! * (digamma(r + k * x.values[i]!) - digammaR);
    }
    for (let i = 0; i < frequency.length; i++) {
      const [w, m, tx, T] = [weight[i]!, frequency[i]! + shift, recency[i]!, age[i]!];
      const power = r + k * frequency[i]!;
      sumPhases(sums, k, power, (T - tx) / (alpha + T));
      const u = lnOddsOfLeft({ a, b, alpha }, m, power, tx, T, sums.value);
      const left = m === 0 ? 0 : 1 / (1 + Math.exp(-u));
      const lnT = Math.log(alpha + T);
      value += w * (Math.log(sums.value) + (m === 0 ? 0 : log1pExp(u)) - power * lnT);
      byR += w * ((1 - left) * (sums.byR / sums.value) + left * Math.log1p((T - tx) / (alpha + tx)) - lnT);
      byAlpha -=
        w * (((1 - left) * (power + sums.mean / sums.value)) / (alpha + T) + (left * power) / (alpha + tx));
      if (m === 0) continue;
      gradient[2]! += (w * left) / a;
      gradient[3]! -= (w * left) / (b + m - 1);
    }
    gradient[0] = (-byR * r) / customers;
    gradient[1] = (-byAlpha * alpha) / customers;
    gradient[2] = (-gradient[2]! * a) / customers;
    gradient[3] = (-gradient[3]! * b) / customers;
    return -value / customers;
  };
}

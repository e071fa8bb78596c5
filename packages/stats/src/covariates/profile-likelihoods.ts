import { digamma } from '../special/digamma.js';
import { lnRisingFactorial } from '../special/ln-gamma.js';
import { sumParetoRows } from '../purchase/pareto-nbd-likelihood.js';
import type { CovariateRows } from './covariate-rows.js';

/**
 * Log-likelihood of customers whose natural parameters differ by profile. `natural[k][p]` is parameter k of profile p;
 * fills `slopes[k][p]` with the derivative by its logarithm. Shapes (r of all models, s of the Pareto/NBD) are the same
 * for all profiles: they are read from the first, and their slope is put there.
 */
export type ProfileLikelihood = (natural: readonly Float64Array[], slopes: readonly Float64Array[]) => number;

/** Sum over distinct frequencies of ln (r)_x, with its slope by r: common to all models here. */
function countsPart(rows: CovariateRows): (r: number) => { value: number; byR: number } {
  const customersByX = new Map<number, number>();
  const { frequency, weight } = rows.rows;
  for (let i = 0; i < frequency.length; i++)
    if (frequency[i]! > 0)
      customersByX.set(frequency[i]!, (customersByX.get(frequency[i]!) ?? 0) + weight[i]!);
  return (r) => {
    const digammaR = digamma(r);
    let value = 0;
    let byR = 0;
    for (const [x, w] of customersByX) {
      value += w * lnRisingFactorial(r, x);
      byR += w * (digamma(r + x) - digammaR);
    }
    return { value, byR };
  };
}

/** The NBD, whose parameters are (r, alpha): Fader & Hardie 2007 without their dropout. One log a row. */
export function nbdLikelihood(rows: CovariateRows): ProfileLikelihood {
  const counts = countsPart(rows);
  const { starts, customersOf } = rows;
  const { frequency, age, weight } = rows.rows;
  return ([r, alphas], [slopesR, slopesAlpha]) => {
    const shape = r![0]!;
    const common = counts(shape);
    let { value, byR } = common;
    for (let p = 0; p < customersOf.length; p++) {
      const alpha = alphas![p]!;
      let byAlpha = customersOf[p]! * shape;
      for (let i = starts[p]!; i < starts[p + 1]!; i++) {
        const power = weight[i]! * (shape + frequency[i]!);
        const ln = Math.log1p(age[i]! / alpha);
        value -= power * ln + weight[i]! * frequency[i]! * Math.log(alpha);
        byR -= weight[i]! * ln;
        byAlpha -= (power * alpha) / (alpha + age[i]!);
      }
      slopesAlpha![p] = byAlpha;
    }
    slopesR![0] = byR * shape;
    return value;
  };
}

/** ln B(a, b+k) - ln B(a, b) with its slopes by a and b, and ln of the odds a / (b + k - 1) of having left. */
interface Trials {
  value: number;
  byA: number;
  byB: number;
  lnOdds: number;
  inverse: number;
}

function trialsAt(a: number, b: number, k: number, digammaB: number, digammaAB: number): Trials {
  const both = digammaAB - digamma(a + b + k);
  return {
    value: lnRisingFactorial(b, k) - lnRisingFactorial(a + b, k),
    byA: both,
    byB: both + digamma(b + k) - digammaB,
    lnOdds: Math.log(a) - Math.log(b + k - 1),
    inverse: 1 / (b + k - 1),
  };
}

/**
 * BG/NBD (shift 0) and MBG/NBD (shift 1), whose parameters are (r, alpha, a, b): the likelihood of Fader, Hardie & Lee
 * 2005, eq. 6, with alpha, a and b of each profile (Fader & Hardie 2007, section 3). Three logs and an exp a row, and a
 * few gamma functions for each distinct (profile, x).
 */
export function betaGeometricLikelihood(rows: CovariateRows, shift: 0 | 1): ProfileLikelihood {
  const nbd = nbdLikelihood(rows);
  const { starts, customersOf } = rows;
  const { frequency, recency, age, weight } = rows.rows;
  return (natural, slopes) => {
    let value = nbd(natural, slopes);
    const shape = natural[0]![0]!;
    let byR = 0;
    for (let p = 0; p < customersOf.length; p++) {
      const [alpha, a, b] = [natural[1]![p]!, natural[2]![p]!, natural[3]![p]!];
      const digammaB = digamma(b);
      const digammaAB = digamma(a + b);
      let [byAlpha, byA, byB] = [0, 0, 0];
      let trials: Trials | null = null;
      for (let i = starts[p]!; i < starts[p + 1]!; i++) {
        const [x, w] = [frequency[i]!, weight[i]!];
        const k = x + shift;
        if (k === 0) continue;
        // Rows of a profile come sorted by x.
        if (trials === null || frequency[i - 1] !== x) trials = trialsAt(a, b, k, digammaB, digammaAB);
        const gap = Math.log1p((age[i]! - recency[i]!) / (alpha + recency[i]!));
        const u = trials.lnOdds + (shape + x) * gap;
        const e = Math.exp(u > 0 ? -u : u);
        value += w * (trials.value + (u > 0 ? u : 0) + Math.log1p(e));
        const left = (w * (u > 0 ? 1 : e)) / (1 + e);
        byR += left * gap;
        byAlpha += left * (shape + x) * (1 / (alpha + age[i]!) - 1 / (alpha + recency[i]!));
        byA += w * trials.byA + left / a;
        byB += w * trials.byB - left * trials.inverse;
      }
      slopes[1]![p]! += byAlpha * alpha;
      slopes[2]![p] = byA * a;
      slopes[3]![p] = byB * b;
    }
    slopes[0]![0]! += byR * shape;
    return value;
  };
}

/**
 * The Pareto/NBD, whose parameters are (r, alpha, s, beta): Fader & Hardie 2005, eq. 13, with alpha and beta of each
 * profile (Fader & Hardie 2007, section 2). About 0.8 microseconds a row.
 */
export function paretoLikelihood(rows: CovariateRows): ProfileLikelihood {
  const counts = countsPart(rows);
  const { starts, customersOf } = rows;
  const parameters = new Float64Array(4);
  const own = new Float64Array(4);
  return (natural, slopes) => {
    const [shape, fade] = [natural[0]![0]!, natural[2]![0]!];
    const common = counts(shape);
    let { value, byR } = common;
    let byS = 0;
    for (let p = 0; p < customersOf.length; p++) {
      const [alpha, beta, w] = [natural[1]![p]!, natural[3]![p]!, customersOf[p]!];
      parameters.set([shape, alpha, fade, beta]);
      value += sumParetoRows(rows.rows, parameters, own, starts[p], starts[p + 1]);
      value += w * (shape * Math.log(alpha) + fade * Math.log(beta));
      byR += own[0]! + w * Math.log(alpha);
      byS += own[2]! + w * Math.log(beta);
      slopes[1]![p] = own[1]! * alpha + w * shape;
      slopes[3]![p] = own[3]! * beta + w * fade;
    }
    slopes[0]![0] = byR * shape;
    slopes[2]![0] = byS * fade;
    return value;
  };
}

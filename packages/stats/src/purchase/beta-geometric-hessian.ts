import type { Curvature } from '../optimise/fit-by-likelihood.js';
import { digammaRise, trigamma } from '../special/digamma.js';
import {
  fillLogTables,
  newLogTables,
  type LikelihoodTables,
  type LogTables,
} from './beta-geometric-likelihood.js';

/*
 * Second derivatives of the log-likelihood in beta-geometric-likelihood.ts, with its terms. Rows and columns stand in
 * the order r, alpha, a, b. A part of the likelihood that depends on ln a rather than a says so.
 */

/** Upper triangle of a symmetric 4 x 4 matrix, and the slopes that a change of variables needs. */
interface Derivatives {
  rr: number;
  rAlpha: number;
  rA: number;
  rB: number;
  alphaAlpha: number;
  alphaA: number;
  alphaB: number;
  aa: number;
  ab: number;
  bb: number;
  r: number;
  alpha: number;
  a: number;
  b: number;
}

type Parameters = Record<'r' | 'alpha' | 'a' | 'b', number>;

type NbdDerivatives = Pick<Derivatives, 'rr' | 'rAlpha' | 'alphaAlpha' | 'r' | 'alpha'>;

/** Derivatives of the NBD part by r and alpha. */
function nbdDerivatives(
  { x, t, customersByX, customersByT, ordersByT, customers }: LikelihoodTables,
  r: number,
  alpha: number,
): NbdDerivatives {
  const sums: NbdDerivatives = {
    rr: 0,
    rAlpha: customers / alpha,
    alphaAlpha: (-customers * r) / alpha / alpha,
    r: customers * Math.log(alpha),
    alpha: (customers * r) / alpha,
  };
  const trigammaR = trigamma(r);
  for (let i = 0; i < x.length; i++) {
    if (x[i] === 0) continue;
    sums.r += customersByX[i]! * digammaRise(r, x[i]!);
    sums.rr += customersByX[i]! * (trigamma(r + x[i]!) - trigammaR);
  }
  for (let i = 0; i < t.length; i++) {
    const total = alpha + t[i]!;
    const powers = r * customersByT[i]! + ordersByT[i]!;
    sums.r -= customersByT[i]! * Math.log(total);
    sums.alpha -= powers / total;
    sums.rAlpha -= customersByT[i]! / total;
    sums.alphaAlpha += powers / total / total;
  }
  return sums;
}

/** Hessian of nbdObjective: of the mean negative log-likelihood a customer by (ln r, ln alpha). */
export function nbdHessian(tables: LikelihoodTables): Curvature {
  return (point) => {
    const r = Math.exp(point[0]!);
    const alpha = Math.exp(point[1]!);
    const by = nbdDerivatives(tables, r, alpha);
    const cross = r * alpha * by.rAlpha;
    return [
      [r * r * by.rr + r * by.r, cross],
      [cross, alpha * alpha * by.alphaAlpha + alpha * by.alpha],
    ].map((row) => row.map((value) => -value / tables.customers));
  };
}

/** The part without each triple: NBD and survival of trials, by r, alpha, a and b. */
function tabledPart(tables: LikelihoodTables, shift: 0 | 1, { r, alpha, a, b }: Parameters): Derivatives {
  const { x, customersByX } = tables;
  const sums = { rA: 0, rB: 0, alphaA: 0, alphaB: 0, aa: 0, ab: 0, bb: 0, a: 0, b: 0 };
  const [trigammaB, trigammaAB] = [trigamma(b), trigamma(a + b)];
  for (let i = 0; i < x.length; i++) {
    const w = customersByX[i]!;
    const k = x[i]! + shift;
    if (k === 0) continue;
    const byAB = -digammaRise(a + b, k);
    const byABTwice = trigammaAB - trigamma(a + b + k);
    sums.a += w * byAB;
    sums.b += w * (byAB + digammaRise(b, k));
    sums.aa += w * byABTwice;
    sums.bb += w * (byABTwice + trigamma(b + k) - trigammaB);
  }
  sums.ab = sums.aa;
  return { ...nbdDerivatives(tables, r, alpha), ...sums };
}

/** Sum of ln(1 + e^u) over all triples, by r, alpha, ln a and b. One exp a triple, about 50 ns. */
function dropoutPart(tables: LikelihoodTables, r: number, logs: LogTables): Derivatives {
  const { size, x, xOf, txOf, tOf, weight } = tables;
  const { lnOdds, inverseTrials, lnT, inverseT, lnTx, inverseTx } = logs;
  let rr = 0;
  let rAlpha = 0;
  let rA = 0;
  let rB = 0;
  let alphaAlpha = 0;
  let alphaA = 0;
  let alphaB = 0;
  let aa = 0;
  let ab = 0;
  let bb = 0;
  let byR = 0;
  let byAlpha = 0;
  let byLnA = 0;
  let byB = 0;
  for (let i = 0; i < size; i++) {
    const cell = xOf[i]!;
    const odds = lnOdds[cell]!;
    if (odds === Number.NEGATIVE_INFINITY) continue;
    const power = r + x[cell]!;
    const iT = inverseT[tOf[i]!]!;
    const iTx = inverseTx[txOf[i]!]!;
    const gap = lnT[tOf[i]!]! - lnTx[txOf[i]!]!;
    const uAlpha = power * (iT - iTx);
    const uB = -inverseTrials[cell]!;
    const u = odds + power * gap;
    const e = Math.exp(u > 0 ? -u : u);
    const dead = (weight[i]! * (u > 0 ? 1 : e)) / (1 + e);
    // w P(dead) (1 - P(dead))
    const v = (weight[i]! * e) / (1 + e) / (1 + e);
    byR += dead * gap;
    byAlpha += dead * uAlpha;
    byLnA += dead;
    byB += dead * uB;
    rr += v * gap * gap;
    rAlpha += v * gap * uAlpha + dead * (iT - iTx);
    rA += v * gap;
    rB += v * gap * uB;
    alphaAlpha += v * uAlpha * uAlpha + dead * power * (iTx * iTx - iT * iT);
    alphaA += v * uAlpha;
    alphaB += v * uAlpha * uB;
    aa += v;
    ab += v * uB;
    bb += (v + dead) * uB * uB;
  }
  return {
    rr,
    rAlpha,
    rA,
    rB,
    alphaAlpha,
    alphaA,
    alphaB,
    aa,
    ab,
    bb,
    r: byR,
    alpha: byAlpha,
    a: byLnA,
    b: byB,
  };
}

/**
 * Hessian of betaGeometricObjective: of the mean negative log-likelihood a customer by (ln r, ln alpha, ln a, ln b). One
 * pass over the triples, where differences of the gradient take eight.
 */
export function betaGeometricHessian(tables: LikelihoodTables, shift: 0 | 1): Curvature {
  const logs = newLogTables(tables);
  return (point) => {
    const [r, alpha, a, b] = Array.from(point, Math.exp) as [number, number, number, number];
    fillLogTables(logs, tables, shift, { alpha, a, b });
    const fixed = tabledPart(tables, shift, { r, alpha, a, b });
    const each = dropoutPart(tables, r, logs);
    // d/d ln p = p d/dp; twice: p^2 d2/dp2 + p d/dp. The triples' part is by ln a already.
    const upper = [
      [
        r * r * (fixed.rr + each.rr) + r * (fixed.r + each.r),
        r * alpha * (fixed.rAlpha + each.rAlpha),
        r * each.rA,
        r * b * each.rB,
      ],
      [
        alpha * alpha * (fixed.alphaAlpha + each.alphaAlpha) + alpha * (fixed.alpha + each.alpha),
        alpha * each.alphaA,
        alpha * b * each.alphaB,
      ],
      [a * a * fixed.aa + a * fixed.a + each.aa, a * b * fixed.ab + b * each.ab],
      [b * b * (fixed.bb + each.bb) + b * (fixed.b + each.b)],
    ];
    return upper.map((_, i) =>
      upper.map((__, j) => -upper[Math.min(i, j)]![Math.abs(i - j)]! / tables.customers),
    );
  };
}

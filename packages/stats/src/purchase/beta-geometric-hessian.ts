import type { Curvature } from '../optimise/fit-by-likelihood.js';
import {
  fillLogTables,
  fillNbdLogs,
  newLogTables,
  newNbdLogs,
  type LikelihoodTables,
  type LogTables,
  type NbdLogs,
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

const NONE: Derivatives = {
  rr: 0,
  rAlpha: 0,
  rA: 0,
  rB: 0,
  alphaAlpha: 0,
  alphaA: 0,
  alphaB: 0,
  aa: 0,
  ab: 0,
  bb: 0,
  r: 0,
  alpha: 0,
  a: 0,
  b: 0,
};

type Parameters = Record<'r' | 'alpha' | 'a' | 'b', number>;

type NbdDerivatives = Pick<Derivatives, 'rr' | 'rAlpha' | 'alphaAlpha' | 'r' | 'alpha'>;

/** Derivatives of the NBD part by r and alpha. */
function nbdDerivatives(
  { customersByX, customersByT, ordersByT, customers }: LikelihoodTables,
  { risesOfR, lnT, inverseT }: NbdLogs,
  { r, alpha }: Pick<Parameters, 'r' | 'alpha'>,
): NbdDerivatives {
  const sums: NbdDerivatives = {
    rr: 0,
    rAlpha: customers / alpha,
    alphaAlpha: (-customers * r) / alpha / alpha,
    r: customers * Math.log(alpha),
    alpha: (customers * r) / alpha,
  };
  for (let i = 0; i < customersByX.length; i++) {
    sums.r += customersByX[i]! * risesOfR.digamma[i]!;
    sums.rr += customersByX[i]! * risesOfR.trigamma[i]!;
  }
  for (let i = 0; i < customersByT.length; i++) {
    const inverse = inverseT[i]!;
    const powers = (r * customersByT[i]! + ordersByT[i]!) * inverse;
    sums.r -= customersByT[i]! * lnT[i]!;
    sums.alpha -= powers;
    sums.rAlpha -= customersByT[i]! * inverse;
    sums.alphaAlpha += powers * inverse;
  }
  return sums;
}

/** Hessian of nbdObjective: of the mean negative log-likelihood a customer by (ln r, ln alpha). */
export function nbdHessian(tables: LikelihoodTables): Curvature {
  const logs = newNbdLogs(tables);
  return (point) => {
    const r = Math.exp(point[0]!);
    const alpha = Math.exp(point[1]!);
    fillNbdLogs(logs, tables, r, alpha);
    const by = nbdDerivatives(tables, logs, { r, alpha });
    const cross = r * alpha * by.rAlpha;
    return [
      [r * r * by.rr + r * by.r, cross],
      [cross, alpha * alpha * by.alphaAlpha + alpha * by.alpha],
    ].map((row) => row.map((value) => -value / tables.customers));
  };
}

/** The part without each triple: NBD and survival of trials, by r, alpha, a and b. */
function tabledPart(tables: LikelihoodTables, logs: LogTables, at: Parameters): Derivatives {
  const { customersByX } = tables;
  const { risesOfB, risesOfAB } = logs;
  const sums = { rA: 0, rB: 0, alphaA: 0, alphaB: 0, aa: 0, ab: 0, bb: 0, a: 0, b: 0 };
  for (let i = 0; i < customersByX.length; i++) {
    const w = customersByX[i]!;
    sums.a -= w * risesOfAB.digamma[i]!;
    sums.b += w * (risesOfB.digamma[i]! - risesOfAB.digamma[i]!);
    sums.aa -= w * risesOfAB.trigamma[i]!;
    sums.bb += w * (risesOfB.trigamma[i]! - risesOfAB.trigamma[i]!);
  }
  sums.ab = sums.aa;
  return { ...nbdDerivatives(tables, logs, at), ...sums };
}

/**
 * Sum of ln(1 + e^u) over all triples, by r, alpha, ln a and b. One exp a triple, about 50 ns. With p = r + x, gap = ln(alpha+T) -
 * ln(alpha+tx) and d its slope by alpha, the slopes of u are gap, p d, 1 and -1/(b+k-1): what holds frequency
 * alone is left to the end of its rows.
 */
function dropoutPart(tables: LikelihoodTables, r: number, logs: LogTables): Derivatives {
  const { x, rowsOfX, txOf, tOf, weight } = tables;
  const { lnOdds, inverseTrials, lnT, inverseT, lnTx, inverseTx } = logs;
  const sums: Derivatives = { ...NONE };
  for (let i = 0; i < x.length; i++) {
    const odds = lnOdds[i]!;
    if (odds === Number.NEGATIVE_INFINITY) continue;
    const p = r + x[i]!;
    const end = rowsOfX[i + 1]!;
    // Sums of P(dead) and of P(dead) (1 - P(dead)), alone and times what the letters say.
    let dead = 0;
    let deadGap = 0;
    let deadD = 0;
    let deadSlope = 0;
    let v = 0;
    let vGap = 0;
    let vD = 0;
    let vGapGap = 0;
    let vGapD = 0;
    let vDD = 0;
    for (let row = rowsOfX[i]!; row < end; row++) {
      const now = tOf[row]!;
      const then = txOf[row]!;
      const gap = lnT[now]! - lnTx[then]!;
      const d = inverseT[now]! - inverseTx[then]!;
      const u = odds + p * gap;
      const e = Math.exp(u > 0 ? -u : u);
      const share = weight[row]! / (1 + e);
      const q = u > 0 ? share : share * e;
      const spread = (share * e) / (1 + e);
      dead += q;
      deadGap += q * gap;
      deadD += q * d;
      deadSlope -= q * d * (inverseT[now]! + inverseTx[then]!);
      v += spread;
      vGap += spread * gap;
      vD += spread * d;
      vGapGap += spread * gap * gap;
      vGapD += spread * gap * d;
      vDD += spread * d * d;
    }
    const uB = -inverseTrials[i]!;
    sums.r += deadGap;
    sums.alpha += p * deadD;
    sums.a += dead;
    sums.b += dead * uB;
    sums.rr += vGapGap;
    sums.rAlpha += p * vGapD + deadD;
    sums.rA += vGap;
    sums.rB += vGap * uB;
    sums.alphaAlpha += p * p * vDD + p * deadSlope;
    sums.alphaA += p * vD;
    sums.alphaB += p * vD * uB;
    sums.aa += v;
    sums.ab += v * uB;
    sums.bb += (v + dead) * uB * uB;
  }
  return sums;
}

/**
 * Hessian of betaGeometricObjective: of the mean negative log-likelihood a customer by (ln r, ln alpha, ln a, ln b). One
 * pass over the triples, where differences of the gradient take eight.
 */
export function betaGeometricHessian(tables: LikelihoodTables, shift: 0 | 1): Curvature {
  const logs = newLogTables(tables);
  return (point) => {
    const [r, alpha, a, b] = Array.from(point, Math.exp) as [number, number, number, number];
    fillLogTables(logs, tables, shift, { r, alpha, a, b });
    const fixed = tabledPart(tables, logs, { r, alpha, a, b });
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

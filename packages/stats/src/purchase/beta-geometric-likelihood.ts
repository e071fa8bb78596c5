import type { Objective } from '../optimise/lbfgs.js';
import { fillRises, newRises, type Rises } from '../special/rises.js';
import { indexDistinct } from './distinct-values.js';
import type { PurchaseSummary } from './purchase-summary.js';

/*
 * Terms. x, tx, T: frequency, recency, age. k: dropout trials a living customer has survived: x in BG/NBD (the first
 * order cannot be the last), x + 1 in MBG/NBD (it can). With that one letter both likelihoods are
 *
 *   L = Gamma(r+x)/Gamma(r) alpha^r  B(a,b+k)/B(a,b)  { (alpha+T)^-(r+x) + [k > 0] a/(b+k-1) (alpha+tx)^-(r+x) }
 *
 * BG/NBD: Fader, Hardie & Lee 2005, eq. 6. MBG/NBD: Batislam, Denizel & Filiztekin 2007, eq. 5.
 * u = ln of the ratio of the second to the first term in braces; P(dead) = e^u / (1 + e^u).
 */

/** Columns of a summary with their distinct values, rows by frequency, and the sums that do not depend on parameters. */
export interface LikelihoodTables {
  size: number;
  customers: number;
  /** Distinct frequencies, ascending. */
  x: Float64Array;
  /** Rows of frequency x[i] stand from rowsOfX[i] to before rowsOfX[i + 1]. */
  rowsOfX: Int32Array;
  tx: Float64Array;
  txOf: Int32Array;
  t: Float64Array;
  tOf: Int32Array;
  weight: Float64Array;
  /** Customers by distinct frequency and by distinct age, and orders by distinct age. */
  customersByX: Float64Array;
  customersByT: Float64Array;
  ordersByT: Float64Array;
}

/** Distinct values in rising order, for each row the place of its own, and where the rows of each begin when sorted by it. */
function sortByValue(column: Float64Array): { x: Float64Array; placeOf: Int32Array; rowsOfX: Int32Array } {
  const { values, index } = indexDistinct(column);
  const ascending = Array.from(values.keys()).sort((i, k) => values[i]! - values[k]!);
  const rank = new Int32Array(values.length);
  ascending.forEach((place, k) => (rank[place] = k));
  const rowsOfX = new Int32Array(values.length + 1);
  for (let i = 0; i < index.length; i++) {
    const place = rank[index[i]!]!;
    index[i] = place;
    rowsOfX[place + 1]!++;
  }
  for (let i = 0; i < values.length; i++) rowsOfX[i + 1]! += rowsOfX[i]!;
  return { x: Float64Array.from(ascending, (place) => values[place]!), placeOf: index, rowsOfX };
}

/** Prepares a summary for many evaluations: 3 hash passes and a sort by counting, about 50 ns a row. */
export function likelihoodTables(summary: PurchaseSummary): LikelihoodTables {
  const size = summary.frequency.length;
  const { x, placeOf, rowsOfX } = sortByValue(summary.frequency);
  const tx = indexDistinct(summary.recency);
  const t = indexDistinct(summary.age);
  const tables: LikelihoodTables = {
    size,
    customers: 0,
    x,
    rowsOfX,
    tx: tx.values,
    txOf: new Int32Array(size),
    t: t.values,
    tOf: new Int32Array(size),
    weight: new Float64Array(size),
    customersByX: new Float64Array(x.length),
    customersByT: new Float64Array(t.values.length),
    ordersByT: new Float64Array(t.values.length),
  };
  const { txOf, tOf, weight, customersByX, customersByT, ordersByT } = tables;
  const next = rowsOfX.slice();
  for (let i = 0; i < size; i++) {
    const w = summary.weight ? summary.weight[i]! : 1;
    const place = placeOf[i]!;
    const age = t.index[i]!;
    const row = next[place]!++;
    txOf[row] = tx.index[i]!;
    tOf[row] = age;
    weight[row] = w;
    tables.customers += w;
    customersByX[place]! += w;
    customersByT[age]! += w;
    ordersByT[age]! += w * x[place]!;
  }
  return tables;
}

/** What an evaluation of the NBD looks up instead of working out: by distinct frequency and age. */
export interface NbdLogs {
  /** From r to r + x. */
  risesOfR: Rises;
  lnT: Float64Array;
  inverseT: Float64Array;
}

/** Room for what an evaluation of the NBD looks up. */
export function newNbdLogs({ x, t }: LikelihoodTables): NbdLogs {
  return {
    risesOfR: newRises(x.length),
    lnT: new Float64Array(t.length),
    inverseT: new Float64Array(t.length),
  };
}

/** Works out what an evaluation of the NBD at these parameters looks up. */
export function fillNbdLogs(logs: NbdLogs, { x, t }: LikelihoodTables, r: number, alpha: number): void {
  fillRises(logs.risesOfR, r, x);
  const { lnT, inverseT } = logs;
  for (let i = 0; i < t.length; i++) {
    lnT[i] = Math.log(alpha + t[i]!);
    inverseT[i] = 1 / (alpha + t[i]!);
  }
}

/**
 * The NBD part of the log-likelihood, which needs only the distinct frequencies and ages: sum of
 * lnGamma(r+x) - lnGamma(r) + r ln alpha - (r+x) ln(alpha+T). Adds d/dr and d/dalpha to gradient[0] and [1].
 */
export function nbdPart(
  tables: LikelihoodTables,
  logs: NbdLogs,
  { r, alpha }: { r: number; alpha: number },
  gradient: Float64Array,
): number {
  const { customersByX, customersByT, ordersByT, customers } = tables;
  const { risesOfR, lnT, inverseT } = logs;
  let value = customers * r * Math.log(alpha);
  let byR = customers * Math.log(alpha);
  let byAlpha = (customers * r) / alpha;
  for (let i = 0; i < customersByX.length; i++) {
    value += customersByX[i]! * risesOfR.lnGamma[i]!;
    byR += customersByX[i]! * risesOfR.digamma[i]!;
  }
  for (let i = 0; i < customersByT.length; i++) {
    const powers = r * customersByT[i]! + ordersByT[i]!;
    value -= powers * lnT[i]!;
    byR -= customersByT[i]! * lnT[i]!;
    byAlpha -= powers * inverseT[i]!;
  }
  gradient[0]! += byR;
  gradient[1]! += byAlpha;
  return value;
}

/** The dropout part that depends on frequency alone: sum of ln B(a,b+k) - ln B(a,b). Adds to gradient[2] and [3]. */
function survivalPart(
  { customersByX }: LikelihoodTables,
  { risesOfB, risesOfAB }: LogTables,
  gradient: Float64Array,
): number {
  let value = 0;
  for (let i = 0; i < customersByX.length; i++) {
    const w = customersByX[i]!;
    value += w * (risesOfB.lnGamma[i]! - risesOfAB.lnGamma[i]!);
    gradient[2]! -= w * risesOfAB.digamma[i]!;
    gradient[3]! += w * (risesOfB.digamma[i]! - risesOfAB.digamma[i]!);
  }
  return value;
}

/** What an evaluation looks up instead of working out: by distinct frequency, age and recency. */
export interface LogTables extends NbdLogs {
  /** From b to b + k and from a + b to a + b + k. */
  risesOfB: Rises;
  risesOfAB: Rises;
  /** ln of a / (b + k - 1); -Infinity where no dropout trial has been made. */
  lnOdds: Float64Array;
  inverseTrials: Float64Array;
  lnTx: Float64Array;
  inverseTx: Float64Array;
}

/** Room for what an evaluation looks up. */
export function newLogTables(tables: LikelihoodTables): LogTables {
  const { x, tx } = tables;
  return {
    ...newNbdLogs(tables),
    risesOfB: newRises(x.length),
    risesOfAB: newRises(x.length),
    lnOdds: new Float64Array(x.length),
    inverseTrials: new Float64Array(x.length),
    lnTx: new Float64Array(tx.length),
    inverseTx: new Float64Array(tx.length),
  };
}

/** Works out what an evaluation at these parameters looks up. */
export function fillLogTables(
  logs: LogTables,
  tables: LikelihoodTables,
  shift: 0 | 1,
  { r, alpha, a, b }: Record<'r' | 'alpha' | 'a' | 'b', number>,
): void {
  const { x, tx } = tables;
  const { lnOdds, inverseTrials, lnTx, inverseTx } = logs;
  fillNbdLogs(logs, tables, r, alpha);
  fillRises(logs.risesOfB, b, x, shift);
  fillRises(logs.risesOfAB, a + b, x, shift);
  const lnA = Math.log(a);
  for (let i = 0; i < x.length; i++) {
    const trials = b + x[i]! + shift - 1;
    lnOdds[i] = x[i]! + shift === 0 ? Number.NEGATIVE_INFINITY : lnA - Math.log(trials);
    inverseTrials[i] = 1 / trials;
  }
  for (let i = 0; i < tx.length; i++) {
    lnTx[i] = Math.log(alpha + tx[i]!);
    inverseTx[i] = 1 / (alpha + tx[i]!);
  }
}

/**
 * Sum of ln(1 + e^u) over all triples, the only part that needs each of them: one exp and one log1p. Fills sums with
 * the slopes by r, alpha, ln a and b. What depends on frequency alone is left to the end of its rows: a first fit runs in
 * the interpreter, where every step of this loop is felt.
 */
function dropoutPart(tables: LikelihoodTables, r: number, logs: LogTables, sums: Float64Array): number {
  const { x, rowsOfX, txOf, tOf, weight } = tables;
  const { lnOdds, inverseTrials, lnT, inverseT, lnTx, inverseTx } = logs;
  let value = 0;
  sums.fill(0);
  for (let i = 0; i < x.length; i++) {
    const odds = lnOdds[i]!;
    if (odds === Number.NEGATIVE_INFINITY) continue;
    const power = r + x[i]!;
    const end = rowsOfX[i + 1]!;
    let dead = 0;
    let byGap = 0;
    let byInverse = 0;
    for (let row = rowsOfX[i]!; row < end; row++) {
      const w = weight[row]!;
      const now = tOf[row]!;
      const then = txOf[row]!;
      const gap = lnT[now]! - lnTx[then]!;
      const u = odds + power * gap;
      const e = Math.exp(u > 0 ? -u : u);
      value += w * ((u > 0 ? u : 0) + Math.log1p(e));
      const q = (w * (u > 0 ? 1 : e)) / (1 + e);
      dead += q;
      byGap += q * gap;
      byInverse += q * (inverseT[now]! - inverseTx[then]!);
    }
    sums[0]! += byGap;
    sums[1]! += power * byInverse;
    sums[2]! += dead;
    sums[3]! -= dead * inverseTrials[i]!;
  }
  return value;
}

/**
 * Mean negative log-likelihood a customer of BG/NBD (shift 0) or MBG/NBD (shift 1) as a function of
 * (ln r, ln alpha, ln a, ln b), with its analytic gradient. One exp and one log1p a triple, the rest is in tables:
 * about 40 ns a triple.
 */
export function betaGeometricObjective(tables: LikelihoodTables, shift: 0 | 1): Objective {
  const { customers } = tables;
  const logs = newLogTables(tables);
  const sums = new Float64Array(4);
  return (point, gradient) => {
    const [r, alpha, a, b] = Array.from(point, Math.exp) as [number, number, number, number];
    gradient.fill(0);
    if (![r, alpha, a, b].every((value) => value > 1e-300 && value < 1e300)) return Number.POSITIVE_INFINITY;
    fillLogTables(logs, tables, shift, { r, alpha, a, b });
    const fixed = nbdPart(tables, logs, { r, alpha }, gradient) + survivalPart(tables, logs, gradient);
    const value = fixed + dropoutPart(tables, r, logs, sums);
    gradient[0] = (-(gradient[0]! + sums[0]!) * r) / customers;
    gradient[1] = (-(gradient[1]! + sums[1]!) * alpha) / customers;
    gradient[2] = -(gradient[2]! * a + sums[2]!) / customers;
    gradient[3] = (-(gradient[3]! + sums[3]!) * b) / customers;
    return -value / customers;
  };
}

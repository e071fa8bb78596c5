import type { Objective } from '../optimise/lbfgs.js';
import { digamma } from '../special/digamma.js';
import { lnRisingFactorial } from '../special/ln-gamma.js';

/*
 * Terms. x orders at n opportunities, the last at the tx-th (0 when x = 0). p ~ Beta(alpha, beta): probability of an order at an
 * opportunity; theta ~ Beta(gamma, delta): probability of leaving before one. A customer is alive at the n-th, or left
 * before the (tx+i+1)-th, i = 0 ... n-tx-1:
 *
 *   L = B(alpha+x, beta+n-x)/B(alpha,beta) B(gamma,delta+n)/B(gamma,delta)
 *     + sum over i of B(alpha+x, beta+tx-x+i)/B(alpha,beta) B(gamma+1,delta+tx+i)/B(gamma,delta)
 *
 * Fader, Hardie & Shang 2010, 'Customer-base analysis in a discrete-time noncontractual setting', Marketing Science
 * 29(6), eq. 5. Every term is worked out relative to that of a customer still alive at the tx-th opportunity.
 */

/** Histories at discrete opportunities, as columns of equal length: x, tx and n of each row, whole numbers. */
export interface OpportunitySummary {
  frequency: Float64Array;
  recency: Float64Array;
  opportunities: Float64Array;
  /** Number of customers with that history; 1 each when left out. */
  weight?: Float64Array;
}

export interface BgBbParameters {
  alpha: number;
  beta: number;
  gamma: number;
  delta: number;
}

/** RangeError unless the numbers can be a history: whole, x <= tx <= n, tx = 0 only with x = 0. */
export function checkOpportunities(x: number, tx: number, n: number): void {
  const whole = [x, tx, n].every((value) => Number.isInteger(value) && value >= 0);
  if (!whole || x > tx || tx > n || (x === 0 && tx !== 0))
    throw new RangeError(`${x} orders, the last at opportunity ${tx} of ${n}, is no history`);
}

/** RangeError, naming the first bad row, unless the columns are a valid summary. One pass. */
export function checkOpportunitySummary(summary: OpportunitySummary): void {
  const { frequency, recency, opportunities, weight } = summary;
  const size = frequency.length;
  if (recency.length !== size || opportunities.length !== size || (weight && weight.length !== size))
    throw new RangeError('opportunity summary: columns differ in length');
  for (let i = 0; i < size; i++) {
    checkOpportunities(frequency[i]!, recency[i]!, opportunities[i]!);
    if (weight && !(weight[i]! >= 0 && weight[i]! < Number.POSITIVE_INFINITY))
      throw new RangeError(`opportunity summary, row ${i}: weight ${weight[i]} is not a count`);
  }
}

/** Parts of one row's likelihood relative to "alive at the tx-th": their sum, and the slopes of its logarithm. */
interface OpportunityTerms {
  alive: number;
  /** Sum over the opportunities before which he may have left. */
  left: number;
  /** Mean, over all terms, of digamma differences: by beta; by alpha + beta; by gamma; by delta; by gamma + delta. */
  byBeta: number;
  byAlphaBeta: number;
  byGamma: number;
  byDelta: number;
  byGammaDelta: number;
}

/**
 * Fills the terms. silence = n - tx terms, each a few products; all relative to one, so none overflows. The slopes are
 * sums of 1 / z, by which digamma(z) steps.
 */
export function sumOpportunities(
  terms: OpportunityTerms,
  { alpha, beta, gamma, delta }: BgBbParameters,
  x: number,
  tx: number,
  n: number,
): void {
  // Probability, given all orders so far, of no order at the next i opportunities while alive; and of surviving them.
  let [quiet, stay] = [1, 1];
  let [byBeta, byAB, byDelta, byGD] = [0, 0, 0, 0];
  let [left, sumBeta, sumAB, sumGamma, sumDelta, sumGD] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < n - tx; i++) {
    const [none, all] = [beta + tx - x + i, alpha + beta + tx + i];
    const [staying, trials] = [delta + tx + i, gamma + delta + tx + i];
    const term = quiet * stay * (gamma / trials);
    left += term;
    sumBeta += term * byBeta;
    sumAB += term * byAB;
    sumGamma += term / gamma;
    sumDelta += term * byDelta;
    sumGD += term * (byGD + 1 / trials);
    quiet *= none / all;
    stay *= staying / trials;
    byBeta += 1 / none;
    byAB += 1 / all;
    byDelta += 1 / staying;
    byGD += 1 / trials;
  }
  const alive = quiet * stay;
  const total = alive + left;
  terms.alive = alive;
  terms.left = left;
  terms.byBeta = (sumBeta + alive * byBeta) / total;
  terms.byAlphaBeta = (sumAB + alive * byAB) / total;
  terms.byGamma = sumGamma / total;
  terms.byDelta = (sumDelta + alive * byDelta) / total;
  terms.byGammaDelta = (sumGD + alive * byGD) / total;
}

export const newOpportunityTerms = (): OpportunityTerms => ({
  alive: 1,
  left: 0,
  byBeta: 0,
  byAlphaBeta: 0,
  byGamma: 0,
  byDelta: 0,
  byGammaDelta: 0,
});

/** ln of the part in front: x orders and tx - x silences while alive through the tx-th opportunity. */
function lnAliveAtLast({ alpha, beta, gamma, delta }: BgBbParameters, x: number, tx: number): number {
  return (
    lnRisingFactorial(alpha, x) +
    lnRisingFactorial(beta, tx - x) -
    lnRisingFactorial(alpha + beta, tx) +
    lnRisingFactorial(delta, tx) -
    lnRisingFactorial(gamma + delta, tx)
  );
}

/**
 * Mean negative log-likelihood a customer as a function of (ln alpha, ln beta, ln gamma, ln delta), with its analytic
 * gradient. About 1 microsecond a row and 15 ns an opportunity since the last order.
 */
export function bgBbObjective(summary: OpportunitySummary): Objective {
  const { frequency, recency, opportunities } = summary;
  const size = frequency.length;
  const weight = summary.weight ?? new Float64Array(size).fill(1);
  const customers = weight.reduce((sum, w) => sum + w, 0);
  const terms = newOpportunityTerms();
  return (point, gradient) => {
    const [alpha, beta, gamma, delta] = Array.from(point, Math.exp) as [number, number, number, number];
    const parameters = { alpha, beta, gamma, delta };
    gradient.fill(0);
    if (![alpha, beta, gamma, delta].every((value) => value > 1e-100 && value < 1e100))
      return Number.POSITIVE_INFINITY;
    const start = [alpha, beta, alpha + beta, delta, gamma + delta].map(digamma);
    const [dAlpha, dBeta, dAB, dDelta, dGD] = start as [number, number, number, number, number];
    let value = 0;
    let [byAlpha, byBeta, byGamma, byDelta] = [0, 0, 0, 0];
    for (let i = 0; i < size; i++) {
      const [x, tx, w] = [frequency[i]!, recency[i]!, weight[i]!];
      sumOpportunities(terms, parameters, x, tx, opportunities[i]!);
      value += w * (lnAliveAtLast(parameters, x, tx) + Math.log(terms.alive + terms.left));
      const together = dAB - digamma(alpha + beta + tx) - terms.byAlphaBeta;
      const trials = dGD - digamma(gamma + delta + tx) - terms.byGammaDelta;
      byAlpha += w * (digamma(alpha + x) - dAlpha + together);
      byBeta += w * (digamma(beta + tx - x) - dBeta + terms.byBeta + together);
      byGamma += w * (terms.byGamma + trials);
      byDelta += w * (digamma(delta + tx) - dDelta + terms.byDelta + trials);
    }
    gradient[0] = (-byAlpha * alpha) / customers;
    gradient[1] = (-byBeta * beta) / customers;
    gradient[2] = (-byGamma * gamma) / customers;
    gradient[3] = (-byDelta * delta) / customers;
    return -value / customers;
  };
}

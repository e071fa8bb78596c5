import {
  fitByLikelihood,
  fitNotTried,
  type Fit,
  type FitOptions,
  type FitWarning,
} from '../optimise/fit-by-likelihood.js';
import type { Objective } from '../optimise/lbfgs.js';
import { digamma } from '../special/digamma.js';
import { lnGamma } from '../special/ln-gamma.js';
import { pearsonCorrelation } from '../validate/correlation.js';
import { rankCorrelation, type RankCorrelation } from '../validate/rank-correlation.js';

/**
 * Spend an order is Gamma(p, nu) within a customer; nu is Gamma(q, v) across customers (v is the paper's gamma, in
 * units of money).
 */
export interface GammaGammaParameters {
  p: number;
  q: number;
  v: number;
}

/** Mean spend a repeat order (monetaryValue > 0) of customers with frequency >= 1, as columns of equal length. */
export interface SpendSummary {
  frequency: Float64Array;
  monetaryValue: Float64Array;
  weight?: Float64Array;
}

/** A fitted spend model: plain data. */
export type SpendModel = { name: 'gamma-gamma'; parameters: GammaGammaParameters };

/** The fit, with the correlation of frequency and mean spend: the model assumes that there is none. */
export interface SpendFit extends Fit<GammaGammaParameters> {
  correlation: { pearson: number; spearman: number };
  /** The rank correlation with its interval, and how likely a larger one is by chance. */
  rankCorrelation: RankCorrelation;
}

const FEWEST_REPEATERS = 10;
const FEW_REPEATERS = 100;
/** A correlation this large in size makes expected spend visibly wrong for frequent buyers. */
const STRONG_CORRELATION = 0.3;
const names = ['p', 'q', 'v'] as const;

/** Columns of one length, frequencies and weights from 0 on, all finite: else a RangeError that names the row. One pass. */
export function checkSpendSummary({ frequency, monetaryValue, weight }: SpendSummary): void {
  const size = frequency.length;
  if (monetaryValue.length !== size || (weight && weight.length !== size)) {
    throw new RangeError('spend summary: columns differ in length');
  }
  for (let i = 0; i < size; i++) {
    const valid = frequency[i]! >= 0 && Number.isFinite(frequency[i]) && Number.isFinite(monetaryValue[i]);
    if (!valid || (weight && !(weight[i]! >= 0 && Number.isFinite(weight[i])))) {
      throw new RangeError(
        `spend summary, row ${i}: frequency ${frequency[i]}, monetary value ${monetaryValue[i]} is no spend`,
      );
    }
  }
}

/** Rows that the model is about: at least one repeat order, and a positive mean spend; `rows` are their places. */
export function repeatersOf({
  frequency,
  monetaryValue,
  weight,
}: SpendSummary): Required<SpendSummary> & { rows: number[] } {
  const rows: number[] = [];
  for (let i = 0; i < frequency.length; i++) {
    if (frequency[i]! > 0 && monetaryValue[i]! > 0 && (!weight || weight[i]! > 0)) rows.push(i);
  }
  const pick = (column: Float64Array): Float64Array => Float64Array.from(rows, (i) => column[i]!);
  return {
    rows,
    frequency: pick(frequency),
    monetaryValue: pick(monetaryValue),
    weight: weight ? pick(weight) : new Float64Array(rows.length).fill(1),
  };
}

interface FrequencyTable {
  x: Float64Array;
  weight: Float64Array;
}

function byFrequency(spend: Required<SpendSummary>): FrequencyTable {
  const counts = new Map<number, number>();
  spend.frequency.forEach((x, i) => counts.set(x, (counts.get(x) ?? 0) + spend.weight[i]!));
  return { x: Float64Array.from(counts.keys()), weight: Float64Array.from(counts.values()) };
}

/**
 * Mean negative log-likelihood a customer in (ln p, ln q, ln v), with its gradient:
 *   ln Gamma(px+q) - ln Gamma(px) - ln Gamma(q) + q ln v + (px-1) ln z + px ln x - (px+q) ln(v + xz)
 * Fader & Hardie 2013, eq. 1a (z mean spend). One log a row; gamma functions once a distinct frequency.
 */
function gammaGammaObjective(spend: Required<SpendSummary>, customers: number): Objective {
  const { frequency, monetaryValue, weight } = spend;
  const table = byFrequency(spend);
  // Sums that do not depend on the parameters: w x ln(x z) and w ln z.
  let lnTotals = 0;
  let lnMeans = 0;
  for (let i = 0; i < frequency.length; i++) {
    lnTotals += weight[i]! * frequency[i]! * Math.log(frequency[i]! * monetaryValue[i]!);
    lnMeans += weight[i]! * Math.log(monetaryValue[i]!);
  }
  return (point, gradient) => {
    const [p, q, v] = Array.from(point, Math.exp) as [number, number, number];
    if (![p, q, v].every((value) => value > 1e-300 && value < 1e300)) return Number.POSITIVE_INFINITY;
    const lnV = Math.log(v);
    let value = p * lnTotals - lnMeans + customers * (q * lnV - lnGamma(q));
    let byP = lnTotals;
    let byQ = customers * (lnV - digamma(q));
    let byV = (customers * q) / v;
    for (let i = 0; i < table.x.length; i++) {
      const [x, w] = [table.x[i]!, table.weight[i]!];
      value += w * (lnGamma(p * x + q) - lnGamma(p * x));
      const both = digamma(p * x + q);
      byP += w * x * (both - digamma(p * x));
      byQ += w * both;
    }
    for (let i = 0; i < frequency.length; i++) {
      const [x, w] = [frequency[i]!, weight[i]!];
      const total = v + x * monetaryValue[i]!;
      const ln = Math.log(total);
      value -= w * (p * x + q) * ln;
      byP -= w * x * ln;
      byQ -= w * ln;
      byV -= (w * (p * x + q)) / total;
    }
    gradient[0] = (-byP * p) / customers;
    gradient[1] = (-byQ * q) / customers;
    gradient[2] = (-byV * v) / customers;
    return -value / customers;
  };
}

/**
 * Fits the Gamma-Gamma model of spend by maximum likelihood on customers with repeat orders. Rows without repeat orders
 * or with a mean spend that is not positive are left out. Source: Fader & Hardie 2013, 'The Gamma-Gamma model of
 * monetary value', eq. 1a; Colombo & Jiang 1999. RangeError only for invalid columns. One log a row and evaluation.
 */
export function fitGammaGamma(summary: SpendSummary, options: FitOptions = {}): SpendFit {
  checkSpendSummary(summary);
  const spend = repeatersOf(summary);
  const customers = spend.weight.reduce((sum, w) => sum + w, 0);
  const ranks = rankCorrelation(spend.frequency, spend.monetaryValue, spend.weight);
  const correlation = {
    pearson: pearsonCorrelation(spend.frequency, spend.monetaryValue, spend.weight),
    spearman: ranks.correlation,
  };
  const together = { correlation, rankCorrelation: ranks };
  const mean = spend.monetaryValue.reduce((sum, z, i) => sum + z * spend.weight[i]!, 0) / (customers || 1);
  const notTried = { p: 2, q: 4, v: mean > 0 ? 1.5 * mean : 1 };
  const refuse = (reason: 'no-repeat-orders' | 'too-few-repeaters' | 'spend-does-not-vary'): SpendFit => {
    return { ...fitNotTried('gamma-gamma', notTried, customers, reason), ...together };
  };
  if (customers === 0) return refuse('no-repeat-orders');
  if (customers < FEWEST_REPEATERS) return refuse('too-few-repeaters');
  const spread = spend.monetaryValue.reduce((most, z) => Math.max(most, Math.abs(z - mean)), 0);
  if (spread < 1e-9 * mean) return refuse('spend-does-not-vary');
  const start = (p: number, q: number): Float64Array =>
    Float64Array.of(Math.log(p), Math.log(q), Math.log((mean * (q - 1)) / p));
  const fit = fitByLikelihood<GammaGammaParameters>(
    {
      name: 'gamma-gamma',
      names,
      customers,
      objective: gammaGammaObjective(spend, customers),
      starts: [start(2, 4), start(6, 2), start(0.8, 8)],
      centre: [0, 0, Math.log(mean)],
    },
    options,
  );
  return { ...judge(fit, correlation, customers), ...together };
}

function judge(
  fit: Fit<GammaGammaParameters>,
  correlation: SpendFit['correlation'],
  customers: number,
): Fit<GammaGammaParameters> {
  const warnings: FitWarning[] = [...fit.warnings];
  if (customers < FEW_REPEATERS) warnings.push('few-repeaters');
  if (Math.max(Math.abs(correlation.pearson), Math.abs(correlation.spearman)) > STRONG_CORRELATION) {
    warnings.push('spend-correlates-with-frequency');
  }
  if (fit.converged && fit.parameters.q <= 1)
    return { ...fit, converged: false, reason: 'spend-mean-infinite', warnings };
  if (fit.converged && fit.parameters.q <= 2) warnings.push('spend-variance-infinite');
  return { ...fit, warnings };
}

/**
 * Posterior of a customer's mean spend: inverse gamma with this shape and scale (mean scale / (shape - 1)). x orders
 * with mean spend m; x = 0 gives the prior. Fader & Hardie 2013, section 3.
 */
export function spendPosterior(model: SpendModel, x: number, m: number): { shape: number; scale: number } {
  if (!(x >= 0) || !(x === 0 || m >= 0))
    throw new RangeError(`spendPosterior needs x >= 0 and m >= 0, got ${x}, ${m}`);
  const { p, q, v } = model.parameters;
  return { shape: p * x + q, scale: p * (x === 0 ? v : v + x * m) };
}

/**
 * Expected spend an order of a customer with x repeat orders of mean spend m: the weighted mean of his own and of
 * everybody's. Fader & Hardie 2013, eq. 5. Unit of m. Infinity where px + q <= 1: there the model has no mean, and a
 * fit with reason 'spend-mean-infinite' should not be used.
 */
export function expectedSpend(model: SpendModel, x: number, m: number): number {
  const { shape, scale } = spendPosterior(model, x, m);
  return shape > 1 ? scale / (shape - 1) : Number.POSITIVE_INFINITY;
}

/** Log-likelihood of a spend summary under the given parameters, over its repeaters. */
export function logLikelihoodGammaGamma(parameters: GammaGammaParameters, summary: SpendSummary): number {
  checkSpendSummary(summary);
  const spend = repeatersOf(summary);
  const customers = spend.weight.reduce((sum, w) => sum + w, 0);
  if (customers === 0) return 0;
  const point = Float64Array.from(names, (name) => Math.log(parameters[name]));
  return -gammaGammaObjective(spend, customers)(point, new Float64Array(3)) * customers;
}

import { checkPositive } from '../purchase/check-arguments.js';
import { meanOverBeta } from '../special/mean-over.js';
import type { BdwParameters } from './bdw.js';
import { lnRetention, lnSurvivalAt } from './retention-likelihood.js';
import type { SbgParameters } from './sbg.js';

/** A model of contract renewals with its parameters: plain data. */
export type ContractModel =
  | { name: 'sbg'; parameters: SbgParameters }
  | { name: 'bdw'; parameters: BdwParameters };

/** The three parameters of either model; sBG is BdW with c = 1. RangeError unless they are positive. */
function threeOf({ name, parameters }: ContractModel): BdwParameters {
  const three = name === 'sbg' ? { ...parameters, c: 1 } : parameters;
  checkPositive(three, ['alpha', 'beta', 'c']);
  return three;
}

function checkPeriod(t: number, what: string): number {
  if (!(Number.isInteger(t) && t >= 0))
    throw new RangeError(`${what} must be a whole number of periods, got ${t}`);
  return t;
}

/** S(t): probability that a new customer survives t renewals; t whole, else RangeError. Fader & Hardie 2007, eq. 6. */
export function contractSurvival(model: ContractModel, t: number): number {
  const { alpha, beta, c } = threeOf(model);
  return Math.exp(lnSurvivalAt(alpha, beta, checkPeriod(t, 'tenure') ** c));
}

/** A column a value; period counts from 0. */
export interface RetentionCurve {
  period: Float64Array;
  survival: Float64Array;
  retention: Float64Array;
}

/**
 * Survival and retention rate r(t) = S(t) / S(t-1) for t = 0 ... periods; r(0) = 1. Fader & Hardie 2007, eq. 8. RangeError
 * unless `periods` is whole and the parameters are positive. One exponential and one log-gamma a period and column.
 */
export function retentionCurve(model: ContractModel, periods: number): RetentionCurve {
  const { alpha, beta, c } = threeOf(model);
  const size = checkPeriod(periods, 'length of the curve') + 1;
  const period = Float64Array.from({ length: size }, (_, t) => t);
  const clock = period.map((t) => t ** c);
  return {
    period,
    survival: clock.map((u) => Math.exp(lnSurvivalAt(alpha, beta, u))),
    retention: clock.map((u, t) => {
      const before = t === 0 ? 0 : clock[t - 1]!;
      return Math.exp(lnRetention(alpha, beta, before, u - before));
    }),
  };
}

/** Least discount a period at which a sum without end is taken term by term: 400,000 terms. */
const LEAST_DISCOUNT = 1e-4;
const MOST_PERIODS = 1_000_000;

/** Sum over j = 1 ... horizon of S(m+j)/S(m) (1+d)^-(j-1), term by term. */
function residualBySum({ alpha, beta, c }: BdwParameters, m: number, d: number, horizon: number): number {
  const from = m ** c;
  let sum = 0;
  for (let j = 1; j <= horizon; j++) {
    const term = Math.exp(lnSurvivalAt(alpha, beta + from, (m + j) ** c - from) - (j - 1) * Math.log1p(d));
    sum += term;
    // What follows is at most term / d, since S falls. Equal when all is zero in doubles.
    if (term <= 1e-14 * d * sum) break;
  }
  return sum;
}

/**
 * Discounted expected residual lifetime (DERL), in periods: of a customer who has renewed m times and stands just before his
 * next renewal, the expected number of renewals to come, the next one undiscounted, the one after it worth 1/(1+d), and so
 * on. Without a horizon for ever. sBG: Fader & Hardie 2010, 'Customer-base valuation in a contractual setting',
 * Marketing Science 29(1), eq. 6, whose hypergeometric function is the mean over theta ~ Beta(alpha, beta + m) of
 * (1-theta)(1+d)/(theta+d), taken as such: relative error about 1e-13. BdW: term by term, up to 400,000 terms.
 * RangeError for a discount that is negative, 0 without a horizon, or for BdW below 1e-4 without one.
 */
export function discountedResidualLifetime(
  model: ContractModel,
  renewals: number,
  discount: number,
  horizon: number = Number.POSITIVE_INFINITY,
): number {
  const three = threeOf(model);
  const m = checkPeriod(renewals, 'renewals');
  const end = horizon === Number.POSITIVE_INFINITY;
  if (!end && checkPeriod(horizon, 'horizon') > MOST_PERIODS)
    throw new RangeError(`horizon must be at most ${MOST_PERIODS} periods, got ${horizon}`);
  if (!(discount >= 0 && discount < Number.POSITIVE_INFINITY) || (end && discount === 0))
    throw new RangeError(`discount must be >= 0, and above 0 without a horizon, got ${discount}`);
  if (end && three.c === 1)
    return meanOverBeta(three.alpha, three.beta + m, Math.log(discount) - 40, (lnTheta, lnStay) => {
      return (Math.exp(lnStay) * (1 + discount)) / (Math.exp(lnTheta) + discount);
    });
  if (end && discount < LEAST_DISCOUNT)
    throw new RangeError(
      `without a horizon the discount must be at least ${LEAST_DISCOUNT}, got ${discount}`,
    );
  return residualBySum(three, m, discount, horizon);
}

/** What a contract is worth: `margin` each period it is held, in any unit of money. */
export interface ContractTerms {
  margin: number;
  /** Discount rate a period: a payment t periods away is worth (1 + discount)^-t. */
  discount: number;
  /** Renewals the customer has made; he stands just before the next. Left out: a new customer, who is paying his first period now. */
  renewals?: number;
  /** Payments counted at most; for ever when left out. */
  horizon?: number;
}

/**
 * Customer lifetime value of a contract, in the unit of margin. New customer: margin x (1 + S(1)/(1+d) + S(2)/(1+d)^2 + ...),
 * his first payment included (Fader & Hardie 2010, eq. 3 and 4); else margin x DERL, his next payment counted if he
 * renews. RangeError as discountedResidualLifetime.
 */
export function contractValue(model: ContractModel, terms: ContractTerms): number {
  const { margin, discount, renewals, horizon = Number.POSITIVE_INFINITY } = terms;
  if (!Number.isFinite(margin)) throw new RangeError(`margin must be a number, got ${margin}`);
  if (renewals !== undefined) return margin * discountedResidualLifetime(model, renewals, discount, horizon);
  if (horizon === 0) return 0;
  const later = discountedResidualLifetime(model, 0, discount, horizon - 1);
  return margin * (1 + later / (1 + discount));
}

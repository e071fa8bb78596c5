import { drawBeta } from '../distributions/draws.js';
import type { Random } from '../distributions/random.js';
import { fitByLikelihood, fitNotTried, type Fit, type FitOptions } from '../optimise/fit-by-likelihood.js';
import { checkCount, checkPositive } from '../purchase/check-arguments.js';
import type { CustomerFuture, Traits } from '../purchase/customer-future.js';
import { meanOverBeta } from '../special/mean-over.js';
import { lnGamma, lnRisingFactorial } from '../special/ln-gamma.js';
import {
  bgBbObjective,
  checkOpportunities,
  checkOpportunitySummary,
  newOpportunityTerms,
  sumOpportunities,
  type BgBbParameters,
  type OpportunitySummary,
} from './bg-bb-likelihood.js';

const names = ['alpha', 'beta', 'gamma', 'delta'] as const;
const FEWEST_REPEATERS = 10;
const FEW_REPEATERS = 100;
/** Gain over the same model without dropout that two parameters must bring (AIC), and that chance may bring (chi-squared, 95 %). */
const WORTH_TWO_PARAMETERS = 2;
const CHANCE_GAIN = 2.996;
/** gamma so small that nobody leaves. */
const LN_NOBODY_LEAVES = -200;

/** Log-likelihood of the best beta-binomial: the same model without dropout. */
function withoutDropout(summary: OpportunitySummary, customers: number, options: FitOptions): number {
  const whole = bgBbObjective(summary);
  const slopes = new Float64Array(4);
  const fit = fitByLikelihood<{ alpha: number; beta: number }>(
    {
      name: 'beta-binomial',
      names: ['alpha', 'beta'],
      customers,
      objective: (point, gradient) => {
        const value = whole(Float64Array.of(point[0]!, point[1]!, LN_NOBODY_LEAVES, 0), slopes);
        gradient.set(slopes.subarray(0, 2));
        return value;
      },
      starts: [Float64Array.of(0, 0), Float64Array.of(-0.7, 0.7)],
      centre: [0, 0],
    },
    { ...options, standardErrors: false },
  );
  return fit.logLikelihood;
}

/**
 * Fits the BG/BB by maximum likelihood: at each opportunity (a fair, a month, a flight) a living customer orders with his own
 * probability; before each he may leave with his own probability. Source: Fader, Hardie & Shang 2010, Marketing
 * Science 29(6), eq. 5. RangeError only for an invalid summary; everything else is a typed reason. About 5 ms for 22
 * distinct histories.
 */
export function fitBgBb(summary: OpportunitySummary, options: FitOptions = {}): Fit<BgBbParameters> {
  checkOpportunitySummary(summary);
  const { frequency, opportunities, weight } = summary;
  let [customers, repeaters, orders, chances] = [0, 0, 0, 0];
  for (let i = 0; i < frequency.length; i++) {
    const w = weight ? weight[i]! : 1;
    customers += w;
    orders += w * frequency[i]!;
    chances += w * opportunities[i]!;
    if (frequency[i]! > 0) repeaters += w;
  }
  const share = chances > 0 ? Math.min(0.95, Math.max(0.05, orders / chances)) : 0.5;
  const notTried = { alpha: share, beta: 1 - share, gamma: 0.5, delta: 2.5 };
  if (!(customers > 0)) return fitNotTried('bg-bb', notTried, 0, 'no-customers');
  if (repeaters === 0) return fitNotTried('bg-bb', notTried, customers, 'no-repeat-orders');
  if (repeaters < FEWEST_REPEATERS) return fitNotTried('bg-bb', notTried, customers, 'too-few-repeaters');
  const start = (...values: number[]): Float64Array => Float64Array.from(values, Math.log);
  const fit = fitByLikelihood<BgBbParameters>(
    {
      name: 'bg-bb',
      names,
      customers,
      objective: bgBbObjective(summary),
      starts: [
        start(2 * share, 2 * (1 - share), 0.5, 2.5),
        start(4 * share, 2 * (1 - share), 1, 5),
        start(share, 1 - share, 0.3, 6),
      ],
      centre: [0, 0, 0, 0],
    },
    options,
  );
  if (fit.reason === 'likelihood-out-of-bounds') return fit;
  const gain = fit.logLikelihood - withoutDropout(summary, customers, options);
  if (gain < WORTH_TWO_PARAMETERS) return { ...fit, converged: false, reason: 'no-dropout-visible' };
  const warnings = [...fit.warnings];
  if (gain < CHANCE_GAIN) warnings.push('dropout-not-significant');
  if (repeaters < FEW_REPEATERS) warnings.push('few-repeaters');
  return { ...fit, warnings };
}

/** Log-likelihood of a summary under a BG/BB (Fader, Hardie & Shang 2010, eq. 5). RangeError for invalid arguments. */
export function logLikelihoodBgBb(parameters: BgBbParameters, summary: OpportunitySummary): number {
  checkOpportunitySummary(summary);
  checkPositive(parameters, names);
  const customers = summary.frequency.reduce((sum, _, i) => sum + (summary.weight?.[i] ?? 1), 0);
  if (customers === 0) return 0;
  const point = Float64Array.from(names, (name) => Math.log(parameters[name]));
  return -bgBbObjective(summary)(point, new Float64Array(4)) * customers;
}

/**
 * What is left of a customer after n opportunities: with probability pAliveNow he was alive at the n-th; then
 * p ~ Beta(alpha, beta) and theta ~ Beta(gamma, delta), independent of each other. Exact, by conjugacy.
 */
interface OpportunityProcess {
  pAliveNow: number;
  alpha: number;
  beta: number;
  gamma: number;
  delta: number;
}

/** Horizons up to which a sum over opportunities is cheaper than a mean over theta. */
const SHORT = 256;

function checkOpportunityHorizon(horizon: number): number {
  if (!(Number.isInteger(horizon) && horizon >= 0))
    throw new RangeError(`horizon must be a whole number of opportunities, got ${horizon}`);
  return horizon;
}

/**
 * Sum over m = 1 ... horizon of P(alive at the m-th next opportunity) (1+d)^-m, given alive now: with theta known a
 * geometric sum; its mean over theta is Fader, Hardie & Shang 2010, eq. 13 (d = 0) and 14 (no horizon). Written without
 * the singularity at gamma = 1.
 */
function chancesLeft({ gamma, delta }: OpportunityProcess, horizon: number, d: number): number {
  if (horizon <= SHORT) {
    let [stay, sum] = [1, 0];
    for (let m = 0; m < horizon; m++) {
      stay *= (delta + m) / (gamma + delta + m) / (1 + d);
      sum += stay;
    }
    return sum;
  }
  const end = horizon === Number.POSITIVE_INFINITY;
  const flatBelow = -40 - (end ? -Math.log(d) : Math.log(horizon));
  return meanOverBeta(gamma, delta, flatBelow, (lnTheta, lnStay) => {
    // (1 - ratio) (1+d) = theta + d, without cancellation; ratio = (1-theta)/(1+d).
    const missing = Math.exp(lnTheta) + d;
    if (end) return Math.exp(lnStay) / missing;
    const lnRatio = lnStay - Math.log1p(d);
    if (missing === 0) return horizon;
    return (Math.exp(lnStay) * -Math.expm1(horizon * lnRatio)) / missing;
  });
}

/** ln of the probability of k orders in a given order at m opportunities. */
const lnOrders = (alpha: number, beta: number, k: number, m: number): number =>
  lnRisingFactorial(alpha, k) + lnRisingFactorial(beta, m - k) - lnRisingFactorial(alpha + beta, m);

const lnChoose = (m: number, k: number): number => lnGamma(m + 1) - lnGamma(k + 1) - lnGamma(m - k + 1);

/**
 * P(k orders at the next `horizon` opportunities): alive through all of them, or gone before one after which no order
 * was possible. Fader, Hardie & Shang 2010, eq. 12. About 0.5 microseconds an opportunity.
 */
function countProbability(process: OpportunityProcess, k: number, horizon: number): number {
  const { pAliveNow, alpha, beta, gamma, delta } = process;
  let sum = 0;
  if (k <= horizon) {
    let lnStay = lnRisingFactorial(delta, k) - lnRisingFactorial(gamma + delta, k);
    for (let m = k; m <= horizon; m++) {
      // At m = horizon he is alive to the end; before, he leaves right after the m-th.
      const leaves = m === horizon ? 1 : gamma / (gamma + delta + m);
      sum += leaves * Math.exp(lnChoose(m, k) + lnOrders(alpha, beta, k, m) + lnStay);
      lnStay += Math.log1p(-gamma / (gamma + delta + m));
    }
  }
  const value = Math.min(1, sum);
  return k === 0 ? pAliveNow * value + (1 - pAliveNow) : pAliveNow * value;
}

/** Draws (p, theta) from the posterior: of the living, or of those who left before one of the opportunities since tx. */
function drawTraits(
  parameters: BgBbParameters,
  process: OpportunityProcess,
  [x, tx, n]: readonly [number, number, number],
): (random: Random) => Traits {
  const { alpha, beta, gamma, delta } = parameters;
  return (random) => {
    if (random.uniform() < process.pAliveNow)
      return {
        alive: true,
        rate: drawBeta(random, process.alpha, process.beta),
        dropout: drawBeta(random, process.gamma, process.delta),
      };
    // Weights of leaving before the (tx+i+1)-th opportunity, as in sumOpportunities.
    const weights: number[] = [];
    let stay = 1;
    for (let i = 0; i < n - tx; i++) {
      const trials = gamma + delta + tx + i;
      weights.push((stay * gamma) / trials);
      stay *= (((beta + tx - x + i) / (alpha + beta + tx + i)) * (delta + tx + i)) / trials;
    }
    let rest = random.uniform() * weights.reduce((sum, w) => sum + w, 0);
    let i = 0;
    while (i < weights.length - 1 && rest > weights[i]!) rest -= weights[i++]!;
    return {
      alive: false,
      rate: drawBeta(random, alpha + x, beta + tx - x + i),
      dropout: drawBeta(random, gamma + 1, delta + tx + i),
    };
  };
}

/** Orders at the next opportunities one by one, until he leaves. */
function drawOrders(random: Random, { alive, rate, dropout }: Traits, horizon: number): number {
  if (!alive) return 0;
  let orders = 0;
  for (let m = 0; m < horizon && random.uniform() >= dropout; m++) if (random.uniform() < rate) orders++;
  return orders;
}

function futureOf(process: OpportunityProcess, draw: (random: Random) => Traits): CustomerFuture {
  const { pAliveNow, alpha, beta, gamma, delta } = process;
  const rate = alpha / (alpha + beta);
  return {
    pAlive: (pAliveNow * delta) / (gamma + delta),
    expectedOrders: (horizon) => pAliveNow * rate * chancesLeft(process, checkOpportunityHorizon(horizon), 0),
    orderProbability: (k, horizon) =>
      countProbability(process, checkCount(k), checkOpportunityHorizon(horizon)),
    discountedOrders: (discount, horizon = Number.POSITIVE_INFINITY) => {
      if (horizon !== Number.POSITIVE_INFINITY) checkOpportunityHorizon(horizon);
      if (!(discount >= 0 && (discount > 0 || horizon < Number.POSITIVE_INFINITY)))
        throw new RangeError(`discount must be >= 0, and above 0 without a horizon, got ${discount}`);
      return pAliveNow * rate * chancesLeft(process, horizon, discount);
    },
    drawTraits: draw,
    drawOrders: (random, traits, horizon) => drawOrders(random, traits, checkOpportunityHorizon(horizon)),
  };
}

/**
 * The future of a customer with x orders at n opportunities, the last at the tx-th, under a BG/BB; (0, 0, 0) is a new
 * customer. pAlive is the probability of being alive at the next opportunity, n + 1 (Fader, Hardie & Shang 2010, eq. 11). A
 * discount d counts an order at the m-th next opportunity as (1 + d)^-m (eq. 14). RangeError for an impossible history.
 */
export function bgBbFuture(parameters: BgBbParameters, x: number, tx: number, n: number): CustomerFuture {
  checkOpportunities(x, tx, n);
  const { alpha, beta, gamma, delta } = parameters;
  const terms = newOpportunityTerms();
  sumOpportunities(terms, parameters, x, tx, n);
  const process = {
    pAliveNow: terms.alive / (terms.alive + terms.left),
    alpha: alpha + x,
    beta: beta + n - x,
    gamma,
    delta: delta + n,
  };
  return futureOf(process, drawTraits(parameters, process, [x, tx, n]));
}

/**
 * P(k orders at the `horizon` opportunities after the n-th) of a customer who was new at 0 and of whom nothing else is
 * known. Fader, Hardie & Shang 2010, eq. 9. Sums to one over k = 0 ... horizon.
 */
export function bgBbWindowProbability(
  parameters: BgBbParameters,
  k: number,
  n: number,
  horizon: number,
): number {
  const { gamma, delta } = parameters;
  const past = checkOpportunityHorizon(n);
  const pAliveNow = Math.exp(lnRisingFactorial(delta, past) - lnRisingFactorial(gamma + delta, past));
  return countProbability(
    { ...parameters, pAliveNow, delta: delta + past },
    checkCount(k),
    checkOpportunityHorizon(horizon),
  );
}

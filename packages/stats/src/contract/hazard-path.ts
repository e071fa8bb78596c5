import type { RetentionCurve } from './contract-value.js';
import type { HazardModel } from './hazard.js';
import { log1pExp } from '../special/log-sums.js';

/** A contract and what is known or assumed of its time to come. */
export interface ContractPath {
  /** Periods the customer has been through; 0 for a new one. His next period is tenure + 1. */
  tenure: number;
  /** Columns of the model, period by period from tenure + 1 on, each in the order of the model's names; the last is held from there on. */
  path: readonly ArrayLike<number>[];
}

function checkPath(model: HazardModel, { tenure, path }: ContractPath): void {
  if (!(Number.isInteger(tenure) && tenure >= 0))
    throw new RangeError(`tenure must be a whole number of periods, got ${tenure}`);
  if (path.length === 0) throw new RangeError('a path needs the columns of at least one period');
  path.forEach((values, k) => {
    const valid = values.length === model.names.length && Array.from(values).every(Number.isFinite);
    if (!valid)
      throw new RangeError(`path, period ${k}: finite numbers are needed for ${model.names.join(', ')}`);
  });
}

/** What tenure adds to the log odds in a period. */
function tenurePart({ baseline, byPeriod, periods }: HazardModel, period: number): number {
  if (baseline === 'constant') return 0;
  if (baseline === 'log') return byPeriod[0]! * Math.log(period);
  // The last period seen that is not after this one; before the first, the first.
  const place = periods.findLastIndex((seen) => seen <= period);
  return place <= 0 ? 0 : byPeriod[place - 1]!;
}

/**
 * Log odds of leaving in the k-th period to come (0 is the next), as functions of k: what the columns add is worked out once for each
 * period of the path.
 */
function logOddsOf(model: HazardModel, { tenure, path }: ContractPath): (k: number) => number {
  const known = path.map((values) =>
    model.coefficients.reduce((sum, effect, j) => (effect === 0 ? sum : sum + effect * values[j]!), 0),
  );
  return (k) => model.intercept + tenurePart(model, tenure + 1 + k) + known[Math.min(k, known.length - 1)]!;
}

/** Probability of leaving in the next period. Singer & Willett 1993, eq. 6. RangeError for a path that does not fit the model. */
export function hazardOf(model: HazardModel, contract: ContractPath): number {
  checkPath(model, contract);
  return 1 / (1 + Math.exp(-logOddsOf(model, contract)(0)));
}

/**
 * Survival and retention along a path, for 0 ... periods from now: S(0) = 1, S(j) = product of 1 - hazard over the next j
 * periods. RangeError for a path that does not fit the model. O(periods).
 */
export function retentionOfPath(model: HazardModel, contract: ContractPath, periods: number): RetentionCurve {
  checkPath(model, contract);
  if (!(Number.isInteger(periods) && periods >= 0))
    throw new RangeError(`length of the curve must be a whole number of periods, got ${periods}`);
  const logOdds = logOddsOf(model, contract);
  const retention = new Float64Array(periods + 1).fill(1);
  const survival = new Float64Array(periods + 1).fill(1);
  let lnSurvival = 0;
  for (let j = 1; j <= periods; j++) {
    const lnStay = -log1pExp(logOdds(j - 1));
    lnSurvival += lnStay;
    retention[j] = Math.exp(lnStay);
    survival[j] = Math.exp(lnSurvival);
  }
  return { period: Float64Array.from(survival, (_, j) => j), survival, retention };
}

const MOST_PERIODS = 1_000_000;

/**
 * Discounted expected residual lifetime along a path, in periods, as discountedResidualLifetime counts it: the next renewal
 * undiscounted, the one after it worth 1 / (1 + d), and so on; for ever without a horizon, the last columns of the path and the
 * trend of tenure held. Fader & Hardie 2010, eq. 5, with the survival of the path. RangeError for a discount that is
 * negative, or 0 without a horizon. Term by term, until what may follow is below 1e-12 of the sum, at most 1,000,000 terms.
 */
export function residualLifetimeOfPath(
  model: HazardModel,
  contract: ContractPath,
  discount: number,
  horizon: number = Number.POSITIVE_INFINITY,
): number {
  checkPath(model, contract);
  const isEndless = horizon === Number.POSITIVE_INFINITY;
  if (!(discount >= 0 && discount < Number.POSITIVE_INFINITY) || (isEndless && discount === 0))
    throw new RangeError(`discount must be >= 0, and above 0 without a horizon, got ${discount}`);
  if (!isEndless && !(Number.isInteger(horizon) && horizon >= 0 && horizon <= MOST_PERIODS))
    throw new RangeError(`horizon must be a whole number up to ${MOST_PERIODS} periods, got ${horizon}`);
  const logOdds = logOddsOf(model, contract);
  const step = Math.log1p(discount);
  let sum = 0;
  let lnSurvival = 0;
  for (let j = 1; j <= Math.min(horizon, MOST_PERIODS); j++) {
    lnSurvival -= log1pExp(logOdds(j - 1));
    const term = Math.exp(lnSurvival - (j - 1) * step);
    sum += term;
    // Survival falls: what follows is at most term / discount.
    if (term <= 1e-12 * discount * sum) break;
  }
  return sum;
}

/**
 * Value of a contract along a path, in the unit of margin, as contractValue: new customers (tenure 0) pay their first period now,
 * others stand before their next renewal. RangeError as residualLifetimeOfPath. Fader & Hardie 2010, eq. 4.
 */
export function valueOfPath(
  model: HazardModel,
  contract: ContractPath,
  terms: { margin: number; discount: number; horizon?: number },
): number {
  const { margin, discount, horizon = Number.POSITIVE_INFINITY } = terms;
  if (!Number.isFinite(margin)) throw new RangeError(`margin must be a number, got ${margin}`);
  if (contract.tenure > 0) return margin * residualLifetimeOfPath(model, contract, discount, horizon);
  if (horizon === 0) return 0;
  return margin * (1 + residualLifetimeOfPath(model, contract, discount, horizon - 1) / (1 + discount));
}

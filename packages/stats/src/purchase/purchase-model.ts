import type { BetaGeometricParameters } from './fit-beta-geometric.js';
import type { NbdParameters } from './nbd.js';
import { countMoments, type ResidualProcess } from './residual-process.js';
import { countProbability, countTail } from './count-distribution.js';

/**
 * A purchase model with its parameters: plain data. All functions below are free functions of (model, customer), where
 * a customer is (x, tx, T) = frequency, recency, age in the model's unit of time.
 */
export type PurchaseModel =
  | { name: 'bg-nbd' | 'mbg-nbd'; parameters: BetaGeometricParameters }
  | { name: 'nbd'; parameters: NbdParameters };

function checkCustomer(x: number, tx: number, T: number): void {
  if (!(x >= 0 && tx >= 0 && tx <= T && T < Number.POSITIVE_INFINITY && x < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`frequency ${x}, recency ${tx}, age ${T} is no order history`);
  }
}

/** P(alive) with k dropout trials survived if alive: 1 / (1 + a/(b+k-1) ((alpha+T)/(alpha+tx))^(r+x)). */
function aliveAfter(
  parameters: BetaGeometricParameters,
  k: number,
  x: number,
  tx: number,
  T: number,
): number {
  if (k === 0) return 1;
  const { r, alpha, a, b } = parameters;
  const u = Math.log(a / (b + k - 1)) + (r + x) * Math.log1p((T - tx) / (alpha + tx));
  return 1 / (1 + Math.exp(u));
}

/**
 * What is left of a customer after his history: the posterior of his rate and dropout probability, and P(alive).
 * Everything about his future follows from it. RangeError for an impossible history.
 */
export function residualProcess(model: PurchaseModel, x: number, tx: number, T: number): ResidualProcess {
  checkCustomer(x, tx, T);
  switch (model.name) {
    case 'bg-nbd': {
      const { r, alpha, a, b } = model.parameters;
      return {
        pAlive: aliveAfter(model.parameters, x, x, tx, T),
        shape: r + x,
        rate: alpha + T,
        a,
        b: b + x,
      };
    }
    case 'mbg-nbd': {
      const { r, alpha, a, b } = model.parameters;
      return {
        pAlive: aliveAfter(model.parameters, x + 1, x, tx, T),
        shape: r + x,
        rate: alpha + T,
        a,
        b: b + x + 1,
      };
    }
    case 'nbd': {
      const { r, alpha } = model.parameters;
      return { pAlive: 1, shape: r + x, rate: alpha + T, a: 0, b: 1 };
    }
    default:
      throw new RangeError(`unknown purchase model ${JSON.stringify(model satisfies never)}`);
  }
}

/** The same for somebody who has just placed his first order: a customer with history (0, 0, 0). */
export function processOfNewCustomer(model: PurchaseModel): ResidualProcess {
  return residualProcess(model, 0, 0, 0);
}

/**
 * Probability that the customer still orders. BG/NBD: Fader, Hardie & Lee 2008, 'Computing P(alive) using the BG/NBD
 * model', eq. 1; it is 1 for x = 0, because nobody leaves before his first repeat order. MBG/NBD: Batislam, Denizel &
 * Filiztekin 2007, eq. 6. NBD: 1.
 */
export function probabilityAlive(model: PurchaseModel, x: number, tx: number, T: number): number {
  return residualProcess(model, x, tx, T).pAlive;
}

/**
 * Expected number of orders in (T, T + horizon]. BG/NBD: Fader, Hardie & Lee 2005, eq. 10. Not rounded; for one
 * customer it is a mean over all customers with his history. Never NaN. 0.3-30 microseconds.
 */
export function expectedOrders(
  model: PurchaseModel,
  x: number,
  tx: number,
  T: number,
  horizon: number,
): number {
  const process = residualProcess(model, x, tx, T);
  return process.pAlive * countMoments(process, horizon).first;
}

/** Expected repeat orders of a new customer in (0, t], his first order not counted. BG/NBD: FHL 2005, eq. 9. */
export function expectedOrdersOfNewCustomer(model: PurchaseModel, t: number): number {
  return expectedOrders(model, 0, 0, 0, t);
}

/**
 * P(X(t) = n): probability that a new customer places exactly n repeat orders in (0, t]. BG/NBD: Fader, Hardie & Lee
 * 2005, eq. 8. n is a whole number >= 0, else RangeError. Sums to one over n. About 1 microsecond.
 */
export function orderProbability(model: PurchaseModel, n: number, t: number): number {
  return countProbability(processOfNewCustomer(model), n, t);
}

/** P(n orders in (T, T + horizon]) of a customer with a history. */
export function residualOrderProbability(
  model: PurchaseModel,
  customer: { x: number; tx: number; T: number },
  n: number,
  horizon: number,
): number {
  return countProbability(residualProcess(model, customer.x, customer.tx, customer.T), n, horizon);
}

/** Mean, variance and probability of none for the number of orders in (T, T + horizon]. */
export function residualOrderMoments(
  model: PurchaseModel,
  x: number,
  tx: number,
  T: number,
  horizon: number,
): { mean: number; variance: number; none: number } {
  const process = residualProcess(model, x, tx, T);
  const { first, second } = countMoments(process, horizon);
  const mean = process.pAlive * first;
  return {
    mean,
    variance: Math.max(0, process.pAlive * second + mean - mean * mean),
    none: 1 - countTail(process, 1, horizon),
  };
}

/**
 * Median or any other quantile of the waiting time from T to the next order of a customer who is alive: a Pareto II,
 * (alpha + T) ((1 - level)^(-1 / (r + x)) - 1). Dropout does not enter: a living customer leaves only after an order.
 * In the model's unit of time; very slow customers may get Infinity. RangeError unless 0 <= level < 1.
 */
export function timeToNextOrder(model: PurchaseModel, x: number, tx: number, T: number, level = 0.5): number {
  if (!(level >= 0 && level < 1))
    throw new RangeError(`timeToNextOrder needs a level in [0, 1), got ${level}`);
  const { shape, rate } = residualProcess(model, x, tx, T);
  return rate * Math.expm1(-Math.log1p(-level) / shape);
}

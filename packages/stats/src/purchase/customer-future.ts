import type { Random } from '../distributions/random.js';

/**
 * One draw from the posterior of a customer. rate: orders a unit of time (BG/BB: probability of an order at an
 * opportunity; regular models: phases a unit of time, k to an order). dropout: in BG models the probability of leaving after an order,
 * in the Pareto/NBD the rate of leaving a unit of time, in BG/BB the probability of leaving before an opportunity.
 */
export interface Traits {
  alive: boolean;
  rate: number;
  dropout: number;
}

/**
 * What can be asked of a customer whose history is known, the same for every purchase model. Times in the model's unit;
 * for BG/BB, whole opportunities. All functions throw RangeError for arguments outside their domain and nothing else.
 */
export interface CustomerFuture {
  /** Probability that he still orders (BG/BB: at the next opportunity). */
  readonly pAlive: number;
  /** Expected orders in (now, now + horizon]; horizon finite. */
  expectedOrders(horizon: number): number;
  /** P(n orders in (now, now + horizon]). */
  orderProbability(n: number, horizon: number): number;
  /**
   * Expected orders, each worth e^(-discount x wait), or for BG/BB (1 + discount)^-opportunities. Without a horizon for ever
   * (DERT); then discount must be above 0.
   */
  discountedOrders(discount: number, horizon?: number): number;
  /** One draw from the posterior; for a customer who has left, of what he was. */
  drawTraits(random: Random): Traits;
  /** Draws the number of orders within the horizon of a customer with these traits; 0 when he has left. */
  drawOrders(random: Random, traits: Traits, horizon: number): number;
}

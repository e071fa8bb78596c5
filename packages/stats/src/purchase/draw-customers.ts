import { drawBeta, drawGamma, drawPoisson } from '../distributions/draws.js';
import type { Random } from '../distributions/random.js';
import type { ResidualProcess } from './residual-process.js';

/** One draw from the posterior of a living customer: order rate a unit of time, dropout probability after an order. */
export interface CustomerDraw {
  alive: boolean;
  rate: number;
  dropout: number;
}

/** Draws whether the customer is alive, his rate and dropout probability given alive (0 rate when not alive). */
export function drawCustomer(random: Random, process: ResidualProcess): CustomerDraw {
  if (random.uniform() >= process.pAlive) return { alive: false, rate: 0, dropout: 1 };
  return {
    alive: true,
    rate: drawGamma(random, process.shape, process.rate),
    dropout: process.a === 0 ? 0 : drawBeta(random, process.a, process.b),
  };
}

/** Draws the number of orders within the horizon: Poisson would-be orders, stopped by a geometric dropout. */
export function drawResidualOrders(random: Random, process: ResidualProcess, horizon: number): number {
  const { alive, rate, dropout } = drawCustomer(random, process);
  if (!alive) return 0;
  const wouldBe = drawPoisson(random, Math.min(rate * horizon, Number.MAX_SAFE_INTEGER));
  if (wouldBe === 0 || dropout <= 0) return wouldBe;
  if (dropout >= 1) return 1;
  return Math.min(wouldBe, 1 + Math.floor(Math.log(random.uniform()) / Math.log1p(-dropout)));
}

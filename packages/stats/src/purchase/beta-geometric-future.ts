import { drawBeta, drawGamma } from '../distributions/draws.js';
import type { Random } from '../distributions/random.js';
import { meanOverBeta } from '../special/mean-over.js';
import { checkCount, checkDiscount, checkHorizon } from './check-arguments.js';
import { countProbability, countTail } from './count-distribution.js';
import type { CustomerFuture, Traits } from './customer-future.js';
import { discountedByParts, discountedForever } from './discounted-forever.js';
import { residualProcess, type PurchaseModel } from './purchase-model.js';
import { drawKeptOrders } from './regular-process.js';
import { countMoments, type ResidualProcess } from './residual-process.js';

/** A customer who left did so with his last order: his rate is Gamma(r+x, alpha+tx), his dropout Beta(a+1, b+m-1). */
function drawTraits(process: ResidualProcess, silence: number): (random: Random) => Traits {
  const { pAlive, shape, rate, a, b } = process;
  return (random) => {
    if (random.uniform() < pAlive)
      return {
        alive: true,
        rate: drawGamma(random, shape, rate),
        dropout: a === 0 ? 0 : drawBeta(random, a, b),
      };
    return {
      alive: false,
      rate: drawGamma(random, shape, rate - silence),
      dropout: drawBeta(random, a + 1, b - 1),
    };
  };
}

/**
 * The future of a customer with history (x, tx, T) under BG/NBD, MBG/NBD or NBD. Discounted orders without end are taken by
 * the double sum of discounted-forever.ts (NBD: closed form), within a horizon by parts.
 */
export function betaGeometricFuture(model: PurchaseModel, x: number, tx: number, T: number): CustomerFuture {
  const process = residualProcess(model, x, tx, T);
  return {
    pAlive: process.pAlive,
    expectedOrders: (horizon) => process.pAlive * countMoments(process, horizon).first,
    orderProbability: (n, horizon) => Math.min(1, countProbability(process, n, horizon)),
    discountedOrders: (discount, horizon = Number.POSITIVE_INFINITY) => {
      checkDiscount(discount, horizon);
      if (horizon === Number.POSITIVE_INFINITY) return discountedForever(process, discount);
      const unit = process.rate / (1 + process.shape);
      const expected = (time: number): number => countMoments(process, time).first;
      return process.pAlive * discountedByParts(expected, unit, discount, horizon);
    },
    drawTraits: drawTraits(process, T - tx),
    drawOrders: (random, traits, horizon) => drawKeptOrders(random, traits, 1, checkHorizon(horizon)),
  };
}

/**
 * P(n orders in (t, t + horizon]) of a customer who was new at 0 and of whom nothing else is known, under BG/NBD, MBG/NBD or NBD.
 * Given his dropout probability p he is alive at t with probability (alpha/(alpha+pt))^r (x (1-p) in MBG/NBD), and his rate is
 * then Gamma(r, alpha + pt); the mean over p is a sum of betaNodes. Sums to one over n. Relative error about 1e-11; 100
 * microseconds.
 */
export function betaGeometricWindowProbability(
  model: PurchaseModel,
  n: number,
  t: number,
  horizon: number,
): number {
  checkHorizon(t);
  checkHorizon(horizon);
  checkCount(n);
  const { r, alpha } = model.parameters;
  const none = { pAlive: 1, shape: r, rate: alpha, a: 0, b: 1 };
  if (model.name === 'nbd') return Math.min(1, countProbability(none, n, horizon));
  const { a, b } = model.parameters;
  const shift = model.name === 'mbg-nbd' ? 1 : 0;
  const flatBelow = -40 - Math.log1p(t / alpha) - Math.log1p(r) - Math.log1p(n);
  const mean = meanOverBeta(a, b, flatBelow, (lnP, lnQ) => {
    const p = Math.exp(lnP);
    const lnAlive = shift * lnQ - r * Math.log1p((p * t) / alpha);
    const process = { ...none, rate: alpha + p * t };
    // n = 0 is counted by its opposite: alive and at least one.
    if (n === 0) return Math.exp(lnAlive) * countTail(process, 1, horizon);
    const kept = Math.exp(lnQ) * countProbability(process, n, horizon) + p * countTail(process, n, horizon);
    return Math.exp(lnAlive + (n - 1) * lnQ) * kept;
  });
  return n === 0 ? Math.max(0, 1 - mean) : mean;
}

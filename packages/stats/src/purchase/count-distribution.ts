import { lnRegularisedBeta } from '../special/incomplete-beta.js';
import { lnGamma, lnRisingFactorial } from '../special/ln-gamma.js';
import { countMoments, type ResidualProcess } from './residual-process.js';

/** ln of the probability of surviving n dropout trials: ln B(a, b+n) - ln B(a, b). */
function lnSurvival({ a, b }: ResidualProcess, n: number): number {
  return a === 0 || n === 0 ? 0 : lnRisingFactorial(b, n) - lnRisingFactorial(a + b, n);
}

/** ln P(N >= n) of the would-be orders: negative binomial, by the incomplete beta (Abramowitz & Stegun 26.5.26). */
function lnWouldBeAtLeast({ shape, rate }: ResidualProcess, n: number, horizon: number): number {
  return n === 0 ? 0 : lnRegularisedBeta(horizon / (rate + horizon), n, shape);
}

/** ln P(N = n) of the would-be orders. */
function lnWouldBe({ shape, rate }: ResidualProcess, n: number, horizon: number): number {
  const lnNone = -shape * Math.log1p(horizon / rate);
  if (n === 0) return lnNone;
  return lnRisingFactorial(shape, n) - lnGamma(n + 1) + lnNone - n * Math.log1p(rate / horizon);
}

function checkCount(n: number, horizon: number): void {
  if (!(Number.isInteger(n) && n >= 0))
    throw new RangeError(`number of orders must be a whole number >= 0, got ${n}`);
  if (!(horizon >= 0 && horizon < Number.POSITIVE_INFINITY))
    throw new RangeError(`horizon must be finite and >= 0, got ${horizon}`);
}

/** P(K >= n) within the horizon: pAlive B(a, b+n-1)/B(a, b) P(N >= n) for n >= 1. About 0.5 microseconds. */
export function countTail(process: ResidualProcess, n: number, horizon: number): number {
  checkCount(n, horizon);
  if (n === 0) return 1;
  if (horizon === 0) return 0;
  return process.pAlive * Math.exp(lnSurvival(process, n - 1) + lnWouldBeAtLeast(process, n, horizon));
}

/**
 * P(K = n) within the horizon. n orders and alive, or the n-th order was the last:
 *   B(a, b+n)/B(a, b) P(N = n) + B(a+1, b+n-1)/B(a, b) P(N >= n)   (the second only for n >= 1)
 * Fader, Hardie & Lee 2005, eq. 8, with the sum replaced by the incomplete beta, which keeps its digits for large n.
 */
export function countProbability(process: ResidualProcess, n: number, horizon: number): number {
  checkCount(n, horizon);
  const { pAlive, a, b } = process;
  if (horizon === 0) return n === 0 ? 1 : 0;
  const alive = Math.exp(lnSurvival(process, n) + lnWouldBe(process, n, horizon));
  if (n === 0) return pAlive * alive + (1 - pAlive);
  const left =
    a === 0
      ? 0
      : (a / (a + b + n - 1)) * Math.exp(lnSurvival(process, n - 1) + lnWouldBeAtLeast(process, n, horizon));
  return pAlive * (alive + left);
}

/**
 * Smallest n with P(K <= n) >= level: the quantile of the number of orders within the horizon, exact, by bisection on
 * the closed-form tail. RangeError unless 0 < level < 1. About 5 microseconds.
 */
export function countQuantile(process: ResidualProcess, horizon: number, level: number): number {
  if (!(level > 0 && level < 1)) throw new RangeError(`quantile level must lie in (0, 1), got ${level}`);
  const enough = (n: number): boolean => countTail(process, n + 1, horizon) <= 1 - level;
  if (enough(0)) return 0;
  let low = 0;
  let high = Math.ceil(2 * countMoments(process, horizon).first) + 1;
  while (!enough(high)) {
    low = high;
    high *= 2;
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (enough(middle)) high = middle;
    else low = middle;
  }
  return high;
}

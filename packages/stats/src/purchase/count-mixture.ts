import { digamma, trigamma } from '../special/digamma.js';
import { normalProbabilityFast, normalQuantile } from '../special/normal.js';
import { countQuantile, countTail } from './count-distribution.js';
import type { CountMoments, ResidualProcess } from './residual-process.js';

/*
 * Distribution of the sum S of the spends of K future orders, K as in residual-process.ts. Given K = n the logarithm of
 * S has mean digamma(pn) and variance trigamma(pn), up to the part that all n share; so S is a mass at zero and a
 * mixture of curves that are close to log-normal, one a count. Counts above 32 are pooled in blocks of a sixteenth.
 */

/** Counts beyond which K is taken as log-normal with its first two moments: its steps no longer matter. */
const LONG_WALK = 2000;
/** Counts up to here have a component each. */
const SINGLE_UP_TO = 32;
const MOST_COMPONENTS = 256;
/** Probability beyond which further counts change no quantile that is asked for. */
const NEGLIGIBLE = 1e-7;

/** Mean and variance of ln S given n orders, in units of 1 / nu, kept for all n that were asked for. */
class SumLogs {
  readonly #mean: number[] = [0];
  readonly #variance: number[] = [0];
  readonly #p: number;
  constructor(p: number) {
    this.#p = p;
  }
  reach(n: number): void {
    for (let k = this.#mean.length; k <= n; k++) {
      this.#mean.push(digamma(this.#p * k));
      this.#variance.push(trigamma(this.#p * k));
    }
  }
  mean(n: number): number {
    return this.#mean[n]!;
  }
  variance(n: number): number {
    return this.#variance[n]!;
  }
}

/** A mixture to be filled for one triple after another without allocating. */
export interface CountMixture {
  /** Shape of one spend within a customer. */
  p: number;
  /** P(K >= 1). */
  some: number;
  /** Quantiles of K at the tails asked for. */
  low: number;
  high: number;
  size: number;
  /** Probability and expected count of the counts that share the next component, and the count at which it is made. */
  pooled: number;
  pooledCount: number;
  flushAt: number;
  weight: Float64Array;
  lnMean: Float64Array;
  lnVariance: Float64Array;
  /** Room for one over the standard deviations, shared variance and all, while a quantile is looked for. */
  inverseDeviation: Float64Array;
  logs: SumLogs;
}

/** An empty mixture for spends of shape p within a customer. */
export function newCountMixture(p: number): CountMixture {
  return {
    p,
    some: 0,
    low: 0,
    high: 0,
    size: 0,
    pooled: 0,
    pooledCount: 0,
    flushAt: 1,
    weight: new Float64Array(MOST_COMPONENTS),
    lnMean: new Float64Array(MOST_COMPONENTS),
    lnVariance: new Float64Array(MOST_COMPONENTS),
    inverseDeviation: new Float64Array(MOST_COMPONENTS),
    logs: new SumLogs(p),
  };
}

/** Fills the mixture for one customer; `tail` is the probability left out on each side of the interval. */
export function fillCountMixture(
  mixture: CountMixture,
  process: ResidualProcess,
  horizon: number,
  tail: number,
  moments: CountMoments,
): void {
  mixture.size = 0;
  const variance = Math.max(0, moments.second + moments.first - moments.first * moments.first);
  const lnNone = -process.shape * Math.log1p(horizon / process.rate);
  if (moments.first + 10 * Math.sqrt(variance) > LONG_WALK || lnNone < -600) {
    fillFromMoments(mixture, process, horizon, tail, moments);
  } else fillByWalk(mixture, process, horizon, tail, lnNone);
}

function beginWalk(mixture: CountMixture, some: number, tail: number): void {
  mixture.some = some;
  mixture.low = some <= 1 - tail ? 0 : -1;
  mixture.high = some <= tail ? 0 : -1;
  mixture.pooled = 0;
  mixture.pooledCount = 0;
  mixture.flushAt = 1;
}

/** Adds P(K = n) to the component that is being made. */
function takeCount(mixture: CountMixture, n: number, probability: number): void {
  mixture.pooled += probability;
  mixture.pooledCount += probability * n;
  if (n < mixture.flushAt) return;
  flush(mixture);
  mixture.flushAt = n < SINGLE_UP_TO ? n + 1 : n + 1 + Math.floor(n / 16);
}

function flush(mixture: CountMixture): void {
  const { pooled, pooledCount } = mixture;
  if (pooled > 0) addComponent(mixture, pooled, Math.round(pooledCount / pooled));
  mixture.pooled = 0;
  mixture.pooledCount = 0;
}

/** Walks P(K >= n) upwards from n = 1; cost about 10 ns a count. */
function fillByWalk(
  mixture: CountMixture,
  process: ResidualProcess,
  horizon: number,
  tail: number,
  lnNone: number,
): void {
  const { pAlive, shape, rate, a, b } = process;
  const z = horizon / (rate + horizon);
  let probability = Math.exp(lnNone);
  let wouldBe = -Math.expm1(lnNone);
  let survival = 1;
  let atLeast = pAlive * wouldBe;
  const some = atLeast;
  beginWalk(mixture, some, tail);
  for (let n = 1; atLeast > NEGLIGIBLE * some || mixture.high < 0; n++) {
    probability *= ((shape + n - 1) / n) * z;
    wouldBe = Math.max(0, wouldBe - probability);
    if (a > 0) survival *= (b + n - 1) / (a + b + n - 1);
    const next = pAlive * survival * wouldBe;
    takeCount(mixture, n, atLeast - next);
    if (mixture.low < 0 && next <= 1 - tail) mixture.low = n;
    if (mixture.high < 0 && next <= tail) mixture.high = n;
    atLeast = next;
  }
  flush(mixture);
}

/** What a walk upwards needs to know of the number of orders of somebody who is alive. */
interface WalkedCounts {
  pAlive: number;
  moments: CountMoments;
  lnNone: number;
  nextTail: () => number;
}

/** As fillCountMixture, of any model that gives P(K >= n) given alive for n = 1, 2, 3 ... one after the other. */
export function fillMixtureFromTails(mixture: CountMixture, counts: WalkedCounts, tail: number): void {
  const { pAlive, moments, lnNone, nextTail } = counts;
  mixture.size = 0;
  const variance = Math.max(0, moments.second + moments.first - moments.first * moments.first);
  if (moments.first + 10 * Math.sqrt(variance) > LONG_WALK || lnNone < -600) {
    fillLogNormal(mixture, pAlive, moments, tail);
    return;
  }
  let atLeast = pAlive * nextTail();
  const some = atLeast;
  beginWalk(mixture, some, tail);
  for (let n = 1; atLeast > NEGLIGIBLE * some || mixture.high < 0; n++) {
    const next = pAlive * nextTail();
    takeCount(mixture, n, atLeast - next);
    if (mixture.low < 0 && next <= 1 - tail) mixture.low = n;
    if (mixture.high < 0 && next <= tail) mixture.high = n;
    atLeast = next;
  }
  flush(mixture);
}

/** One log-normal component and its quantiles, where so many orders come that each of them is one of hundreds. */
function fillLogNormal(
  mixture: CountMixture,
  pAlive: number,
  { first, second }: CountMoments,
  tail: number,
): void {
  const variance = Math.log(Math.max(1, (second + first) / first / first));
  const lnMean = Math.log(first) - 0.5 * variance;
  const quantile = (level: number): number => {
    const inside = (level - (1 - pAlive)) / pAlive;
    return inside > 0 ? Math.round(Math.exp(lnMean + Math.sqrt(variance) * normalQuantile(inside))) : 0;
  };
  mixture.some = pAlive;
  mixture.low = quantile(tail);
  mixture.high = quantile(1 - tail);
  if (!(pAlive > 0)) return;
  mixture.weight[0] = pAlive;
  mixture.lnMean[0] = lnMean + Math.log(mixture.p);
  mixture.lnVariance[0] = variance + 1 / (mixture.p * first);
  mixture.size = 1;
}

function addComponent(mixture: CountMixture, weight: number, n: number): void {
  const i = mixture.size;
  mixture.logs.reach(n);
  mixture.weight[i] = weight;
  mixture.lnMean[i] = mixture.logs.mean(n);
  mixture.lnVariance[i] = mixture.logs.variance(n);
  mixture.size = i + 1;
}

/** One log-normal component for K with the right mean and variance given K >= 1, and S = pK on top. */
function fillFromMoments(
  mixture: CountMixture,
  process: ResidualProcess,
  horizon: number,
  tail: number,
  moments: CountMoments,
): void {
  const some = countTail(process, 1, horizon);
  mixture.some = some;
  mixture.low = countQuantile(process, horizon, tail);
  mixture.high = countQuantile(process, horizon, 1 - tail);
  if (!(some > 0)) return;
  const mean = (process.pAlive * moments.first) / some;
  const square = (process.pAlive * (moments.second + moments.first)) / some;
  const variance = Math.log(Math.max(1, square / mean / mean));
  // For hundreds of orders ln S = ln(pn), with variance 1/(pn).
  mixture.weight[0] = some;
  mixture.lnMean[0] = Math.log(mean * mixture.p) - 0.5 * variance;
  mixture.lnVariance[0] = variance + 1 / (mixture.p * mean);
  mixture.size = 1;
}

/**
 * Quantile of S e^shift where all components share an extra variance of ln S: 0 inside the mass at zero, else the root
 * of the mixture's distribution function by Newton steps held in a bracket. Error below 1e-4 relative.
 */
export function mixtureQuantile(
  mixture: CountMixture,
  level: number,
  shift: number,
  sharedVariance: number,
): number {
  const { some, size, weight, lnMean, lnVariance, inverseDeviation } = mixture;
  const inside = level - (1 - some);
  if (!(inside > 0) || size === 0) return 0;
  let [total, mean, square] = [0, 0, 0];
  for (let i = 0; i < size; i++) {
    total += weight[i]!;
    mean += weight[i]! * lnMean[i]!;
    square += weight[i]! * (lnMean[i]! ** 2 + lnVariance[i]!);
    inverseDeviation[i] = 1 / (Math.sqrt(lnVariance[i]! + sharedVariance) || 1e-9);
  }
  mean /= total;
  const spread = Math.sqrt(Math.max(1e-12, square / total - mean * mean) + sharedVariance);
  const target = Math.min(inside, total * (1 - 1e-9));
  let y = mean + spread * normalQuantile(target / total);
  // Chebyshev: less than one in 1,600 lies beyond forty standard deviations. Where hardly anything lies, a Newton step is huge.
  let low = mean - 40 * spread;
  let high = mean + 40 * spread;
  let previous = Number.POSITIVE_INFINITY;
  for (let step = 0; step < 80; step++) {
    let below = -target;
    let density = 0;
    for (let i = 0; i < size; i++) {
      const z = (y - lnMean[i]!) * inverseDeviation[i]!;
      const bell = Math.exp(-0.5 * z * z);
      below += weight[i]! * normalProbabilityFast(z, bell);
      density += weight[i]! * bell * inverseDeviation[i]!;
    }
    if (below > 0) high = y;
    else low = y;
    if (Math.abs(below) < 2e-5 * some) break;
    let next = y - below / (0.3989422804014327 * density);
    // Between two hills Newton's step may leap to and fro: where the error does not halve, the bracket does.
    const slow = Math.abs(below) > 0.5 * previous;
    previous = Math.abs(below);
    if (slow || !(next > low && next < high)) {
      next = (low + high) / 2;
    }
    y = next;
  }
  return Math.exp(y + shift);
}

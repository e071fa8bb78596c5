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
  mixture.some = some;
  mixture.low = some <= 1 - tail ? 0 : -1;
  mixture.high = some <= tail ? 0 : -1;
  let pooled = 0;
  let pooledCount = 0;
  let flushAt = 1;
  for (let n = 1; atLeast > NEGLIGIBLE * some || mixture.high < 0; n++) {
    probability *= ((shape + n - 1) / n) * z;
    wouldBe = Math.max(0, wouldBe - probability);
    if (a > 0) survival *= (b + n - 1) / (a + b + n - 1);
    const next = pAlive * survival * wouldBe;
    pooled += atLeast - next;
    pooledCount += (atLeast - next) * n;
    if (mixture.low < 0 && next <= 1 - tail) mixture.low = n;
    if (mixture.high < 0 && next <= tail) mixture.high = n;
    atLeast = next;
    if (n < flushAt) continue;
    if (pooled > 0) addComponent(mixture, pooled, Math.round(pooledCount / pooled));
    pooled = 0;
    pooledCount = 0;
    flushAt = n < SINGLE_UP_TO ? n + 1 : n + 1 + Math.floor(n / 16);
  }
  if (pooled > 0) addComponent(mixture, pooled, Math.round(pooledCount / pooled));
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

import { lnGamma } from '../special/ln-gamma.js';
import type { Random } from './random.js';

/** ln of a gamma draw with unit rate (Marsaglia & Tsang 2000); stays finite for shapes as small as 1e-6, where the draw itself underflows. */
export function drawLnGamma(random: Random, shape: number): number {
  if (!(shape > 0)) throw new RangeError(`drawLnGamma needs shape > 0, got ${shape}`);
  if (shape < 1) return drawLnGamma(random, shape + 1) + Math.log(random.uniform()) / shape;
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const z = random.normal();
    const root = 1 + c * z;
    if (root <= 0) continue;
    const v = root * root * root;
    if (Math.log(random.uniform()) < 0.5 * z * z + d * (1 - v + Math.log(v)))
      return Math.log(d) + Math.log(v);
  }
}

/** Gamma draw with the given shape and rate (mean shape / rate). */
export function drawGamma(random: Random, shape: number, rate: number): number {
  if (!(rate > 0)) throw new RangeError(`drawGamma needs rate > 0, got ${rate}`);
  return Math.exp(drawLnGamma(random, shape)) / rate;
}

/** Beta(a, b) draw in [0, 1], from two gamma draws in log space. */
export function drawBeta(random: Random, a: number, b: number): number {
  const x = drawLnGamma(random, a);
  const y = drawLnGamma(random, b);
  return 1 / (1 + Math.exp(y - x));
}

/** Above this mean multiplication of uniforms costs more than Hoermann's rejection. */
const REJECTION_FROM = 10;

/** Poisson draw; mean 0 gives 0. Knuth's product below 10, PTRS (Hoermann 1993) above. */
export function drawPoisson(random: Random, mean: number): number {
  if (!(mean >= 0 && Number.isFinite(mean)))
    throw new RangeError(`drawPoisson needs a finite mean >= 0, got ${mean}`);
  if (mean < REJECTION_FROM) {
    const limit = Math.exp(-mean);
    let count = 0;
    for (let product = random.uniform(); product > limit; product *= random.uniform()) count++;
    return count;
  }
  const b = 0.931 + 2.53 * Math.sqrt(mean);
  const a = -0.059 + 0.02483 * b;
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
  const vR = 0.9277 - 3.6224 / (b - 2);
  const lnMean = Math.log(mean);
  for (;;) {
    const u = random.uniform() - 0.5;
    const v = random.uniform();
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + mean + 0.43);
    if (us >= 0.07 && v <= vR) return k;
    if (k < 0 || (us < 0.013 && v > us)) continue;
    if (Math.log((v * inverseAlpha) / (a / (us * us) + b)) <= k * lnMean - mean - lnGamma(k + 1)) return k;
  }
}

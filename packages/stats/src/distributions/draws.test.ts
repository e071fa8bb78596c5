import { describe, expect, it } from 'vitest';
import { regularisedBeta } from '../special/incomplete-beta.js';
import { regularisedGammaP, regularisedGammaQ } from '../special/incomplete-gamma.js';
import { drawBeta, drawGamma, drawLnGamma, drawPoisson } from './draws.js';
import { randomFrom, type Random } from './random.js';

const draws = 20_000;

/** Largest distance between the drawn and the true distribution function, in units of 1/sqrt(n): below 1.95 with 99.9 %. */
function kolmogorov(draw: (random: Random) => number, cdf: (x: number) => number): number {
  const random = randomFrom(20_261);
  const sorted = Float64Array.from({ length: draws }, () => draw(random)).sort();
  let most = 0;
  sorted.forEach((x, i) => {
    const p = cdf(x);
    most = Math.max(most, Math.abs(p - i / draws), Math.abs(p - (i + 1) / draws));
  });
  return most * Math.sqrt(draws);
}

describe('random numbers', () => {
  it('same seed, same numbers; another seed, others', () => {
    const take = (seed: number): number[] => {
      const random = randomFrom(seed);
      return Array.from({ length: 5 }, () => random.uniform());
    };
    expect(take(1)).toEqual(take(1));
    expect(take(1)).not.toEqual(take(2));
    expect(take(2 ** 40)).not.toEqual(take(0));
    expect(() => randomFrom(0.5)).toThrow(RangeError);
  });

  it('seed 42 gives the bytes it has always given', () => {
    const random = randomFrom(42);
    expect([random.uniform(), random.uniform(), random.normal()]).toEqual([
      0.6353600630536759, 0.9320146940828881, 0.3071817162027493,
    ]);
  });

  it('uniform lies strictly between 0 and 1', () => {
    const random = randomFrom(7);
    const outside = Array.from({ length: 100_000 }, () => random.uniform()).filter((u) => !(u > 0 && u < 1));
    expect(outside).toEqual([]);
    expect(
      kolmogorov(
        (source) => source.uniform(),
        (x) => x,
      ),
    ).toBeLessThan(1.95);
  });
});

describe('draws follow their distributions', () => {
  it.each([0.05, 0.6, 1, 3.7, 250])('gamma, shape %d', (shape) => {
    expect(
      kolmogorov(
        (random) => drawGamma(random, shape, 2),
        (x) => regularisedGammaP(shape, 2 * x),
      ),
    ).toBeLessThan(1.95);
  });

  it.each([
    [0.2, 0.5],
    [1, 1],
    [3, 40],
    [500, 300],
  ])('beta %d, %d', (a, b) => {
    expect(
      kolmogorov(
        (random) => drawBeta(random, a, b),
        (x) => regularisedBeta(x, a, b),
      ),
    ).toBeLessThan(1.95);
  });

  it.each([0.3, 4, 9.9, 10, 37, 1200])('Poisson, mean %d', (mean) => {
    const random = randomFrom(3);
    const counts = Array.from({ length: draws }, () => drawPoisson(random, mean));
    for (const z of [-1.5, -0.5, 0, 0.5, 1.5]) {
      const at = Math.max(0, Math.floor(mean + z * Math.sqrt(mean)));
      const share = counts.filter((count) => count <= at).length / draws;
      // P(count <= at) = Q(at + 1, mean); four standard errors.
      expect(Math.abs(share - regularisedGammaQ(at + 1, mean))).toBeLessThan(4 * Math.sqrt(0.25 / draws));
    }
  });

  it('stays finite where the draw itself would underflow', () => {
    const random = randomFrom(5);
    for (let i = 0; i < 1000; i++) expect(Number.isFinite(drawLnGamma(random, 1e-6))).toBe(true);
    expect(drawPoisson(random, 0)).toBe(0);
    expect(() => drawGamma(random, -1, 1)).toThrow(RangeError);
    expect(() => drawPoisson(random, Number.POSITIVE_INFINITY)).toThrow(RangeError);
  });
});

import { describe, expect, it } from 'vitest';
import { RandomStream } from './random.js';

function moments(draw: () => number, count = 40_000): { mean: number; variance: number } {
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < count; i++) {
    const value = draw();
    sum += value;
    squares += value * value;
  }
  const mean = sum / count;
  return { mean, variance: squares / count - mean * mean };
}

describe('RandomStream', () => {
  it('gives the same numbers for the same seed and others for another seed, index or purpose', () => {
    const first = (seed: number, index: number, purpose: 'process' | 'basket') => {
      const stream = new RandomStream(seed, index, purpose);
      return Array.from({ length: 4 }, () => stream.bits());
    };
    expect(first(1, 2, 'process')).toEqual(first(1, 2, 'process'));
    const all = [
      first(1, 2, 'process'),
      first(2, 2, 'process'),
      first(1, 3, 'process'),
      first(1, 2, 'basket'),
    ];
    expect(new Set(all.flat()).size).toBe(16);
  });

  it('has no pull between neighbouring indices', () => {
    const starts = Array.from({ length: 20_000 }, (_, i) => new RandomStream(5, i, 'process').uniform());
    let lagged = 0;
    for (let i = 1; i < starts.length; i++) lagged += ((starts[i - 1] ?? 0) - 0.5) * ((starts[i] ?? 0) - 0.5);
    // The correlation of independent numbers has a standard error of 1 / sqrt(20,000) = 0.007.
    expect(Math.abs((lagged / starts.length) * 12)).toBeLessThan(0.03);
  });

  // Means and variances in closed form; tolerances are about five standard errors of 40,000 draws.
  const stream = new RandomStream(11, 0, 'process');
  it.each([
    ['uniform', () => stream.uniform(), 1 / 2, 1 / 12],
    ['normal', () => stream.normal(), 0, 1],
    ['exponential', () => stream.exponential(), 1, 1],
    ['gamma(0.6)', () => stream.gamma(0.6), 0.6, 0.6],
    ['gamma(3)', () => stream.gamma(3), 3, 3],
    ['beta(0.7, 8)', () => stream.beta(0.7, 8), 0.7 / 8.7, (0.7 * 8) / (8.7 ** 2 * 9.7)],
    ['poisson(2.5)', () => stream.poisson(2.5), 2.5, 2.5],
  ])('%s has the mean and variance of its distribution', (_name, draw, mean, variance) => {
    const seen = moments(draw);
    expect(Math.abs(seen.mean - mean)).toBeLessThan(5 * Math.sqrt(variance / 40_000));
    expect(Math.abs(seen.variance / variance - 1)).toBeLessThan(0.1);
  });
});

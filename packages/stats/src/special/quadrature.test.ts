import { describe, expect, it } from 'vitest';
import { digamma } from './digamma.js';
import { EIGHT_POINTS, FOUR_POINTS, TWELVE_POINTS } from './gauss-legendre.js';
import { lnBeta } from './ln-beta.js';
import { lnGamma } from './ln-gamma.js';
import { lnIntegralOverLine } from './log-integral.js';
import { log1pExp } from './log-sums.js';
import { meanOverBeta, meanOverGamma } from './mean-over.js';

const expectClose = (actual: number, expected: number, relative: number): void =>
  expect(Math.abs(actual - expected), `${actual} against ${expected}`).toBeLessThan(
    relative * Math.abs(expected) + 1e-15,
  );
const shapes = [1e-4, 0.03, 0.6, 1, 2.5, 40, 1e4, 3e5];

describe('means over a gamma variate', () => {
  it.each(shapes)('shape %d: mean, logarithm, 1 / (1 + x)', (shape) => {
    expectClose(meanOverGamma(shape, -90, Math.exp), shape, 1e-12);
    // ln x has no flat end: only where the left tail is short does the sum hold all of it.
    if (shape > 0.5)
      expectClose(
        meanOverGamma(shape, -90, (y) => y),
        digamma(shape),
        1e-11,
      );
    const inverse = meanOverGamma(shape, -40, (y) => 1 / (1 + Math.exp(y)));
    const rest = meanOverGamma(shape, -40, (y) => Math.exp(y) / (1 + Math.exp(y)));
    expectClose(inverse + rest, 1, 1e-13);
  });

  it('is the exponential integral where that is known', () => {
    // E[1 / (1 + x)], x exponential: e E1(1), Abramowitz & Stegun table 5.1.
    expectClose(
      meanOverGamma(1, -40, (y) => 1 / (1 + Math.exp(y))),
      Math.E * 0.21938393439552029,
      1e-13,
    );
  });

  it('refuses shapes that are none', () => {
    expect(() => meanOverGamma(0, -40, Math.exp)).toThrow(RangeError);
    expect(() => meanOverBeta(1, Number.NaN, -40, Math.exp)).toThrow(RangeError);
  });
});

describe('means over a beta variate', () => {
  it.each([
    [1e-4, 1e-4],
    [1e-3, 1e4],
    [0.8, 2.4],
    [0.8, 42.4],
    [1, 1],
    [1e4, 0.3],
    [500, 700],
  ])('%d, %d: mean and square', (a, b) => {
    expectClose(meanOverBeta(a, b, -90, Math.exp), a / (a + b), 1e-12);
    const square = (a * (a + 1)) / ((a + b) * (a + b + 1));
    expectClose(
      meanOverBeta(a, b, -90, (y) => Math.exp(2 * y)),
      square,
      1e-12,
    );
    expectClose(
      meanOverBeta(a, b, -90, (_, rest) => Math.exp(rest)),
      b / (a + b),
      1e-12,
    );
  });
});

describe('integrals over the line', () => {
  it.each([1, 1.5, 30, 2e4])('the gamma function of %d', (shape) => {
    expectClose(
      lnIntegralOverLine((y) => shape * y - Math.exp(y), 0),
      lnGamma(shape),
      1e-11,
    );
  });

  it.each([
    [1, 1],
    [3, 200],
    [5000, 2],
  ])('the beta function of %d, %d', (a, b) => {
    expectClose(
      lnIntegralOverLine((y) => -a * log1pExp(-y) - b * log1pExp(y), 0),
      lnBeta(a, b),
      1e-11,
    );
  });

  it('is zero where the integrand is', () => {
    expect(lnIntegralOverLine(() => Number.NEGATIVE_INFINITY, 0)).toBe(Number.NEGATIVE_INFINITY);
  });
});

describe('Gauss-Legendre points', () => {
  it.each([
    ['four', FOUR_POINTS, 0.3],
    ['eight', EIGHT_POINTS, 4],
    ['twelve', TWELVE_POINTS, 10],
  ] as const)('%s integrate powers and the exponential', (_, points, c) => {
    const over = (f: (z: number) => number): number => points.reduce((sum, [z, w]) => sum + w * f(z), 0);
    for (let power = 0; power < 2 * points.length; power++)
      expectClose(
        over((z) => z ** power),
        1 / (power + 1),
        1e-14,
      );
    expectClose(
      over((z) => Math.exp(-c * z)),
      -Math.expm1(-c) / c,
      1e-12,
    );
  });
});

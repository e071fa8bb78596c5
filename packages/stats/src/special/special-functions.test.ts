import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digamma, trigamma } from './digamma.js';
import { lnRegularisedBeta, regularisedBeta } from './incomplete-beta.js';
import { gammaQuantile, regularisedGammaP, regularisedGammaQ } from './incomplete-gamma.js';
import { lnBeta } from './ln-beta.js';
import { lnGamma, lnRisingFactorial } from './ln-gamma.js';
import { lnHypergeometric2F1 } from './ln-hypergeometric.js';
import { log1mexp, log1pExp, logAddExp, logDiffExp, logSumExp } from './log-sums.js';
import { normalQuantile } from './normal.js';
import { fillRises, newRises } from './rises.js';

/**
 * Oracle: mpmath at 50 digits, reference/make-reference.py. Tolerances are relative; absolute below 1 for functions that pass
 * through zero (of ln 2F1 that is relative in 2F1).
 */
const nearZero = ['lnHypergeometric2F1', 'digamma'];
const reference = JSON.parse(
  readFileSync(new URL('reference/special-functions.json', import.meta.url), 'utf8'),
) as Record<string, number[][]>;

const cases: [string, (...args: number[]) => number, number][] = [
  ['lnGamma', (x) => lnGamma(x!), 4e-15],
  ['digamma', (x) => digamma(x!), 4e-15],
  ['trigamma', (x) => trigamma(x!), 4e-15],
  ['lnBeta', (a, b) => lnBeta(a!, b!), 1e-14],
  ['lnRisingFactorial', (x, n) => lnRisingFactorial(x!, n!), 1e-13],
  ['lnHypergeometric2F1', (a, b, c, z) => lnHypergeometric2F1(a!, b!, c!, z!), 1e-11],
  ['regularisedGammaP', (s, x) => regularisedGammaP(s!, x!), 1e-11],
  ['regularisedGammaQ', (s, x) => regularisedGammaQ(s!, x!), 1e-11],
  ['regularisedBeta', (x, a, b) => regularisedBeta(x!, a!, b!), 1e-11],
  ['normalQuantile', (p) => normalQuantile(p!), 1e-13],
  ['log1mexp', (x) => log1mexp(x!), 4e-15],
];

describe('special functions against mpmath', () => {
  it.each(cases)('%s', (name, f, tolerance) => {
    const rows = reference[name]!;
    expect(rows.length).toBeGreaterThan(5);
    for (const row of rows) {
      const expected = row.at(-1)!;
      const actual = f(...row.slice(0, -1));
      const error = Math.abs(actual - expected);
      expect(
        error,
        `${name}(${row.slice(0, -1).join(', ')}) = ${actual}, should be ${expected}`,
      ).toBeLessThanOrEqual(tolerance * Math.max(Math.abs(expected), nearZero.includes(name) ? 1 : 1e-3));
    }
  });
});

const positive = fc.double({ min: -9, max: 9, noNaN: true }).map((exponent) => 10 ** exponent);

describe('special functions, properties', () => {
  it('lnGamma obeys its recurrence', () => {
    fc.assert(
      fc.property(positive, (x) => {
        const scale = Math.max(1, Math.abs(lnGamma(x)), Math.abs(Math.log(x)));
        return Math.abs(lnGamma(x + 1) - lnGamma(x) - Math.log(x)) < 1e-14 * scale * 4;
      }),
    );
  });

  it('rising factorial is what its single steps add up to', () => {
    for (const x of [1e-4, 0.3, 1, 5.5, 7.999, 8, 40, 1e6])
      for (const n of [1, 2, 7, 23, 24, 25, 26, 60]) {
        const ln = Array.from({ length: n }, (_, i) => Math.log(x + i)).reduce((sum, term) => sum + term, 0);
        expect(Math.abs(lnRisingFactorial(x, n) - ln)).toBeLessThan(1e-13 * Math.max(1, Math.abs(ln), n));
      }
    // Steps that are not whole, down as well as up.
    for (const [x, n] of [
      [0.2, 0.5],
      [3.7, 9.25],
      [9.5, -9.2],
      [1e-3, 8.5],
    ] as const)
      expect(lnRisingFactorial(x, n)).toBeCloseTo(lnGamma(x + n) - lnGamma(x), 12);
  });

  it('rises along a list are what their single steps add up to', () => {
    // Gaps of one step, of many, of more than are gone one by one.
    const list = Float64Array.of(0, 1, 2, 7, 31, 32, 60, 200);
    const rises = newRises(list.length);
    const agree = (value: number, oracle: number, tolerance: number): void =>
      expect(Math.abs(value - oracle)).toBeLessThanOrEqual(tolerance * Math.max(1e-9, Math.abs(oracle)));
    for (const x of [1e-4, 0.3, 1, 5.5, 8, 40, 1e6])
      for (const shift of [0, 1] as const) {
        fillRises(rises, x, list, shift);
        list.forEach((n, i) => {
          const steps = Array.from({ length: n + shift }, (_, k) => x + k);
          const sumOf = (term: (at: number) => number) => steps.reduce((sum, at) => sum + term(at), 0);
          agree(rises.lnGamma[i]!, sumOf(Math.log), 1e-12);
          agree(
            rises.digamma[i]!,
            sumOf((at) => 1 / at),
            x > 1e5 ? 1e-8 : 1e-12,
          );
          agree(rises.trigamma[i]!, -sumOf((at) => at ** -2), x > 1e5 ? 1e-6 : 1e-12);
        });
      }
    // Means of coarse cells are no whole numbers, and a huge x would multiply out to infinity.
    for (const [x, n] of [
      [0.2, 12.5],
      [3.7, 9.25],
      [1e300, 20],
    ] as const) {
      fillRises(rises, x, Float64Array.of(n));
      expect(rises.lnGamma[0]! / lnRisingFactorial(x, n)).toBeCloseTo(1, 12);
      expect(rises.digamma[0]).toBeCloseTo(digamma(x + n) - digamma(x), 12);
      expect(rises.trigamma[0]).toBeCloseTo(trigamma(x + n) - trigamma(x), 12);
    }
  });

  it('digamma is the slope of lnGamma and trigamma the slope of digamma', () => {
    for (const x of [0.1, 0.9, 2.5, 8.9, 9.1, 55]) {
      const h = 1e-4 * x;
      expect((lnGamma(x + h) - lnGamma(x - h)) / (2 * h)).toBeCloseTo(digamma(x), 6);
      expect((digamma(x + h) - digamma(x - h)) / (2 * h) / trigamma(x)).toBeCloseTo(1, 6);
    }
  });

  it('sums in log space never overflow', () => {
    expect(logAddExp(1000, 1000)).toBeCloseTo(1000 + Math.LN2, 12);
    expect(logAddExp(Number.NEGATIVE_INFINITY, 3)).toBe(3);
    expect(logDiffExp(1000, 999)).toBeCloseTo(1000 + Math.log(1 - Math.exp(-1)), 12);
    expect(logDiffExp(5, 5)).toBe(Number.NEGATIVE_INFINITY);
    expect(logSumExp([-1e5, -1e5])).toBeCloseTo(-1e5 + Math.LN2, 9);
    expect(logSumExp([])).toBe(Number.NEGATIVE_INFINITY);
    expect(log1pExp(800)).toBe(800);
    expect(() => logDiffExp(1, 2)).toThrow(RangeError);
  });

  it('incomplete gamma and beta stay in [0, 1] and complement each other', () => {
    const moderate = fc.double({ min: -4, max: 4, noNaN: true }).map((exponent) => 10 ** exponent);
    fc.assert(
      fc.property(moderate, moderate, (shape, x) => {
        const [p, q] = [regularisedGammaP(shape, x), regularisedGammaQ(shape, x)];
        return p >= 0 && p <= 1 && q >= 0 && q <= 1 && Math.abs(p + q - 1) < 1e-9;
      }),
    );
    fc.assert(
      fc.property(moderate, moderate, fc.double({ min: 1e-3, max: 0.999, noNaN: true }), (a, b, x) => {
        const p = regularisedBeta(x, a, b);
        return (
          p >= 0 &&
          p <= 1 &&
          Math.abs(p + regularisedBeta(1 - x, b, a) - 1) < 1e-7 &&
          lnRegularisedBeta(x, a, b) <= 0
        );
      }),
    );
  });

  it('gammaQuantile inverts P', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1.5, max: 4, noNaN: true }).map((exponent) => 10 ** exponent),
        fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }),
        (shape, p) => {
          const x = gammaQuantile(shape, p);
          return x === 0 ? p < 1e-3 || shape < 0.05 : Math.abs(regularisedGammaP(shape, x) - p) < 1e-8;
        },
      ),
    );
  });

  it('2F1 has its closed forms', () => {
    // 2F1(a, b; b; z) = (1 - z)^-a; 2F1(1, 1; 2; z) = -ln(1 - z) / z.
    for (const z of [-1e6, -3, -0.2, 0.3, 0.89, 0.95]) {
      expect(lnHypergeometric2F1(2.5, 4, 4, z)).toBeCloseTo(-2.5 * Math.log1p(-z), 9);
      expect(lnHypergeometric2F1(1, 1, 2, z)).toBeCloseTo(Math.log(-Math.log1p(-z) / z), 10);
    }
    expect(lnHypergeometric2F1(3, 4, 5, 0)).toBe(0);
  });

  it('2F1 is never NaN and agrees with itself under exchange of a and b', () => {
    const moderate = fc.double({ min: -4, max: 4, noNaN: true }).map((exponent) => 10 ** exponent);
    fc.assert(
      fc.property(
        moderate,
        moderate,
        moderate,
        fc.double({ min: -1e6, max: 0.999, noNaN: true }),
        (a, b, extra, z) => {
          const c = Math.min(a, b) + extra;
          const value = lnHypergeometric2F1(a, b, c, z);
          return (
            Number.isFinite(value) &&
            Math.abs(value - lnHypergeometric2F1(b, a, c, z)) <= 1e-9 * Math.max(1, Math.abs(value))
          );
        },
      ),
      { numRuns: 200 },
    );
  });

  it('misuse is a RangeError', () => {
    for (const f of [lnGamma, digamma, trigamma])
      for (const x of [0, -1, Number.NaN]) expect(() => f(x)).toThrow(RangeError);
    expect(() => lnBeta(0, 1)).toThrow(RangeError);
    expect(() => normalQuantile(1.1)).toThrow(RangeError);
    expect(() => gammaQuantile(1, -0.1)).toThrow(RangeError);
    expect(() => lnHypergeometric2F1(1, 1, 2, 1)).toThrow(RangeError);
  });
});

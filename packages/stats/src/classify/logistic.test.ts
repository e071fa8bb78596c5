import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomFrom } from '../distributions/random.js';
import { featureTable as table, type FeatureTable } from '../features/feature-table.js';
import { fitLogistic, type LogisticFit } from './logistic.js';
import { logisticContributions, predictLogistic } from './predict-logistic.js';

const of = (...values: number[]): Float64Array => Float64Array.from(values);

/** Log odds 0.4 + 1.2 a - 0.7 b; c has no effect and goes with a. */
function simulate(rows: number, seed: number): { features: FeatureTable; label: Uint8Array } {
  const random = randomFrom(seed);
  const a = Float64Array.from({ length: rows }, () => random.normal());
  const b = Float64Array.from({ length: rows }, () => 100 + 25 * random.normal());
  const c = a.map((value) => 0.6 * value + 0.8 * random.normal());
  const label = Uint8Array.from(a, (value, i) => {
    const odds = 0.4 + 1.2 * value - 0.7 * ((b[i]! - 100) / 25);
    return Number(random.uniform() < 1 / (1 + Math.exp(-odds)));
  });
  return { features: table({ a, b, c }), label };
}

/** Log-likelihood in the reader's units, from its definition. */
function bruteForce(features: FeatureTable, label: ArrayLike<number>, beta: readonly number[]): number {
  let total = 0;
  for (let i = 0; i < label.length; i++) {
    const odds = features.columns.reduce((sum, column, j) => sum + beta[j + 1]! * column[i]!, beta[0]!);
    total -= Math.log1p(Math.exp(label[i] === 1 ? -odds : odds));
  }
  return total;
}

const estimates = (fit: LogisticFit): number[] => fit.coefficients.map((line) => line.estimate);

describe('fitLogistic without a penalty', () => {
  it('solves a two by two table exactly: log odds ratio and its standard error', () => {
    // 30 of 100 against 60 of 120: odds ratio (60 x 70) / (60 x 30); Woolf 1955 for the standard error.
    const x = of(0, 0, 1, 1);
    const weight = of(30, 70, 60, 60);
    const fit = fitLogistic(table({ x }), [1, 0, 1, 0], { weight });
    expect(fit).toMatchObject({ converged: true, reason: null, rows: 220, positives: 90 });
    expect(fit.coefficients[1]!.estimate).toBeCloseTo(Math.log((60 * 70) / (60 * 30)), 10);
    expect(fit.coefficients[1]!.standardError).toBeCloseTo(Math.sqrt(1 / 30 + 1 / 70 + 2 / 60), 8);
    expect(fit.coefficients[0]!.estimate).toBeCloseTo(Math.log(30 / 70), 10);
    expect(fit.coefficients[0]!.standardError).toBeCloseTo(Math.sqrt(1 / 30 + 1 / 70), 8);
  });

  it('finds the effects it was made with, and is at the top of the likelihood', () => {
    const { features, label } = simulate(3000, 4);
    const fit = fitLogistic(features, label);
    expect(fit).toMatchObject({ converged: true, warnings: [], leftOut: [], diverging: [] });
    [1.2, -0.7 / 25, 0].forEach((truth, j) => {
      const line = fit.coefficients[j + 1]!;
      expect(Math.abs(line.estimate - truth)).toBeLessThan(3.5 * line.standardError!);
      expect(line.lower! < line.estimate && line.estimate < line.upper!).toBe(true);
    });
    expect(fit.coefficients[1]!.pValue).toBeLessThan(1e-12);
    const beta = estimates(fit);
    expect(fit.logLikelihood).toBeCloseTo(bruteForce(features, label, beta), 8);
    beta.forEach((_, j) => {
      const moved = (by: number): number =>
        bruteForce(
          features,
          label,
          beta.map((value, k) => (k === j ? value + by * fit.coefficients[j]!.standardError! : value)),
        );
      expect(moved(1e-3)).toBeLessThan(fit.logLikelihood);
      expect(moved(-1e-3)).toBeLessThan(fit.logLikelihood);
    });
  });

  it('says that columns separate the classes, perfectly or in part', () => {
    const x = of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    const noise = of(1, 0, 0, 1, 1, 0, 1, 1, 0, 1);
    const perfect = fitLogistic(table({ x, noise }), [0, 0, 0, 0, 0, 1, 1, 1, 1, 1]);
    expect(perfect).toMatchObject({ converged: false, reason: 'perfect-separation' });
    expect(perfect.diverging).toContain('x');
    expect(perfect.coefficients.every((line) => line.standardError === null)).toBe(true);
    // Whoever has the mark is a 1; the others are mixed.
    const mark = of(0, 0, 0, 0, 0, 0, 0, 1, 1, 1);
    const part = fitLogistic(table({ noise, mark }), [0, 1, 0, 1, 0, 1, 0, 1, 1, 1]);
    expect(part).toMatchObject({ converged: false, reason: 'separation', diverging: ['mark'] });
    const tamed = fitLogistic(table({ noise, mark }), [0, 1, 0, 1, 0, 1, 0, 1, 1, 1], { penalty: 0.01 });
    expect(tamed).toMatchObject({ converged: true, reason: null });
  });

  it('sees a handful of marked rows among very many run away', () => {
    const rows = 40_000;
    const mark = Float64Array.from({ length: rows }, (_, i) => Number(i < 3));
    const label = mark.map((marked, i) => (marked === 1 ? 1 : i % 2));
    const fit = fitLogistic(table({ mark }), label);
    expect(fit).toMatchObject({ converged: false, reason: 'separation', diverging: ['mark'] });
    label[0] = 0;
    expect(fitLogistic(table({ mark }), label)).toMatchObject({ converged: true, reason: null });
  });

  it('leaves out constant and collinear columns and predicts as without them', () => {
    const { features, label } = simulate(300, 9);
    const [a, b, c] = features.columns as [Float64Array, Float64Array, Float64Array];
    const more = table({ a, one: a.map(() => 3), b, mix: a.map((value, i) => 2 * value - b[i]!), c });
    const [full, plain] = [fitLogistic(more, label), fitLogistic(features, label)];
    expect(full.leftOut).toEqual([
      { name: 'one', reason: 'constant' },
      { name: 'mix', reason: 'collinear' },
    ]);
    expect(full.warnings).toEqual(['columns-left-out']);
    expect(full.deviance).toBeCloseTo(plain.deviance, 8);
    predictLogistic(full.model, more).forEach((p, i) =>
      expect(p).toBeCloseTo(predictLogistic(plain.model, features)[i]!, 8),
    );
  });
});

describe('fitLogistic with an elastic net', () => {
  it('meets the subgradient conditions of the penalised likelihood', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(0.001, 0.02, 0.1),
        fc.constantFrom(0, 0.3, 1),
        fc.integer({ min: 1, max: 50 }),
        (penalty, mixing, seed) => {
          const { features, label } = simulate(200, seed);
          const fit = fitLogistic(features, label, { penalty, mixing });
          expect(fit.converged).toBe(true);
          const residual = predictLogistic(fit.model, features).map((p, i) => label[i]! - p);
          expect(Math.abs(residual.reduce((sum, value) => sum + value, 0))).toBeLessThan(1e-5);
          features.columns.forEach((column, j) => {
            const mean = column.reduce((sum, value) => sum + value, 0) / 200;
            const spread = Math.sqrt(column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 200);
            const beta = fit.model.coefficients[j]! * spread;
            const slope = residual.reduce((sum, r, i) => sum + (r * (column[i]! - mean)) / spread, 0) / 200;
            const pull = slope - penalty * (1 - mixing) * beta;
            const off =
              beta === 0
                ? Math.max(0, Math.abs(pull) - penalty * mixing)
                : Math.abs(pull - penalty * mixing * Math.sign(beta));
            expect(off).toBeLessThan(1e-6);
          });
        },
      ),
      { numRuns: 30 },
    );
  });

  it('sets coefficients to zero under the lasso, and all of them where the penalty is large', () => {
    const { features, label } = simulate(500, 2);
    expect(fitLogistic(features, label, { penalty: 0.06, mixing: 1 }).model.coefficients[2]).toBe(0);
    const none = fitLogistic(features, label, { penalty: 1, mixing: 1 });
    expect(none.model.coefficients).toEqual([0, 0, 0]);
    expect(none.deviance).toBeCloseTo(none.nullDeviance, 6);
  });

  it('approaches the plain fit as the penalty goes', () => {
    const { features, label } = simulate(400, 3);
    const plain = fitLogistic(features, label);
    const faint = fitLogistic(features, label, { penalty: 1e-9, mixing: 0.5 });
    estimates(plain).forEach((value, j) => expect(estimates(faint)[j]).toBeCloseTo(value, 5));
  });
});

describe('fitLogistic at the edges', () => {
  it('gives a typed outcome where there is nothing to learn', () => {
    expect(fitLogistic(table({ a: of() }), [])).toMatchObject({ reason: 'no-rows', converged: false });
    const ones = fitLogistic(table({ a: of(1, 2, 3) }), [1, 1, 1]);
    expect(ones).toMatchObject({ reason: 'one-class', rows: 3, positives: 3 });
    expect(predictLogistic(ones.model, table({ a: of(9) }))[0]).toBeCloseTo(3.5 / 4, 12);
    const constant = fitLogistic(table({ a: of(7, 7, 7, 7) }), [1, 0, 0, 0]);
    expect(constant).toMatchObject({ converged: true, leftOut: [{ name: 'a', reason: 'constant' }] });
    expect(predictLogistic(constant.model, table({ a: of(7) }))[0]).toBeCloseTo(0.25, 12);
  });

  it('refuses bad input, naming row and column', () => {
    expect(() => fitLogistic(table({ a: of(1, Number.NaN) }), [0, 1])).toThrow(/row 1, column "a": NaN/);
    expect(() => fitLogistic(table({ a: of(1, 2) }), [0, 2])).toThrow(/label, row 1: 2/);
    expect(() => fitLogistic(table({ a: of(1, 2) }), [0, 1], { weight: of(1, -1) })).toThrow(/weight, row 1/);
    expect(() => fitLogistic(table({ a: of(1, 2) }), [0, 1], { penalty: -1 })).toThrow(RangeError);
    expect(() => fitLogistic(table({ a: of(1, 2) }), [0, 1], { mixing: 2 })).toThrow(RangeError);
    const { model } = fitLogistic(table({ a: of(1, 2, 3) }), [0, 1, 0]);
    expect(() => predictLogistic(model, table({ b: of(1) }))).toThrow(/needs the columns a/);
    expect(() => predictLogistic(model, table({ a: of(Number.NaN) }))).toThrow(/row 0, column "a"/);
  });

  it('never gives NaN', () => {
    const row = fc.record({
      y: fc.integer({ min: 0, max: 1 }),
      a: fc.constantFrom(0, 1, 1e9, -3),
      b: fc.double({ min: -1e3, max: 1e3, noNaN: true }),
    });
    const penalties = fc.constantFrom(0, 0.01);
    fc.assert(
      fc.property(fc.array(row, { maxLength: 15 }), penalties, (rows, penalty) => {
        const features = table({
          a: Float64Array.from(rows, (r) => r.a),
          b: Float64Array.from(rows, (r) => r.b),
        });
        const fit = fitLogistic(
          features,
          rows.map((r) => r.y),
          { penalty },
        );
        expect(fit.converged).toBe(fit.reason === null);
        // JSON.stringify would write null for a number that is not finite.
        const marked = JSON.stringify(fit, (_, value: unknown) =>
          typeof value === 'number' && !Number.isFinite(value) ? 'not finite' : value,
        );
        expect(marked).not.toContain('not finite');
        expect(predictLogistic(fit.model, features).every((p) => p >= 0 && p <= 1)).toBe(true);
      }),
    );
  });
});

describe('logisticContributions', () => {
  it('sum with the base to the log odds, and the base is that of the average row', () => {
    const { features, label } = simulate(100, 8);
    const { model } = fitLogistic(features, label);
    const { base, values } = logisticContributions(model, features);
    predictLogistic(model, features).forEach((p, i) => {
      const sum = base + values[3 * i]! + values[3 * i + 1]! + values[3 * i + 2]!;
      expect(sum).toBeCloseTo(Math.log(p / (1 - p)), 9);
    });
    const average = table(
      Object.fromEntries(
        features.names.map((name, j) => [name, of(features.columns[j]!.reduce((s, v) => s + v, 0) / 100)]),
      ),
    );
    expect(1 / (1 + Math.exp(-base))).toBeCloseTo(predictLogistic(model, average)[0]!, 10);
  });
});

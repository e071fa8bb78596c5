import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { featureTable as table, type FeatureTable } from '../features/feature-table.js';
import { randomFrom } from '../distributions/random.js';
import { concordanceIndex } from './concordance.js';
import { fitCox } from './cox.js';
import { coxPartialLikelihood } from './cox-likelihood.js';
import type { Lifetimes } from './event-table.js';
import { nelsonAalen } from './nelson-aalen.js';
import { coxLogHazardRatios, predictCoxSurvival } from './predict-cox.js';

const of = (...values: number[]): Float64Array => Float64Array.from(values);

/** Exponential lifetimes with hazard exp(0.8 a - 0.5 b), whole days, censored at day 40. */
function simulate(rows: number, seed: number): { data: Lifetimes; features: FeatureTable } {
  const random = randomFrom(seed);
  const a = Float64Array.from({ length: rows }, () => random.normal());
  const b = Float64Array.from({ length: rows }, () => random.normal());
  const lives = a.map((_, i) =>
    Math.ceil(-Math.log(random.uniform()) * 30 * Math.exp(0.5 * b[i]! - 0.8 * a[i]!)),
  );
  return {
    data: {
      duration: lives.map((life) => Math.min(life, 40)),
      event: Array.from(lives, (life) => Number(life <= 40)),
    },
    features: table({ a, b }),
  };
}

/** Efron's partial log-likelihood written down from its definition, one factor after the other. */
function bruteForce(data: Lifetimes, features: FeatureTable, beta: number[]): number {
  const risk = Array.from(data.duration, (_, i) =>
    Math.exp(features.columns.reduce((sum, column, j) => sum + beta[j]! * column[i]!, 0)),
  );
  let total = 0;
  for (const time of new Set(data.duration)) {
    const rows = [...data.duration.keys()];
    const tied = rows.filter((i) => data.duration[i] === time && data.event[i] === 1);
    const all = rows.filter((i) => data.duration[i]! >= time).reduce((sum, i) => sum + risk[i]!, 0);
    const events = tied.reduce((sum, i) => sum + risk[i]!, 0);
    tied.forEach((i, l) => (total += Math.log(risk[i]!) - Math.log(all - (l / tied.length) * events)));
  }
  return total;
}

describe('fitCox', () => {
  it('finds the effects it was made with, within three standard errors', () => {
    const { data, features } = simulate(2000, 7);
    const fit = fitCox(data, features);
    expect(fit).toMatchObject({ converged: true, reason: null, warnings: [], leftOut: [] });
    const [a, b] = fit.coefficients;
    expect(Math.abs(a!.estimate - 0.8)).toBeLessThan(3 * a!.standardError!);
    expect(Math.abs(b!.estimate + 0.5)).toBeLessThan(3 * b!.standardError!);
    expect(fit.likelihoodRatio!.pValue).toBeLessThan(1e-10);
    expect(fit.concordance).toBeGreaterThan(0.7);
  });

  it('maximises the likelihood written down from its definition, with its curvature as information', () => {
    const { data, features } = simulate(60, 3);
    const fit = fitCox(data, features);
    const beta = fit.coefficients.map((line) => line.estimate);
    const top = bruteForce(data, features, beta);
    expect(fit.logLikelihood).toBeCloseTo(top, 9);
    expect(fit.nullLogLikelihood).toBeCloseTo(bruteForce(data, features, [0, 0]), 9);
    const at = (da: number, db: number): number => bruteForce(data, features, [beta[0]! + da, beta[1]! + db]);
    const h = 1e-3;
    expect(Math.abs(at(h, 0) - at(-h, 0)) / (2 * h)).toBeLessThan(1e-4);
    const aa = -(at(h, 0) - 2 * top + at(-h, 0)) / h ** 2;
    const bb = -(at(0, h) - 2 * top + at(0, -h)) / h ** 2;
    const ab = -(at(h, h) - at(h, -h) - at(-h, h) + at(-h, -h)) / (4 * h ** 2);
    expect(fit.coefficients[0]!.standardError! / Math.sqrt(bb / (aa * bb - ab * ab))).toBeCloseTo(1, 4);
  });

  it('has the gradient of its value', () => {
    const rows = {
      duration: of(1, 2, 2, 2, 5, 6),
      event: Uint8Array.of(1, 1, 0, 1, 1, 0),
      features: of(0.3, -1, 2, 0.5, 1, -0.2),
      count: 1,
    };
    const h = 1e-5;
    const [up, down] = [coxPartialLikelihood(rows, of(0.4 + h)), coxPartialLikelihood(rows, of(0.4 - h))];
    const here = coxPartialLikelihood(rows, of(0.4));
    expect(here.gradient[0]).toBeCloseTo((up.value - down.value) / (2 * h), 8);
    expect(here.information[0]![0]).toBeCloseTo(-(up.gradient[0]! - down.gradient[0]!) / (2 * h), 8);
  });

  it('does not care for units: a column in cents has a hundredth of the effect', () => {
    const { data, features } = simulate(200, 11);
    const cents = table({
      a: features.columns[0]!.map((value) => value * 1e8 + 5e9),
      b: features.columns[1]!,
    });
    const [plain, scaled] = [fitCox(data, features), fitCox(data, cents)];
    expect(scaled.coefficients[0]!.estimate * 1e8).toBeCloseTo(plain.coefficients[0]!.estimate, 8);
    expect(scaled.logLikelihood).toBeCloseTo(plain.logLikelihood, 8);
  });

  it('names a column that orders the events perfectly, and ridge tames it', () => {
    const duration = of(1, 2, 3, 4, 5, 6, 7, 8);
    const data = { duration, event: [1, 1, 1, 1, 1, 1, 1, 1] };
    const features = table({ age: duration.map((value) => -value) });
    const fit = fitCox(data, features);
    expect(fit).toMatchObject({ converged: false, reason: 'monotone-likelihood', diverging: ['age'] });
    expect(fit.coefficients[0]).toMatchObject({ standardError: null, z: null });
    const tamed = fitCox(data, features, { ridge: 0.1 });
    expect(tamed).toMatchObject({ converged: true, reason: null });
    expect(tamed.coefficients[0]!.estimate).toBeGreaterThan(0);
  });

  it('leaves out what does not vary or is said by other columns', () => {
    const { data, features } = simulate(100, 5);
    const [a, b] = features.columns as [Float64Array, Float64Array];
    const sum = a.map((value, i) => value + 3 * b[i]! + 7);
    const fit = fitCox(data, table({ a, one: a.map(() => 1), b, sum }));
    expect(fit.leftOut).toEqual([
      { name: 'one', reason: 'constant' },
      { name: 'sum', reason: 'collinear' },
    ]);
    expect(fit).toMatchObject({ converged: true, warnings: ['columns-left-out'] });
    expect(fit.logLikelihood).toBeCloseTo(fitCox(data, features).logLikelihood, 9);
  });

  it('does not try without customers, events, or more events than columns', () => {
    const features = table({ a: of(1, 2, 3), b: of(2, 1, 5) });
    expect(fitCox({ duration: of(), event: [] }, table({ a: of() }))).toMatchObject({ reason: 'no-rows' });
    const silent = fitCox({ duration: of(1, 2, 3), event: [0, 0, 0] }, features);
    expect(silent).toMatchObject({ reason: 'too-few-events', converged: false });
    expect([...predictCoxSurvival(silent.model, features, [1, 9])]).toEqual([1, 1, 1, 1, 1, 1]);
    expect(fitCox({ duration: of(1, 2, 3), event: [1, 1, 0] }, features).reason).toBe('too-few-events');
  });

  it('never gives NaN', () => {
    const row = fc.record({
      duration: fc.integer({ min: 0, max: 4 }),
      event: fc.integer({ min: 0, max: 1 }),
      a: fc.constantFrom(0, 1, 1e6, -3),
      b: fc.double({ min: -1e3, max: 1e3, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 12 }), (rows) => {
        const data = {
          duration: Float64Array.from(rows, (r) => r.duration),
          event: rows.map((r) => r.event),
        };
        const features = table({
          a: Float64Array.from(rows, (r) => r.a),
          b: Float64Array.from(rows, (r) => r.b),
        });
        const fit = fitCox(data, features);
        expect(fit.converged).toBe(fit.reason === null);
        // JSON.stringify would write null for a number that is not finite.
        const marked = JSON.stringify(fit, (_, value: unknown) =>
          typeof value === 'number' && !Number.isFinite(value) ? 'not finite' : value,
        );
        expect(marked).not.toContain('not finite');
        const survival = predictCoxSurvival(fit.model, features, [-1, 0, 2, 100]);
        expect(survival.every((value) => value >= 0 && value <= 1)).toBe(true);
      }),
    );
  });

  it('refuses bad input, naming row and column', () => {
    const data = { duration: of(1, 2), event: [1, 1] };
    expect(() => fitCox(data, table({ price: of(1, Number.NaN) }))).toThrow(/row 1, column "price": NaN/);
    expect(() => fitCox(data, table({ price: of(1) }))).toThrow(/column "price": 1 rows where 2/);
    expect(() => fitCox({ ...data, weight: of(1, 1) }, table({ a: of(1, 2) }))).toThrow(RangeError);
    expect(() => fitCox(data, table({ a: of(1, 2) }), { ridge: -1 })).toThrow(RangeError);
    const { model } = fitCox(data, table({ a: of(1, 2) }));
    expect(() => coxLogHazardRatios(model, table({ b: of(1) }))).toThrow(/needs the columns a/);
  });
});

describe('predictCoxSurvival', () => {
  it('is the Nelson-Aalen curve where no column has an effect and no events are tied', () => {
    const data = { duration: of(1, 2, 3, 4, 5), event: [1, 0, 1, 1, 0] };
    const features = table({ one: of(1, 1, 1, 1, 1) });
    const { model } = fitCox(data, features);
    const curve = nelsonAalen(data);
    const survival = predictCoxSurvival(model, table({ one: of(1) }), [0.5, 1, 3, 4, 9]);
    const hazards = [0, curve.cumulativeHazard[0]!, curve.cumulativeHazard[2]!, curve.cumulativeHazard[3]!];
    [...hazards, hazards[3]!].forEach((hazard, k) => expect(survival[k]).toBeCloseTo(Math.exp(-hazard), 12));
  });

  it('expects as many events as were seen: martingale residuals sum to 0', () => {
    const { data, features } = simulate(300, 2);
    const fit = fitCox(data, features);
    const ratios = coxLogHazardRatios(fit.model, features);
    const survival = predictCoxSurvival(fit.model, features, [...data.duration]);
    let expected = 0;
    ratios.forEach((_, i) => (expected -= Math.log(survival[i * ratios.length + i]!)));
    // Efron's correction takes part of the tied events out of the risk set, hence not to the last bit.
    expect(Math.abs(expected / fit.events - 1)).toBeLessThan(0.05);
  });
});

describe('concordanceIndex', () => {
  it('equals the count over all pairs', () => {
    const row = fc.tuple(
      fc.integer({ min: 0, max: 5 }),
      fc.integer({ min: 0, max: 1 }),
      fc.integer({ min: 0, max: 3 }),
    );
    fc.assert(
      fc.property(fc.array(row, { maxLength: 25 }), (rows) => {
        let [concordant, discordant, tiedRisk] = [0, 0, 0];
        for (const [t, event, risk] of rows) {
          for (const [other, otherEvent, otherRisk] of rows) {
            if (event === 0 || !(other > t || (other === t && otherEvent === 0))) continue;
            if (risk > otherRisk) concordant++;
            else if (risk < otherRisk) discordant++;
            else tiedRisk++;
          }
        }
        const data = { duration: Float64Array.from(rows, (r) => r[0]), event: rows.map((r) => r[1]) };
        const found = concordanceIndex(
          data,
          Float64Array.from(rows, (r) => r[2]),
        );
        expect(found).toMatchObject({ concordant, discordant, tiedRisk });
      }),
    );
  });

  it('is null when nothing can be compared, and refuses a risk that is no number', () => {
    expect(concordanceIndex({ duration: of(1, 1), event: [1, 1] }, of(1, 2)).index).toBeNull();
    expect(() => concordanceIndex({ duration: of(1), event: [1] }, of(Number.NaN))).toThrow(/risk, row 0/);
  });
});

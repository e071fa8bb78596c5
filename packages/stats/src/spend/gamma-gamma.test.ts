import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawGamma } from '../distributions/draws.js';
import { randomFrom } from '../distributions/random.js';
import {
  expectedSpend,
  fitGammaGamma,
  logLikelihoodGammaGamma,
  spendPosterior,
  type SpendModel,
} from './gamma-gamma.js';

function simulate(truth: { p: number; q: number; v: number }, customers: number, seed: number) {
  const random = randomFrom(seed);
  const frequency = new Float64Array(customers);
  const monetaryValue = new Float64Array(customers);
  for (let i = 0; i < customers; i++) {
    const x = 1 + Math.floor(random.uniform() * 8);
    const nu = drawGamma(random, truth.q, truth.v);
    frequency[i] = x;
    monetaryValue[i] = drawGamma(random, truth.p * x, nu) / x;
  }
  return { frequency, monetaryValue };
}

describe('fitGammaGamma', () => {
  const truth = { p: 3, q: 4, v: 200 };

  it('recovers the truth within four standard errors', () => {
    const fit = fitGammaGamma(simulate(truth, 5000, 1));
    expect(fit.converged).toBe(true);
    for (const key of ['p', 'q', 'v'] as const) {
      expect(Math.abs(fit.parameters[key] - truth[key]) / fit.standardErrors![key]).toBeLessThan(4);
    }
    expect(fit.warnings).toEqual([]);
  });

  it('ends where the likelihood is highest', () => {
    const data = simulate(truth, 800, 2);
    const { parameters, logLikelihood } = fitGammaGamma(data);
    expect(logLikelihoodGammaGamma(parameters, data)).toBeCloseTo(logLikelihood, 6);
    for (const key of ['p', 'q', 'v'] as const) {
      for (const factor of [0.97, 1.03]) {
        expect(
          logLikelihoodGammaGamma({ ...parameters, [key]: parameters[key] * factor }, data),
        ).toBeLessThan(logLikelihood);
      }
    }
  });

  it('does not depend on the unit of money, but for the unit', () => {
    const data = simulate(truth, 800, 3);
    const yuan = fitGammaGamma(data).parameters;
    const fen = fitGammaGamma({ ...data, monetaryValue: data.monetaryValue.map((z) => z * 100) }).parameters;
    expect(fen.p / yuan.p).toBeCloseTo(1, 4);
    expect(fen.q / yuan.q).toBeCloseTo(1, 4);
    expect(fen.v / yuan.v / 100).toBeCloseTo(1, 4);
  });

  it('warns when frequent buyers spend more', () => {
    const data = simulate(truth, 800, 4);
    data.monetaryValue.forEach((z, i) => (data.monetaryValue[i] = z * data.frequency[i]!));
    expect(fitGammaGamma(data).warnings).toContain('spend-correlates-with-frequency');
  });

  it('leaves out customers without repeat orders or with nothing spent', () => {
    const data = simulate(truth, 200, 5);
    const more = {
      frequency: Float64Array.of(...data.frequency, 0, 3, 2),
      monetaryValue: Float64Array.of(...data.monetaryValue, 0, 0, -4),
    };
    expect(fitGammaGamma(more)).toEqual(fitGammaGamma(data));
  });

  it('data that cannot tell end with a typed reason', () => {
    const of = (frequency: number[], monetaryValue: number[]) =>
      fitGammaGamma({
        frequency: Float64Array.from(frequency),
        monetaryValue: Float64Array.from(monetaryValue),
      });
    expect(of([], []).reason).toBe('no-repeat-orders');
    expect(of([0, 0], [0, 0]).reason).toBe('no-repeat-orders');
    expect(of([1, 2], [5, 6]).reason).toBe('too-few-repeaters');
    expect(
      of(
        Array.from({ length: 50 }, () => 3),
        Array.from({ length: 50 }, () => 20),
      ).reason,
    ).toBe('spend-does-not-vary');
    // Spends with a Pareto tail of exponent 0.7 have no mean.
    const random = randomFrom(6);
    const wild = of(
      Array.from({ length: 600 }, () => 4),
      Array.from({ length: 600 }, () => random.uniform() ** (-1 / 0.7)),
    );
    expect(wild.converged).toBe(false);
    expect(['spend-mean-infinite', 'parameter-at-edge']).toContain(wild.reason);
    expect(() => of([1], [Number.NaN])).toThrow(RangeError);
    expect(() => of([1, 2], [3])).toThrow(RangeError);
  });
});

describe('expectedSpend', () => {
  const model: SpendModel = { name: 'gamma-gamma', parameters: { p: 6.25, q: 3.74, v: 15.44 } };

  it('lies between the mean of all and his own, nearer to his own the more he orders', () => {
    const all = expectedSpend(model, 0, 0);
    expect(all).toBeCloseTo((6.25 * 15.44) / 2.74, 10);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000 }),
        fc.double({ min: 0.01, max: 1e6, noNaN: true }),
        (x, m) => {
          const spend = expectedSpend(model, x, m);
          expect(spend).toBeGreaterThanOrEqual(Math.min(all, m) * (1 - 1e-12));
          expect(spend).toBeLessThanOrEqual(Math.max(all, m) * (1 + 1e-12));
          expect(Math.abs(expectedSpend(model, x + 1, m) - m)).toBeLessThanOrEqual(
            Math.abs(spend - m) + 1e-9 * m,
          );
        },
      ),
    );
  });

  it('is the mean of the posterior', () => {
    const { shape, scale } = spendPosterior(model, 3, 50);
    const random = randomFrom(8);
    let sum = 0;
    for (let i = 0; i < 50_000; i++) sum += scale / drawGamma(random, shape, 1);
    expect(sum / 50_000 / expectedSpend(model, 3, 50)).toBeCloseTo(1, 2);
  });

  it('has no mean where the model has none', () => {
    expect(expectedSpend({ name: 'gamma-gamma', parameters: { p: 1, q: 0.5, v: 2 } }, 0, 0)).toBe(
      Number.POSITIVE_INFINITY,
    );
    expect(() => expectedSpend(model, -1, 3)).toThrow(RangeError);
  });
});

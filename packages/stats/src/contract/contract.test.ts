import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawBeta } from '../distributions/draws.js';
import { randomFrom } from '../distributions/random.js';
import { fitBdw } from './bdw.js';
import {
  contractSurvival,
  contractValue,
  discountedResidualLifetime,
  retentionCurve,
  type ContractModel,
} from './contract-value.js';
import { retentionObjective } from './retention-likelihood.js';
import { fitSbg, logLikelihoodSbg } from './sbg.js';

const tableOf = (survivors: readonly number[], period = survivors.map((_, t) => t)) => ({
  period: Float64Array.from(period),
  survivors: Float64Array.from(survivors),
});
const highEnd = tableOf([1000, 869, 743, 653, 593, 551, 517, 491]);
const positive = fc.double({ min: -4, max: 4, noNaN: true }).map((exponent) => 10 ** exponent);
const anyModel: fc.Arbitrary<ContractModel> = fc.oneof(
  fc.record({
    name: fc.constant('sbg' as const),
    parameters: fc.record({ alpha: positive, beta: positive }),
  }),
  fc.record({
    name: fc.constant('bdw' as const),
    parameters: fc.record({
      alpha: positive,
      beta: positive,
      c: fc.double({ min: 0.1, max: 4, noNaN: true }),
    }),
  }),
);

describe('fits', () => {
  it('the gradient is that of central differences, with gaps in the periods and without the first', () => {
    const objective = retentionObjective(tableOf([900, 800, 800, 350, 20], [1, 2, 3, 7, 30]));
    for (const at of [
      [-0.4, 1.3, 0.2],
      [2, 4, -0.5],
      [-3, -1, 0.7],
    ]) {
      for (const size of [2, 3]) {
        const point = Float64Array.from(at.slice(0, size));
        const gradient = new Float64Array(size);
        objective(point, gradient);
        for (let k = 0; k < size; k++) {
          const [up, down] = [Float64Array.from(point), Float64Array.from(point)];
          up[k]! += 1e-5;
          down[k]! -= 1e-5;
          const slope =
            (objective(up, new Float64Array(size)) - objective(down, new Float64Array(size))) / 2e-5;
          expect(Math.abs(slope - gradient[k]!)).toBeLessThan(1e-6 * Math.max(1, Math.abs(slope)));
        }
      }
    }
  });

  it('BdW is never worse than sBG, and finds the truth within four standard errors', () => {
    expect(fitBdw(highEnd).logLikelihood).toBeGreaterThan(fitSbg(highEnd).logLikelihood);
    const random = randomFrom(31);
    const truth = { alpha: 0.8, beta: 4, c: 1.4 };
    const survivors = Float64Array.from({ length: 11 }, () => 0);
    for (let i = 0; i < 20_000; i++) {
      const theta = drawBeta(random, truth.alpha, truth.beta);
      // Leaves at the first t with (1 - theta)^(t^c) below a uniform number.
      const lasts = (Math.log(random.uniform()) / Math.log1p(-theta)) ** (1 / truth.c);
      for (let t = 0; t <= 10 && lasts > t; t++) survivors[t]!++;
    }
    const fit = fitBdw(tableOf([...survivors]));
    expect(fit.reason).toBeNull();
    for (const key of ['alpha', 'beta', 'c'] as const)
      expect(Math.abs(fit.parameters[key] - truth[key]) / fit.standardErrors![key]).toBeLessThan(4);
  });

  it.each([
    ['nobody', [], 'no-customers'],
    ['a cohort of none', [0, 0, 0], 'no-customers'],
    ['nobody left', [500, 500, 500], 'no-dropout-visible'],
    ['one renewal only', [500, 400], 'hessian-not-positive-definite'],
  ] as [string, number[], string][])('%s: %s', (_, survivors, reason) => {
    for (const fit of [fitSbg(tableOf(survivors)), fitBdw(tableOf(survivors))]) {
      expect(fit.reason).toBe(reason);
      expect(Object.values(fit.parameters).every(Number.isFinite)).toBe(true);
      expect(JSON.parse(JSON.stringify(fit))).toEqual(fit);
    }
  });

  it('ends with a typed outcome when all leave at once', () => {
    for (const fit of [fitSbg(tableOf([500, 0, 0, 0])), fitBdw(tableOf([500, 0, 0, 0]))]) {
      expect(fit.converged).toBe(fit.reason === null);
      expect(Number.isFinite(fit.logLikelihood)).toBe(true);
    }
  });

  it('refuses tables that are none', () => {
    expect(() => fitSbg(tableOf([10, 11]))).toThrow(RangeError);
    expect(() => fitSbg(tableOf([10, 9], [1, 1]))).toThrow(RangeError);
    expect(() => fitSbg(tableOf([10, Number.NaN]))).toThrow(RangeError);
    expect(() => logLikelihoodSbg({ alpha: 0, beta: 1 }, highEnd)).toThrow(RangeError);
  });
});

describe('curves and values', () => {
  it('survival falls from one, retention of sBG rises, and no number leaves its range', () => {
    fc.assert(
      fc.property(
        anyModel,
        fc.integer({ min: 0, max: 200 }),
        fc.integer({ min: 0, max: 50 }),
        (model, t, m) => {
          const { survival, retention } = retentionCurve(model, t);
          expect(survival[0]).toBe(1);
          expect(survival[t]!).toBeCloseTo(contractSurvival(model, t), 12);
          for (let i = 1; i <= t; i++) {
            expect(survival[i]! >= 0 && survival[i]! <= survival[i - 1]! * (1 + 1e-11)).toBe(true);
            expect(retention[i]! >= 0 && retention[i]! <= 1).toBe(true);
            // The patient remain: under sBG retention rises with tenure.
            expect(model.name === 'bdw' || i === 1 || retention[i]! >= retention[i - 1]! - 1e-14).toBe(true);
          }
          const forever = discountedResidualLifetime(model, m, 0.1);
          expect(forever >= 0 && forever <= 11 * (1 + 1e-12)).toBe(true);
          expect(discountedResidualLifetime(model, m, 0.1, 20)).toBeLessThanOrEqual(forever * (1 + 1e-9));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('a contract is worth the sum of its payments', () => {
    const model: ContractModel = { name: 'sbg', parameters: { alpha: 0.668, beta: 3.806 } };
    let [fresh, renewed] = [0, 0];
    for (let t = 0; t < 400; t++) {
      fresh += (contractSurvival(model, t) * 50) / 1.1 ** t;
      renewed += ((contractSurvival(model, 3 + t + 1) / contractSurvival(model, 3)) * 50) / 1.1 ** t;
    }
    expect(contractValue(model, { margin: 50, discount: 0.1 })).toBeCloseTo(fresh, 9);
    expect(contractValue(model, { margin: 50, discount: 0.1, renewals: 3 })).toBeCloseTo(renewed, 9);
    expect(contractValue(model, { margin: 50, discount: 0.1, horizon: 1 })).toBe(50);
    expect(contractValue(model, { margin: 50, discount: 0, horizon: 0 })).toBe(0);
  });

  it('BdW with c = 1 is sBG', () => {
    const parameters = { alpha: 0.668, beta: 3.806 };
    const sbg = discountedResidualLifetime({ name: 'sbg', parameters }, 2, 0.05, 300);
    expect(
      discountedResidualLifetime({ name: 'bdw', parameters: { ...parameters, c: 1 } }, 2, 0.05, 300),
    ).toBe(sbg);
    expect(discountedResidualLifetime({ name: 'sbg', parameters }, 2, 0.05)).toBeCloseTo(sbg, 4);
  });

  it('ends where nobody renews', () => {
    const model: ContractModel = { name: 'bdw', parameters: { alpha: 1e4, beta: 1e-4, c: 4 } };
    const worth = discountedResidualLifetime(model, 40, 0.1);
    expect(worth >= 0 && worth < 1e-9).toBe(true);
  });

  it('refuses what cannot be summed', () => {
    const model: ContractModel = { name: 'bdw', parameters: { alpha: 1, beta: 1, c: 0.5 } };
    expect(() => discountedResidualLifetime(model, 0, 0)).toThrow(RangeError);
    expect(() => discountedResidualLifetime(model, 0, 1e-6)).toThrow(RangeError);
    expect(() => discountedResidualLifetime(model, 0.5, 0.1)).toThrow(RangeError);
    expect(() => contractSurvival({ name: 'sbg', parameters: { alpha: -1, beta: 2 } }, 1)).toThrow(
      RangeError,
    );
    expect(() => contractValue(model, { margin: Number.NaN, discount: 0.1 })).toThrow(RangeError);
  });
});

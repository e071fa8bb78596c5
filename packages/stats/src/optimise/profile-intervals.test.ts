import { describe, expect, it } from 'vitest';
import { randomFrom } from '../distributions/random.js';
import { drawGamma, drawPoisson } from '../distributions/draws.js';
import { drawParameters } from '../purchase/draw-parameters.js';
import { fitNbd, logLikelihoodNbd } from '../purchase/nbd.js';
import { minimise } from './lbfgs.js';
import { profileIntervals } from './profile-intervals.js';

describe('profile intervals', () => {
  it('of a quadratic are best +- sqrt(chi-squared x the inverse), the others free', () => {
    const h = [
      [4, 1.5],
      [1.5, 2],
    ] as const;
    const best = [0.3, -0.2];
    const intervals = profileIntervals({
      names: ['a', 'b'],
      point: Float64Array.from(best),
      customers: 50,
      centre: [0, 0],
      edge: 11,
      objective: (point, gradient) => {
        const off = best.map((value, i) => point[i]! - value);
        gradient[0] = (h[0][0] * off[0]! + h[0][1] * off[1]!) / 50;
        gradient[1] = (h[1][0] * off[0]! + h[1][1] * off[1]!) / 50;
        return 0.5 * (gradient[0] * off[0]! + gradient[1] * off[1]!);
      },
    });
    const inverse = [2 / 5.75, 4 / 5.75];
    (['a', 'b'] as const).forEach((name, k) => {
      const reach = 1.959964 * Math.sqrt(inverse[k]!);
      expect(Math.log(intervals[name].lower!) / (best[k]! - reach)).toBeCloseTo(1, 1);
      expect(Math.log(intervals[name].upper!) / (best[k]! + reach)).toBeCloseTo(1, 1);
    });
  });

  it('are open towards an edge to which the likelihood rises', () => {
    const intervals = profileIntervals({
      names: ['a'],
      point: Float64Array.of(11),
      customers: 100,
      centre: [0],
      edge: 11,
      objective: (point, gradient) => {
        gradient[0] = -0.5 * Math.exp(-point[0]!);
        return 0.5 * Math.exp(-point[0]!);
      },
    });
    // 50 e^-v = 1.9207 + what is lost at the edge.
    expect(intervals.a.upper).toBeNull();
    expect(intervals.a.lower! / (50 / 1.9207)).toBeCloseTo(1, 1);
  });
});

describe('a fit at its edge', () => {
  /** Everybody orders at the same rate: the shape r of the rates runs to infinity. */
  const random = randomFrom(5);
  const frequency = Float64Array.from({ length: 400 }, () => drawPoisson(random, 3));
  const age = new Float64Array(400).fill(50);
  const summary = {
    frequency,
    age,
    recency: frequency.map((x) => (x === 0 ? 0 : 50 * (1 - 0.5 / (x + 1)))),
  };

  it('says of each parameter what the data do settle, where it was asked for', () => {
    const silent = fitNbd(summary);
    const fit = fitNbd(summary, { edgeIntervals: true });
    expect([fit.standardErrors, silent.intervals]).toEqual([null, undefined]);
    const { r, alpha } = fit.intervals!;
    expect([r!.upper, alpha!.upper]).toEqual([null, null]);
    expect(r!.lower).toBeGreaterThan(3);
    // At the end, the other parameter free, 1.92 of the log-likelihood is lost.
    const lnAt = (shape: number): number => {
      const least = minimise(
        (point, gradient) => {
          const at = (ln: number) => -logLikelihoodNbd({ r: shape, alpha: Math.exp(ln) }, summary) / 400;
          gradient[0] = (at(point[0]! + 1e-5) - at(point[0]! - 1e-5)) / 2e-5;
          return at(point[0]!);
        },
        Float64Array.of(Math.log((shape * 50) / 3)),
        { gradientTolerance: 1e-5 },
      );
      return -least.value * 400;
    };
    expect(fit.logLikelihood - lnAt(r!.lower!)).toBeCloseTo(1.92, 1);
  });

  it('knows the order rate as well as that many orders tell, though shape and scale ran away together', () => {
    const orders = frequency.reduce((sum, x) => sum + x, 0);
    const fit = fitNbd(summary);
    expect(fit.reason).toBe('parameter-at-edge');
    const rates = drawParameters(fit, 4000, 1).map(({ r, alpha }) => r / alpha);
    const rate = orders / (400 * 50);
    const sd = Math.sqrt(rates.reduce((sum, value) => sum + (value / rate - 1) ** 2, 0) / rates.length);
    // Poisson: the relative error of a rate is one by the root of the orders.
    expect(Math.abs(sd * Math.sqrt(orders) - 1)).toBeLessThan(0.06);
  });

  it('leaves a fit with standard errors as it was', () => {
    const spread = frequency.map(() => drawPoisson(random, drawGamma(random, 1, 0.4)));
    const rows = { frequency: spread, age, recency: spread.map((x) => (x === 0 ? 0 : 40)) };
    const fit = fitNbd(rows, { edgeIntervals: true });
    expect(fit.standardErrors).not.toBeNull();
    expect(fit).toEqual(fitNbd(rows));
  });
});

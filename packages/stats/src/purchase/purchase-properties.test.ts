import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lnHypergeometric2F1 } from '../special/ln-hypergeometric.js';
import { countProbability, countQuantile, countTail } from './count-distribution.js';
import { discountedExpectedOrders } from './discounted-orders.js';
import {
  expectedOrders,
  expectedOrdersOfNewCustomer,
  orderProbability,
  probabilityAlive,
  residualOrderMoments,
  residualProcess,
  timeToNextOrder,
  type PurchaseModel,
} from './purchase-model.js';
import { countMoments } from './residual-process.js';
import { scorePurchases } from './score-purchases.js';

/** Parameters from 1e-4 to 1e4, histories with up to 10,000 orders, ages from 0 to 1e6. */
const parameter = fc.double({ min: -4, max: 4, noNaN: true }).map((exponent) => 10 ** exponent);
const anyModel: fc.Arbitrary<PurchaseModel> = fc.oneof(
  fc.record({
    name: fc.constantFrom('bg-nbd' as const, 'mbg-nbd' as const),
    parameters: fc.record({ r: parameter, alpha: parameter, a: parameter, b: parameter }),
  }),
  fc.record({ name: fc.constant('nbd' as const), parameters: fc.record({ r: parameter, alpha: parameter }) }),
);
const history = fc
  .record({
    x: fc.oneof(fc.constantFrom(0, 1, 2, 10_000), fc.integer({ min: 0, max: 500 })),
    age: fc.oneof(fc.constantFrom(0, 1e-9, 100, 1e6), fc.double({ min: 0, max: 1e4, noNaN: true })),
    part: fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true })),
  })
  .map(({ x, age, part }) => ({ x, tx: x === 0 ? 0 : age * part, age }));
const horizons = fc.oneof(fc.constantFrom(0, 1e-6, 52, 1e6), fc.double({ min: 0, max: 1000, noNaN: true }));

const sensible: PurchaseModel[] = [
  { name: 'bg-nbd', parameters: { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 } },
  { name: 'mbg-nbd', parameters: { r: 0.525, alpha: 6.183, a: 0.891, b: 1.614 } },
  { name: 'bg-nbd', parameters: { r: 2, alpha: 10, a: 1, b: 1 } },
  { name: 'mbg-nbd', parameters: { r: 0.1, alpha: 1, a: 3, b: 0.5 } },
  { name: 'nbd', parameters: { r: 0.38, alpha: 12 } },
];

describe('every quantity at every edge', () => {
  it('is a number in its range', () => {
    fc.assert(
      fc.property(anyModel, history, horizons, (model, { x, tx, age }, horizon) => {
        const alive = probabilityAlive(model, x, tx, age);
        const expected = expectedOrders(model, x, tx, age, horizon);
        const { mean, variance, none } = residualOrderMoments(model, x, tx, age, horizon);
        const process = residualProcess(model, x, tx, age);
        const wouldBe = (process.shape * horizon) / process.rate;
        expect(alive >= 0 && alive <= 1).toBe(true);
        expect(expected >= 0 && expected <= wouldBe * (1 + 1e-9) + 1e-300).toBe(true);
        expect(Number.isFinite(mean) && variance >= 0 && variance < Number.POSITIVE_INFINITY).toBe(true);
        expect(none >= 0 && none <= 1).toBe(true);
        expect(timeToNextOrder(model, x, tx, age)).toBeGreaterThanOrEqual(0);
        for (const n of [0, 1, 7]) {
          const probability = countProbability(process, n, horizon);
          expect(probability >= 0 && probability <= 1 + 1e-12, `P(${n}) = ${probability}`).toBe(true);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('scores without NaN, with low <= high', () => {
    fc.assert(
      fc.property(anyModel, history, horizons, (model, { x, tx, age }, horizon) => {
        const scores = scorePurchases(
          model,
          { frequency: Float64Array.of(x), recency: Float64Array.of(tx), age: Float64Array.of(age) },
          {
            horizon,
            discountPerUnit: 0.002,
            spend: { name: 'gamma-gamma', parameters: { p: 6, q: 3.7, v: 15 } },
          },
        );
        for (const [name, column] of Object.entries(scores) as [string, Float64Array][]) {
          expect(column[0]! >= 0, `${name} = ${column[0]}`).toBe(true);
        }
        expect(scores.ordersLow[0]!).toBeLessThanOrEqual(scores.ordersHigh[0]!);
        expect(scores.valueLow[0]!).toBeLessThanOrEqual(scores.valueHigh[0]!);
        expect(scores.discountedOrders[0]!).toBeLessThanOrEqual(scores.expectedOrders[0]! * (1 + 1e-9));
      }),
      { numRuns: 300 },
    );
  });

  it('P(alive) falls with silence: at fixed x and T it grows with recency', () => {
    fc.assert(
      fc.property(
        anyModel,
        fc.integer({ min: 1, max: 300 }),
        fc.tuple(horizons, horizons),
        (model, x, [one, two]) => {
          const [early, late] = [Math.min(one, two), Math.max(one, two)];
          return probabilityAlive(model, x, early, 1e6) <= probabilityAlive(model, x, late, 1e6) + 1e-12;
        },
      ),
    );
  });

  it('BG/NBD keeps buyers of one order alive, MBG/NBD does not', () => {
    expect(probabilityAlive(sensible[0]!, 0, 0, 39)).toBe(1);
    expect(probabilityAlive(sensible[1]!, 0, 0, 39)).toBeLessThan(0.6);
  });

  it('expected orders grow with the horizon', () => {
    fc.assert(
      fc.property(anyModel, history, horizons, (model, { x, tx, age }, horizon) => {
        const near = expectedOrders(model, x, tx, age, horizon);
        return expectedOrders(model, x, tx, age, horizon * 1.5) >= near * (1 - 1e-9);
      }),
    );
  });
});

describe('once wrong', () => {
  it('an interval whose distribution has two hills keeps its ends in order', () => {
    const scores = scorePurchases(
      { name: 'bg-nbd', parameters: { r: 1, alpha: 1, a: 1, b: 1 } },
      { frequency: Float64Array.of(278), recency: Float64Array.of(100), age: Float64Array.of(100) },
      { horizon: 52, spend: { name: 'gamma-gamma', parameters: { p: 6, q: 3.7, v: 15 } } },
    );
    expect(scores.valueLow[0]! / scores.ordersLow[0]!).toBeCloseTo(1, 0.7);
    expect(scores.valueHigh[0]! / scores.ordersHigh[0]!).toBeCloseTo(1, 0.7);
  });
});

describe('distributions', () => {
  it('P(X(t) = n) sums to one and has the expected mean', () => {
    for (const model of sensible) {
      for (const t of [0.5, 10, 52]) {
        let [total, mean] = [0, 0];
        for (let n = 0; n < 3000; n++) {
          const probability = orderProbability(model, n, t);
          total += probability;
          mean += n * probability;
        }
        expect(total).toBeCloseTo(1, 10);
        expect(mean / expectedOrdersOfNewCustomer(model, t)).toBeCloseTo(1, 9);
      }
    }
  });

  it('moments are those of the probabilities', () => {
    for (const model of sensible) {
      const process = residualProcess(model, 7, 30, 38);
      let [mean, square] = [0, 0];
      for (let n = 1; n < 2000; n++) {
        const probability = countProbability(process, n, 52);
        mean += n * probability;
        square += n * n * probability;
      }
      const moments = residualOrderMoments(model, 7, 30, 38, 52);
      expect(moments.mean / mean).toBeCloseTo(1, 9);
      expect(moments.variance / (square - mean * mean)).toBeCloseTo(1, 8);
      expect(moments.none).toBeCloseTo(countProbability(process, 0, 52), 12);
    }
  });

  it('quantiles are the smallest count that reaches the level', () => {
    for (const model of sensible) {
      for (const level of [0.1, 0.5, 0.9, 0.999]) {
        const process = residualProcess(model, 12, 36, 38);
        const n = countQuantile(process, 52, level);
        expect(1 - countTail(process, n + 1, 52)).toBeGreaterThanOrEqual(level - 1e-12);
        expect(n === 0 || 1 - countTail(process, n, 52) < level).toBe(true);
      }
    }
  });
});

describe('against independent formulas', () => {
  it('expected orders: eq. 10 of the paper with 2F1', () => {
    const [model] = sensible;
    const { r, alpha, a, b } = model!.parameters as { r: number; alpha: number; a: number; b: number };
    for (const [x, tx, age, t] of [
      [2, 30.43, 38.86, 39],
      [1, 1.71, 38.86, 10],
      [30, 38, 38.86, 52],
    ] as const) {
      const z = t / (alpha + age + t);
      const power = (r + x) * Math.log((alpha + age) / (alpha + age + t));
      const inner = 1 - Math.exp(power + lnHypergeometric2F1(r + x, b + x, a + b + x - 1, z));
      const expected = ((a + b + x - 1) / (a - 1)) * inner * probabilityAlive(model!, x, tx, age);
      expect(expectedOrders(model!, x, tx, age, t) / expected).toBeCloseTo(1, 10);
    }
  });

  it('series and integral agree', () => {
    // Steps of a hundredth in the horizon: a jump where the integral takes over would show.
    for (const [shape, a, b] of [
      [0.24, 0.79, 2.4],
      [5, 1, 30],
      [0.01, 0.01, 0.02],
      [300, 2, 400],
    ] as const) {
      const process = { pAlive: 1, shape, rate: 1, a, b };
      let previous = countMoments(process, 1);
      for (let horizon = 1.01; horizon < 2e3; horizon *= 1.01) {
        const now = countMoments(process, horizon);
        expect(now.first / previous.first).toBeGreaterThan(1);
        expect(now.first / previous.first).toBeLessThan(1.01 + 1e-9);
        expect(now.second / previous.second).toBeLessThan(1.0201 + 1e-9);
        expect(now.second / previous.second).toBeGreaterThan(1);
        previous = now;
      }
    }
  });

  it('discounted orders: a fine sum over small steps', () => {
    for (const model of sensible) {
      const [x, tx, age, horizon, discount] = [3, 30, 38, 52, 0.01];
      let sum = 0;
      let before = 0;
      const steps = 4000;
      for (let i = 1; i <= steps; i++) {
        const now = expectedOrders(model, x, tx, age, (horizon * i) / steps);
        sum += (now - before) * Math.exp((-discount * horizon * (i - 0.5)) / steps);
        before = now;
      }
      expect(discountedExpectedOrders(model, x, tx, age, horizon, discount) / sum).toBeCloseTo(1, 7);
    }
  });
});

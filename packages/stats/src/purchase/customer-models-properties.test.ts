import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomFrom } from '../distributions/random.js';
import {
  customerFuture,
  customerModel,
  customerModels,
  drawPosterior,
  type CustomerModel,
} from './customer-models.js';

/** Parameters from 1e-4 to 1e4, k from 1 to 6, up to 10,000 orders, ages from 0 to 1e6. */
const parameter = fc.double({ min: -4, max: 4, noNaN: true }).map((exponent) => 10 ** exponent);
const names = Object.keys(customerModels) as CustomerModel['name'][];
const modelOf = (name: CustomerModel['name']): fc.Arbitrary<CustomerModel> =>
  fc
    .record(
      Object.fromEntries(
        customerModels[name].parameterNames.map((key) => [
          key,
          key === 'k' ? fc.integer({ min: 1, max: 6 }) : parameter,
        ]),
      ),
    )
    .map((parameters) => customerModel({ name, parameters }));

const part = fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true }));
const inTime = fc
  .record({
    x: fc.oneof(fc.constantFrom(0, 1, 2, 10_000), fc.integer({ min: 0, max: 500 })),
    T: fc.oneof(fc.constantFrom(0, 1e-9, 100, 1e6), fc.double({ min: 0, max: 1e4, noNaN: true })),
    part,
    horizon: fc.oneof(fc.constantFrom(0, 1e-6, 52, 1e6), fc.double({ min: 0, max: 1000, noNaN: true })),
  })
  .map(({ x, T, part, horizon }) => ({ x, tx: x === 0 ? 0 : T * part, T, horizon }));
const atOpportunities = fc
  .record({
    x: fc.oneof(fc.constantFrom(0, 1, 1000), fc.integer({ min: 0, max: 60 })),
    T: fc.constantFrom(0, 1, 10, 1000),
    part,
    horizon: fc.constantFrom(0, 1, 7, 1000),
  })
  .map(({ x, T, part, horizon }) => {
    const orders = Math.min(x, T);
    return { x: orders, tx: orders === 0 ? 0 : Math.max(orders, Math.floor(T * part)), T, horizon };
  });
const historyOf = (name: CustomerModel['name']): typeof inTime =>
  customerModels[name].clock === 'time' ? inTime : atOpportunities;

const isProbability = (value: number): boolean => value >= 0 && value <= 1;

describe.each(names)('%s at every edge', (name) => {
  it('gives numbers in their range', () => {
    fc.assert(
      fc.property(modelOf(name), historyOf(name), (model, { x, tx, T, horizon }) => {
        const future = customerFuture(model, x, tx, T);
        const orders = future.expectedOrders(horizon);
        const forever = future.discountedOrders(0.003);
        const within = future.discountedOrders(0.003, horizon);
        const logLikelihood = customerModels[name].logLikelihood(model.parameters, {
          frequency: Float64Array.of(x),
          recency: Float64Array.of(tx),
          age: Float64Array.of(T),
        });
        expect(isProbability(future.pAlive)).toBe(true);
        expect(orders >= 0 && orders < Number.POSITIVE_INFINITY).toBe(true);
        expect(forever >= 0 && forever < Number.POSITIVE_INFINITY).toBe(true);
        expect(within).toBeLessThanOrEqual(Math.min(orders, forever) * (1 + 1e-7) + 1e-300);
        expect(Number.isFinite(logLikelihood)).toBe(true);
        for (const n of [0, 1, 7]) expect(isProbability(future.orderProbability(n, horizon))).toBe(true);
        const { rate, dropout } = future.drawTraits(randomFrom(1));
        expect(rate >= 0 && dropout >= 0).toBe(true);
      }),
      // The regular models take tens of milliseconds at the edges.
      { numRuns: name.endsWith('cnbd-k') ? 8 : 40 },
    );
  });

  it('P(alive) grows with recency at a given x and T', () => {
    fc.assert(
      fc.property(modelOf(name), historyOf(name), part, (model, { x, tx, T }, later) => {
        const step = customerModels[name].clock === 'time' ? (T - tx) * later : Math.floor((T - tx) * later);
        const next = x === 0 ? tx : tx + step;
        const before = customerFuture(model, x, tx, T).pAlive;
        return customerFuture(model, x, Math.min(next, T), T).pAlive >= before - 1e-12;
      }),
      { numRuns: 60 },
    );
  });
});

const sensible: [CustomerModel, [number, number, number]][] = [
  [{ name: 'bg-nbd', parameters: { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 } }, [3, 30, 38]],
  [{ name: 'mbg-nbd', parameters: { r: 0.525, alpha: 6.183, a: 0.891, b: 1.614 } }, [3, 30, 38]],
  [{ name: 'nbd', parameters: { r: 0.38, alpha: 12 } }, [3, 30, 38]],
  [{ name: 'pareto-nbd', parameters: { r: 0.553, alpha: 10.578, s: 0.606, beta: 11.669 } }, [3, 30, 38]],
  [{ name: 'bg-cnbd-k', parameters: { k: 2, r: 0.8, alpha: 2, a: 0.8, b: 2.5 } }, [3, 30, 38]],
  [{ name: 'mbg-cnbd-k', parameters: { k: 3, r: 0.8, alpha: 1.5, a: 0.8, b: 2.5 } }, [3, 30, 38]],
  [{ name: 'bg-bb', parameters: { alpha: 1.2035, beta: 0.7497, gamma: 0.6568, delta: 2.7839 } }, [4, 5, 6]],
];

describe.each(sensible)('$name', (model, [x, tx, T]) => {
  const future = customerFuture(model, x, tx, T);

  it('probabilities sum to one and have the expected mean', () => {
    for (const horizon of [1, 20]) {
      let [total, mean] = [0, 0];
      for (let n = 0; n < 400; n++) {
        const probability = future.orderProbability(n, horizon);
        total += probability;
        mean += n * probability;
      }
      expect(total).toBeCloseTo(1, 10);
      expect(mean / future.expectedOrders(horizon)).toBeCloseTo(1, 9);
    }
  });

  it('a window of a new customer sums to one; its mean is the difference of two expectations', () => {
    const kind = customerModels[model.name];
    const whole = customerFuture(model, 0, 0, 0);
    let [total, mean] = [0, 0];
    for (let n = 0; n < 250; n++) {
      const probability = kind.windowProbability(model.parameters, n, { from: 10, horizon: 12 });
      total += probability;
      mean += n * probability;
    }
    expect(total).toBeCloseTo(1, 9);
    expect(mean / (whole.expectedOrders(22) - whole.expectedOrders(10))).toBeCloseTo(1, 8);
    // From the very beginning it is the distribution of a new customer's orders.
    expect(kind.windowProbability(model.parameters, 2, { from: 0, horizon: 5 })).toBeCloseTo(
      whole.orderProbability(2, 5),
      12,
    );
  });

  it('discounted orders are the sum over small steps, and without end the limit of long horizons', () => {
    const discrete = customerModels[model.name].clock === 'opportunities';
    const [steps, horizon, discount] = discrete ? [40, 40, 0.05] : [4000, 40, 0.05];
    let [sum, before] = [0, 0];
    for (let i = 1; i <= steps; i++) {
      const now = future.expectedOrders((horizon * i) / steps);
      const weight = discrete ? (1 + discount) ** -i : Math.exp((-discount * horizon * (i - 0.5)) / steps);
      sum += (now - before) * weight;
      before = now;
    }
    expect(future.discountedOrders(discount, horizon) / sum).toBeCloseTo(1, 6);
    expect(future.discountedOrders(0.5, 100) / future.discountedOrders(0.5)).toBeCloseTo(1, 8);
    expect(future.discountedOrders(0, horizon)).toBeCloseTo(future.expectedOrders(horizon), 12);
    expect(() => future.discountedOrders(0)).toThrow(RangeError);
  });

  it('drawn customers order as the distribution says, within five standard errors', () => {
    const random = randomFrom(12);
    const draws = 20_000;
    const horizon = 20;
    const counts = [0, 0, 0];
    let [sum, squares, alive] = [0, 0, 0];
    for (let i = 0; i < draws; i++) {
      const traits = future.drawTraits(random);
      const orders = future.drawOrders(random, traits, horizon);
      if (traits.alive) alive++;
      if (orders < 3) counts[orders]!++;
      sum += orders;
      squares += orders * orders;
    }
    const mean = sum / draws;
    const error = Math.sqrt((squares / draws - mean * mean) / draws);
    expect(Math.abs(mean - future.expectedOrders(horizon))).toBeLessThan(5 * error);
    counts.forEach((count, n) => {
      expect(Math.abs(count / draws - future.orderProbability(n, horizon))).toBeLessThan(
        5 * Math.sqrt(0.25 / draws),
      );
    });
    // BG/BB draws who is alive now; pAlive counts those of them who are so at the next opportunity as well.
    const stays = model.name === 'bg-bb' ? model.parameters.delta + T : 1;
    const trials = model.name === 'bg-bb' ? stays + model.parameters.gamma : 1;
    const pAlive = ((alive / draws) * stays) / trials;
    expect(Math.abs(pAlive - future.pAlive)).toBeLessThan(5 * Math.sqrt(0.25 / draws));
  });

  it('the same seed draws the same customers', () => {
    expect(drawPosterior(future, 50, 3)).toEqual(drawPosterior(future, 50, 3));
    expect(drawPosterior(future, 50, 3)).not.toEqual(drawPosterior(future, 50, 4));
  });

  it('refuses arguments that make no sense', () => {
    expect(() => customerFuture(model, 1, T + 1, T)).toThrow(RangeError);
    expect(() => future.expectedOrders(Number.POSITIVE_INFINITY)).toThrow(RangeError);
    expect(() => future.orderProbability(1.5, 10)).toThrow(RangeError);
    expect(() => future.discountedOrders(-0.1, 10)).toThrow(RangeError);
  });
});

describe('models written by hand', () => {
  it('are read, and refused by name and parameter', () => {
    const written = { name: 'bg-cnbd-k', parameters: { r: 1, k: 2, alpha: 3, a: 1, b: 2, note: 'x' } };
    expect(customerModel(written)).toEqual({
      name: 'bg-cnbd-k',
      parameters: { k: 2, r: 1, alpha: 3, a: 1, b: 2 },
    });
    expect(() => customerModel({ name: 'bg-xyz', parameters: {} })).toThrow(/no model "bg-xyz"/);
    expect(() => customerModel({ name: 'toString', parameters: {} })).toThrow(RangeError);
    expect(() => customerModel({ name: 'nbd', parameters: { r: 1 } })).toThrow(/alpha/);
    expect(() =>
      customerModel({ name: 'pareto-nbd', parameters: { r: 1, alpha: 1, s: -1, beta: 2 } }),
    ).toThrow(/s must/);
    expect(() => customerModel({ ...written, parameters: { ...written.parameters, k: 1.5 } })).toThrow(
      /k must/,
    );
  });

  it('k = 1 is BG/NBD and MBG/NBD', () => {
    const parameters = { r: 0.525, alpha: 6.183, a: 0.891, b: 1.614 };
    for (const [regular, plain] of [
      ['bg-cnbd-k', 'bg-nbd'],
      ['mbg-cnbd-k', 'mbg-nbd'],
    ] as const) {
      for (const [x, tx, T] of [
        [0, 0, 20],
        [4, 30, 38],
        [40, 38, 38],
      ] as const) {
        const one = customerFuture({ name: regular, parameters: { k: 1, ...parameters } }, x, tx, T);
        const other = customerFuture({ name: plain, parameters }, x, tx, T);
        expect(one.pAlive).toBeCloseTo(other.pAlive, 14);
        expect(one.expectedOrders(52) / other.expectedOrders(52)).toBeCloseTo(1, 12);
        expect(one.orderProbability(3, 52) / other.orderProbability(3, 52)).toBeCloseTo(1, 12);
        expect(one.discountedOrders(0.01) / other.discountedOrders(0.01)).toBeCloseTo(1, 12);
      }
    }
  });
});

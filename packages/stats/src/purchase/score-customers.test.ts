import { describe, expect, it } from 'vitest';
import { randomFrom } from '../distributions/random.js';
import { customerFuture, type CustomerModel } from './customer-models.js';
import type { OtherModel } from './living-counts.js';
import { scoreCustomers, scorePurchases } from './score-purchases.js';

const others: OtherModel[] = [
  { name: 'pareto-nbd', parameters: { r: 0.55, alpha: 10.6, s: 0.6, beta: 11.7 } },
  { name: 'bg-cnbd-k', parameters: { k: 3, r: 0.8, alpha: 3.1, a: 0.7, b: 2.4 } },
  { name: 'mbg-cnbd-k', parameters: { k: 2, r: 0.6, alpha: 2.5, a: 0.5, b: 3.4 } },
];

const triples = {
  frequency: Float64Array.of(0, 0, 1, 2, 4, 9, 30, 221),
  recency: Float64Array.of(0, 0, 5, 30, 38, 20, 39, 103.42857),
  age: Float64Array.of(0, 39, 39, 32, 39, 39, 39, 103.57143),
};
const options = { horizon: 26, discountPerUnit: 0.0018 };

describe('scores under a model whose counts are walked', () => {
  it.each(others)('$name: mean, discount and quantiles of orders agree with the customer future', (model) => {
    const scores = scoreCustomers(model, triples, options);
    for (let i = 0; i < triples.frequency.length; i++) {
      const future = customerFuture(model, triples.frequency[i]!, triples.recency[i]!, triples.age[i]!);
      expect(scores.pAlive[i]).toBeCloseTo(future.pAlive, 12);
      expect(scores.expectedOrders[i]! / future.expectedOrders(26)).toBeCloseTo(1, 10);
      expect(scores.discountedOrders[i]! / future.discountedOrders(0.0018, 26)).toBeCloseTo(1, 10);
      for (const [column, level] of [
        ['ordersLow', 0.1],
        ['ordersHigh', 0.9],
      ] as const) {
        const n = scores[column][i]!;
        let below = 0;
        for (let k = 0; k < n; k++) below += future.orderProbability(k, 26);
        // The smallest n with P(K <= n) >= level.
        expect(below).toBeLessThan(level + 1e-5);
        expect(below + future.orderProbability(n, 26)).toBeGreaterThan(level - 1e-5);
      }
    }
  });

  it.each(others)('$name: the variance and the wait are those of simulated customers', (model) => {
    const random = randomFrom(7);
    const [x, tx, T] = [4, 38, 39];
    const future = customerFuture(model, x, tx, T);
    const one = { frequency: Float64Array.of(x), recency: Float64Array.of(tx), age: Float64Array.of(T) };
    const scores = scoreCustomers(model, one, { horizon: 26 });
    const wait = scores.nextOrderMedian[0]!;
    let [sum, square, alive, soon] = [0, 0, 0, 0];
    const draws = 40_000;
    for (let i = 0; i < draws; i++) {
      const traits = future.drawTraits(random);
      const orders = future.drawOrders(random, traits, 26);
      sum += orders;
      square += orders * orders;
      if (!traits.alive) continue;
      alive++;
      if (future.drawOrders(random, traits, wait) > 0) soon++;
    }
    const mean = sum / draws;
    expect(Math.abs(mean / scores.expectedOrders[0]! - 1)).toBeLessThan(0.05);
    expect(Math.abs((square / draws - mean * mean) / scores.valueVariance[0]! - 1)).toBeLessThan(0.1);
    expect(Math.abs(soon / alive - 0.5)).toBeLessThan(0.02);
    expect(scores.nextOrderLow[0]!).toBeLessThan(wait);
    expect(scores.nextOrderHigh[0]!).toBeGreaterThan(wait);
  });

  it('k = 1 scores as the model without phases', () => {
    const parameters = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };
    const spend = { name: 'gamma-gamma', parameters: { p: 6.25, q: 3.74, v: 15.44 } } as const;
    const walked = scoreCustomers({ name: 'bg-cnbd-k', parameters: { k: 1, ...parameters } }, triples, {
      ...options,
      spend,
    });
    const direct = scorePurchases({ name: 'bg-nbd', parameters }, triples, { ...options, spend });
    for (const name of Object.keys(direct) as (keyof typeof direct)[])
      for (let i = 0; i < triples.frequency.length; i++) {
        const [a, b] = [walked[name][i]!, direct[name][i]!];
        expect(Math.abs(a - b) / (b || 1), `${name} of row ${i}: ${a} for ${b}`).toBeLessThan(1e-6);
      }
  });

  it('never ends in NaN at the edges', () => {
    const edges = {
      frequency: Float64Array.of(0, 10_000, 10_000, 1, 0, 254),
      recency: Float64Array.of(0, 100, 50, 0, 0, 97.14286),
      age: Float64Array.of(1e-9, 100, 100, 0.1, 1e6, 97.28571),
    };
    const all: (OtherModel & CustomerModel)[] = [
      ...others,
      { name: 'pareto-nbd', parameters: { r: 0.5143, alpha: 2.8845, s: 0.2856, beta: 14.1087 } },
      { name: 'pareto-nbd', parameters: { r: 1e4, alpha: 1e-4, s: 1e-4, beta: 1e4 } },
      { name: 'mbg-cnbd-k', parameters: { k: 6, r: 1e-4, alpha: 1e4, a: 1e4, b: 1e-4 } },
    ];
    for (const model of all) {
      const scores = scoreCustomers(model, edges, options);
      for (const [name, values] of Object.entries(scores) as [string, Float64Array][])
        for (const [i, value] of values.entries())
          expect(value >= 0, `${model.name} ${name} row ${i}: ${value}`).toBe(true);
    }
  });
});

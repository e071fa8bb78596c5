import { describe, expect, it } from 'vitest';
import { drawGamma } from '../distributions/draws.js';
import { randomFrom } from '../distributions/random.js';
import type { SpendModel } from '../spend/gamma-gamma.js';
import { drawCustomer, drawResidualOrders } from './draw-customers.js';
import { drawParameters } from './draw-parameters.js';
import {
  residualOrderMoments,
  residualOrderProbability,
  residualProcess,
  timeToNextOrder,
  type PurchaseModel,
} from './purchase-model.js';
import { scorePurchases } from './score-purchases.js';

const models: PurchaseModel[] = [
  { name: 'bg-nbd', parameters: { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 } },
  { name: 'mbg-nbd', parameters: { r: 0.525, alpha: 6.183, a: 0.891, b: 1.614 } },
  { name: 'nbd', parameters: { r: 0.38, alpha: 12 } },
];
const histories = [
  [0, 0, 38],
  [1, 20, 38],
  [3, 36, 38],
  [10, 37, 38],
  [40, 38, 38],
] as const;
const draws = 40_000;

describe('closed forms against drawn customers', () => {
  it.each(models)('$name: mean, variance, none', (model) => {
    const random = randomFrom(1);
    for (const [x, tx, T] of histories) {
      const process = residualProcess(model, x, tx, T);
      let [sum, squares, none] = [0, 0, 0];
      for (let i = 0; i < draws; i++) {
        const count = drawResidualOrders(random, process, 52);
        sum += count;
        squares += count * count;
        if (count === 0) none++;
      }
      const moments = residualOrderMoments(model, x, tx, T, 52);
      // Five standard errors of the simulated mean; variance and P(none) within a few per cent.
      expect(Math.abs(sum / draws - moments.mean)).toBeLessThan(5 * Math.sqrt(moments.variance / draws));
      expect(Math.abs(squares / draws - (sum / draws) ** 2 - moments.variance)).toBeLessThan(
        0.12 * moments.variance + 0.01,
      );
      expect(Math.abs(none / draws - moments.none)).toBeLessThan(0.0125);
      expect(residualOrderProbability(model, { x, tx, T }, 0, 52)).toBeCloseTo(moments.none, 10);
    }
  });

  it('the wait for the next order is a Pareto II', () => {
    const model = models[0]!;
    const random = randomFrom(2);
    const process = { ...residualProcess(model, 3, 36, 38), pAlive: 1 };
    const median = timeToNextOrder(model, 3, 36, 38);
    let before = 0;
    for (let i = 0; i < draws; i++)
      if (-Math.log(random.uniform()) / drawCustomer(random, process).rate < median) before++;
    expect(before / draws).toBeCloseTo(0.5, 1.7);
  });
});

describe('intervals', () => {
  const spend: SpendModel = { name: 'gamma-gamma', parameters: { p: 6.25, q: 3.74, v: 15.44 } };

  it.each(models)('$name: 80 % of drawn values fall inside, tails about equal', (model) => {
    const random = randomFrom(4);
    const scores = scorePurchases(
      model,
      {
        frequency: Float64Array.from(histories, ([x]) => x),
        recency: Float64Array.from(histories, ([, tx]) => tx),
        age: Float64Array.from(histories, ([, , T]) => T),
      },
      { horizon: 52, spend },
    );
    histories.forEach(([x, tx, T], i) => {
      const process = residualProcess(model, x, tx, T);
      const { p, q } = spend.parameters;
      let [below, above, sum, squares] = [0, 0, 0, 0];
      for (let k = 0; k < draws; k++) {
        const count = drawResidualOrders(random, process, 52);
        const nu = drawGamma(random, p * x + q, 1);
        const value = count === 0 ? 0 : (drawGamma(random, p * count, nu) * (p * x + q - 1)) / p;
        if (value < scores.valueLow[i]!) below++;
        if (value > scores.valueHigh[i]!) above++;
        sum += value;
        squares += value * value;
      }
      expect(below / draws, `below, x = ${x}`).toBeLessThan(0.115);
      expect(above / draws, `above, x = ${x}`).toBeLessThan(0.115);
      expect(above / draws, `above, x = ${x}`).toBeGreaterThan(0.085);
      const mean = sum / draws;
      expect(Math.abs(mean - scores.expectedOrders[i]!)).toBeLessThan(0.05 * mean + 0.02);
      // Spend after no repeat order has a fourth moment too heavy for a simulated variance: three digits need x > 0.
      const ratio = (squares / draws - mean * mean) / scores.valueVariance[i]!;
      expect(x === 0 || Math.abs(ratio - 1) < 0.16).toBe(true);
    });
  });

  it('parameter draws have the mean and spread of the fit, and are the same for the same seed', () => {
    const fit = {
      parameters: { r: 0.243, alpha: 4.414 },
      covariance: [
        [0.0001577, 0.003706],
        [0.003706, 0.14305],
      ],
    };
    const many = drawParameters(fit, 4000, 9);
    const mean = many.reduce((sum, draw) => sum + draw.alpha, 0) / many.length;
    const variance = many.reduce((sum, draw) => sum + (draw.alpha - mean) ** 2, 0) / many.length;
    expect(mean).toBeCloseTo(4.43, 1);
    expect(variance / 0.14305).toBeCloseTo(1, 0.7);
    expect(drawParameters(fit, 3, 9)).toEqual(many.slice(0, 3));
    expect(drawParameters({ ...fit, covariance: null }, 3, 9)).toEqual([]);
  });
});

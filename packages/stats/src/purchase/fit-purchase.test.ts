import { describe, expect, it } from 'vitest';
import { drawBeta, drawGamma } from '../distributions/draws.js';
import { randomFrom, type Random } from '../distributions/random.js';
import type { Fit } from '../optimise/fit-by-likelihood.js';
import { betaGeometricObjective, likelihoodTables } from './beta-geometric-likelihood.js';
import { fitBgNbd, logLikelihoodBgNbd } from './bg-nbd.js';
import type { BetaGeometricParameters } from './fit-beta-geometric.js';
import { fitPurchaseModel } from './fit-purchase-model.js';
import { fitMbgNbd, logLikelihoodMbgNbd } from './mbg-nbd.js';
import { fitNbd, logLikelihoodNbd } from './nbd.js';
import { coarsenSummary, distinctTriples, type PurchaseSummary } from './purchase-summary.js';

const summaryOf = (rows: readonly (readonly [number, number, number])[]): PurchaseSummary => ({
  frequency: Float64Array.from(rows, (row) => row[0]),
  recency: Float64Array.from(rows, (row) => row[1]),
  age: Float64Array.from(rows, (row) => row[2]),
});

/** Plays the story of BG/NBD (immediate = false) or MBG/NBD for one customer of a given age. */
function live(
  random: Random,
  truth: BetaGeometricParameters,
  age: number,
  immediate: boolean,
): [number, number, number] {
  const rate = drawGamma(random, truth.r, truth.alpha);
  const dropout = drawBeta(random, truth.a, truth.b);
  let [x, tx, now] = [0, 0, 0];
  if (immediate && random.uniform() < dropout) return [0, 0, age];
  for (;;) {
    now -= Math.log(random.uniform()) / rate;
    if (now > age) return [x, tx, age];
    x++;
    tx = now;
    if (random.uniform() < dropout) return [x, tx, age];
  }
}

function simulate(
  truth: BetaGeometricParameters,
  customers: number,
  immediate: boolean,
  seed: number,
): PurchaseSummary {
  const random = randomFrom(seed);
  return summaryOf(
    Array.from({ length: customers }, () => live(random, truth, 20 + 80 * random.uniform(), immediate)),
  );
}

/** Whatever comes out must be plain, finite, and say whether it is to be trusted. */
function expectHonest(fit: Fit<object>): void {
  const numbers = [...Object.values(fit.parameters), fit.logLikelihood, fit.gradientNorm] as number[];
  expect(numbers.filter((value) => !Number.isFinite(value))).toEqual([]);
  expect(JSON.parse(JSON.stringify(fit))).toEqual(fit);
  expect(fit.converged).toBe(fit.reason === null);
}

describe('gradients', () => {
  it.each([0, 1] as const)('shift %i: analytic against central differences', (shift) => {
    const objective = betaGeometricObjective(
      likelihoodTables(
        summaryOf([
          [0, 0, 30],
          [1, 3.5, 30],
          [2, 20, 25.5],
          [40, 29, 30],
          [0, 0, 10],
          [7, 7, 7],
        ]),
      ),
      shift,
    );
    for (const at of [
      [-1.4, 1.5, -0.2, 0.9],
      [2, 3, 2, -2],
      [-4, -3, 4, 5],
      [0, 0, -6, 0],
    ]) {
      const point = Float64Array.from(at);
      const gradient = new Float64Array(4);
      objective(point, gradient);
      for (let k = 0; k < 4; k++) {
        const [up, down] = [Float64Array.from(at), Float64Array.from(at)];
        up[k]! += 1e-5;
        down[k]! -= 1e-5;
        const slope = (objective(up, new Float64Array(4)) - objective(down, new Float64Array(4))) / 2e-5;
        expect(Math.abs(slope - gradient[k]!)).toBeLessThan(1e-7 * Math.max(1, Math.abs(slope)));
      }
    }
  });
});

describe('likelihood', () => {
  it('is the product of the formulas in the papers', () => {
    // One customer (2, 30.43, 38.86), oracle: the equations term by term in mpmath.
    const one = summaryOf([[2, 30.43, 38.86]]);
    const parameters = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };
    expect(logLikelihoodBgNbd(parameters, one)).toBeCloseTo(-9.45860630706627, 11);
    expect(logLikelihoodMbgNbd(parameters, one)).toBeCloseTo(-9.687182636249961, 11);
    expect(logLikelihoodNbd(parameters, one)).toBeCloseTo(-9.286983285081648, 11);
  });
});

describe('recovers the truth it was given', () => {
  const truth = { r: 0.6, alpha: 8, a: 0.9, b: 2.5 };
  it.each([
    ['bg-nbd', false],
    ['mbg-nbd', true],
  ] as const)('%s within four standard errors', (name, immediate) => {
    const fit = (name === 'bg-nbd' ? fitBgNbd : fitMbgNbd)(simulate(truth, 6000, immediate, 11));
    expectHonest(fit);
    expect(fit.converged).toBe(true);
    for (const key of ['r', 'alpha', 'a', 'b'] as const) {
      expect(Math.abs(fit.parameters[key] - truth[key]) / fit.standardErrors![key]).toBeLessThan(4);
    }
  });

  it('finds the same optimum by coarse cells and polish as from all triples alone', () => {
    const summary = simulate(truth, 6000, false, 3);
    const polished = fitBgNbd(summary);
    const objective = betaGeometricObjective(likelihoodTables(summary), 0);
    const gradient = new Float64Array(4);
    const { r, alpha, a, b } = polished.parameters;
    objective(Float64Array.of(Math.log(r), Math.log(alpha), Math.log(a), Math.log(b)), gradient);
    expect(Math.max(...gradient.map(Math.abs))).toBeLessThan(1e-7);
  });

  it('spares the other starts where the first one settles well inside', () => {
    const fit = fitBgNbd(simulate(truth, 2000, false, 5));
    expect(fit.converged).toBe(true);
    // From all three it takes 46, from the first one without the metric of its place 14.
    expect(fit.evaluations).toBeLessThan(13);
  });

  it('gives the same fit for triples with counts as for rows', () => {
    const rows = simulate(truth, 2000, false, 5);
    const rounded = { ...rows, recency: rows.recency.map(Math.floor), age: rows.age.map(Math.ceil) };
    const [a, b] = [fitBgNbd(rounded), fitBgNbd(distinctTriples(rounded).summary)];
    expect(a.logLikelihood).toBeCloseTo(b.logLikelihood, 7);
    expect(a.parameters.alpha).toBeCloseTo(b.parameters.alpha, 4);
  });
});

describe('data that cannot tell', () => {
  const repeat = (
    row: readonly [number, number, number],
    times: number,
  ): (readonly [number, number, number])[] => Array.from({ length: times }, () => row);

  it.each([
    ['nobody', [], 'no-customers'],
    ['one customer with orders', [[5, 20, 30]], 'too-few-repeaters'],
    ['one customer with one order', [[0, 0, 30]], 'no-repeat-orders'],
    ['all with one order', repeat([0, 0, 52], 500), 'no-repeat-orders'],
    [
      'two that buy daily',
      [
        [364, 364, 365],
        [360, 363, 365],
      ],
      'too-few-repeaters',
    ],
    ['all of age zero', repeat([0, 0, 0], 50), 'no-repeat-orders'],
  ] as [string, [number, number, number][], string][])('%s', (_, rows, reason) => {
    for (const fit of [fitBgNbd(summaryOf(rows)), fitMbgNbd(summaryOf(rows))]) {
      expectHonest(fit);
      expect(fit.reason).toBe(reason);
      expect(fit.standardErrors).toBeNull();
    }
    expectHonest(fitNbd(summaryOf(rows)));
  });

  it.each([
    ['all identical', repeat([5, 20, 30], 400)],
    ['all identical and just bought', repeat([5, 30, 30], 400)],
    ['daily buyers', repeat([364, 364, 365], 300)],
    ['ten thousand orders in a hundred days', repeat([10_000, 100, 100], 60)],
    ['an age of a millionth', repeat([1, 1e-6, 1e-6], 40)],
    ['an age of a million', [...repeat([3, 4e5, 1e6], 40), ...repeat([0, 0, 1e6], 40)]],
  ] as [string, [number, number, number][]][])('%s ends with a typed outcome', (_, rows) => {
    for (const fit of [fitBgNbd(summaryOf(rows)), fitMbgNbd(summaryOf(rows)), fitNbd(summaryOf(rows))])
      expectHonest(fit);
    const { model } = fitPurchaseModel(summaryOf(rows));
    expect(model === null || Object.values(model.parameters).every(Number.isFinite)).toBe(true);
  });

  it('says that no dropout is visible and offers the NBD', () => {
    const random = randomFrom(8);
    const rows = Array.from({ length: 1500 }, (): [number, number, number] =>
      live(random, { r: 1.2, alpha: 10, a: 1e-7, b: 1 }, 60, false),
    );
    const fit = fitBgNbd(summaryOf(rows));
    expectHonest(fit);
    expect(fit.reason === 'no-dropout-visible' || fit.warnings.includes('dropout-not-significant')).toBe(
      true,
    );
    const regular = summaryOf(
      Array.from({ length: 800 }, (_, i): [number, number, number] => [5 + (i % 7), 50, 51]),
    );
    const choice = fitPurchaseModel(regular);
    expect(choice.reason).toBe('no-dropout-visible');
    expect(choice.model?.name).toBe('nbd');
    expect(choice.candidates.map(({ name }) => name)).toEqual(['bg-nbd', 'mbg-nbd', 'nbd']);
  });

  it('refuses columns that are no order history', () => {
    const bad: [number, number, number][] = [
      [-1, 0, 5],
      [1, 6, 5],
      [0, 3, 5],
      [0.5, 1, 5],
      [Number.NaN, 0, 1],
      [1, 1, Number.POSITIVE_INFINITY],
    ];
    for (const row of bad) expect(() => fitBgNbd(summaryOf([row]))).toThrow(RangeError);
    expect(() => fitBgNbd({ ...summaryOf([[1, 1, 2]]), age: new Float64Array(2) })).toThrow(RangeError);
  });
});

describe('summaries', () => {
  it('merges equal triples and keeps the way back', () => {
    const { summary, index } = distinctTriples(
      summaryOf([
        [1, 2, 3],
        [0, 0, 3],
        [1, 2, 3],
      ]),
    );
    expect([...summary.weight]).toEqual([2, 1]);
    expect([...index]).toEqual([0, 1, 0]);
    expect([...summary.frequency]).toEqual([1, 0]);
  });

  it('coarse cells keep customers, orders and the split between one order and more', () => {
    const rows = simulate({ r: 0.6, alpha: 8, a: 0.9, b: 2.5 }, 5000, false, 2);
    const coarse = coarsenSummary(rows);
    const total = (values: Float64Array, by: Float64Array): number =>
      values.reduce((sum, value, i) => sum + value * by[i]!, 0);
    const ones = new Float64Array(5000).fill(1);
    expect(coarse.frequency.length).toBeLessThan(3000);
    expect(total(coarse.weight, ones)).toBe(5000);
    expect(total(coarse.frequency, coarse.weight)).toBeCloseTo(total(rows.frequency, ones), 6);
    expect(
      coarse.frequency.every((x, i) => (x === 0 || x >= 1) && coarse.recency[i]! <= coarse.age[i]!),
    ).toBe(true);
  });
});

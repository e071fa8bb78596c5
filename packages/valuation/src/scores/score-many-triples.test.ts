import { scorePurchases, type PurchaseModel, type PurchaseSummary, type SpendModel } from '@kezi/stats';
import { describe, expect, it } from 'vitest';
import { frequencyStarts, scoreFrequency, type ManyScores } from './score-many-triples.js';
import { scoreManyTabled } from './score-triples.js';

const spend: SpendModel = { name: 'gamma-gamma', parameters: { p: 6.25, q: 3.74, v: 15.44 } };
const options = { horizon: 52, discountPerUnit: 0.0018, spend };
const models: PurchaseModel[] = [
  { name: 'bg-nbd', parameters: { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 } },
  { name: 'mbg-nbd', parameters: { r: 1.265, alpha: 4.389, a: 0.617, b: 11.26 } },
  { name: 'nbd', parameters: { r: 0.827, alpha: 9.964 } },
];

function scoreManyTriples(model: PurchaseModel, summary: PurchaseSummary): ManyScores {
  const column = (): Float64Array => new Float64Array(summary.frequency.length);
  const scores: ManyScores = {
    pAlive: column(),
    expectedOrders: column(),
    discountedOrders: column(),
    valueLow: column(),
    valueHigh: column(),
    valueVariance: column(),
  };
  const starts = frequencyStarts(summary);
  for (let k = 0; k + 1 < starts.length; k++) {
    scoreFrequency(model, summary, options, scores, [starts[k]!, starts[k + 1]!]);
  }
  return scores;
}

/** Every day of three years for a few frequencies, at two recencies. */
function triples(frequencies: readonly number[]): {
  frequency: Float64Array;
  recency: Float64Array;
  age: Float64Array;
} {
  const rows = frequencies.flatMap((x) =>
    Array.from({ length: 1095 }, (_, day) =>
      [0.5, 1].map((share) => [x, x === 0 ? 0 : (share * (day + x)) / 7, (day + x) / 7]),
    ).flat(),
  );
  const column = (k: number): Float64Array => Float64Array.from(rows, (row) => row[k]!);
  return { frequency: column(0), recency: column(1), age: column(2) };
}

describe.each(models)('many triples under $name', (model) => {
  const summary = triples([0, 1, 2, 5, 20, 80]);
  const exact = scorePurchases(model, summary, options);
  const many = scoreManyTriples(model, summary);
  const worst = (name: 'expectedOrders' | 'discountedOrders' | 'valueVariance' | 'pAlive'): number =>
    many[name].reduce(
      (most, value, i) => Math.max(most, Math.abs(value - exact[name][i]!) / (exact[name][i]! || 1)),
      0,
    );

  it('gives the same orders, value and spread', () => {
    expect(worst('pAlive')).toBe(0);
    expect(worst('expectedOrders')).toBeLessThan(1e-6);
    expect(worst('discountedOrders')).toBeLessThan(1e-6);
    expect(worst('valueVariance')).toBeLessThan(1e-5);
  });

  it('gives the same intervals within a few per cent, and 0 where they are 0', () => {
    for (const name of ['valueLow', 'valueHigh'] as const) {
      const errors = many[name].map((value, i) => {
        const truth = exact[name][i]!;
        if (truth === 0 || value === 0) return Math.abs(value - truth);
        return Math.abs(Math.log(value / truth));
      });
      const sorted = errors.toSorted();
      expect(sorted[Math.floor(sorted.length * 0.95)]).toBeLessThan(0.03);
      // The low end climbs out of 0 like a cliff; a step of a day beside it is a large ratio of a tiny value.
      expect(sorted[Math.floor(sorted.length * 0.995)]).toBeLessThan(0.2);
      many[name].forEach((value, i) => expect(value === 0).toBe(exact[name][i] === 0));
    }
  });

  it('scores rare frequencies one by one', () => {
    const few = {
      frequency: Float64Array.of(3, 7),
      recency: Float64Array.of(2, 9),
      age: Float64Array.of(10, 30),
    };
    const { valueLow, valueHigh, expectedOrders } = scorePurchases(model, few, options);
    expect(scoreManyTriples(model, few)).toMatchObject({ valueLow, valueHigh, expectedOrders });
  });
});

it('gives the same bytes on one thread and on two', async () => {
  const summary = triples([0, 1, 2, 3, 4, 5, 6, 8, 13, 20]);
  const on = (threads: number) =>
    scoreManyTabled(models[0]!, summary, {
      ...options,
      longestWait: 520,
      correction: 1,
      threads,
    });
  const [one, two] = [await on(1), await on(2)];
  expect(one.pAlive.length).toBe(21_900);
  expect(two).toEqual(one);
  expect(one.nextOrder.some((wait) => wait > 0)).toBe(true);
  expect(one.nextOrder.some((wait) => Number.isNaN(wait))).toBe(true);
});

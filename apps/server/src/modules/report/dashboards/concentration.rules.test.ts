import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binsPerDecade, concentrationOf, histogramOf, type ValueBin } from './concentration.rules.js';

const binOf = (value: number) => (value > 0 ? Math.floor(binsPerDecade * Math.log10(value)) : null);

function binned(values: readonly number[]): ValueBin[] {
  const bins = new Map<number | null, ValueBin>();
  for (const value of values) {
    const bin = binOf(value);
    const found = bins.get(bin) ?? { bin, customers: 0, clv: 0 };
    found.customers++;
    found.clv += value;
    bins.set(bin, found);
  }
  return [...bins.values()];
}

/** Gini by its definition: mean absolute difference over twice the mean. */
function giniByPairs(values: readonly number[]): number {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  let difference = 0;
  for (const a of values) for (const b of values) difference += Math.abs(a - b);
  return difference / (2 * values.length ** 2 * mean);
}

const values = fc.array(fc.double({ min: 1, max: 1e7, noNaN: true }), { minLength: 2, maxLength: 80 });

describe('concentration', () => {
  it('is even when all customers are worth the same', () => {
    const { gini, lorenz, topTenPercentShare } = concentrationOf(binned([50, 50, 50, 50]));
    expect(gini).toBeCloseTo(0, 12);
    expect(lorenz.at(-1)).toEqual([1, 1]);
    expect(topTenPercentShare).toBeCloseTo(0.1, 12);
  });

  it('is complete when one of many is worth everything', () => {
    const { gini, topTenPercentShare } = concentrationOf(
      binned([1_000_000, ...Array.from({ length: 99 }, () => 0)]),
    );
    expect(gini).toBeCloseTo(0.99, 10);
    expect(topTenPercentShare).toBe(1);
  });

  it('agrees with the definition over all pairs to 0.03 and never overstates it', () => {
    fc.assert(
      fc.property(values, (all) => {
        const { gini } = concentrationOf(binned(all));
        const exact = giniByPairs(all);
        expect(gini).toBeLessThanOrEqual(exact + 1e-9);
        expect(exact - gini).toBeLessThan(0.03);
      }),
    );
  });

  it('rises and bends downwards only', () => {
    fc.assert(
      fc.property(values, (all) => {
        const { lorenz } = concentrationOf(binned(all));
        let slope = Infinity;
        for (let i = 1; i < lorenz.length; i++) {
          const [x0, y0] = lorenz[i - 1]!;
          const [x1, y1] = lorenz[i]!;
          const next = (y1 - y0) / (x1 - x0);
          expect(next).toBeLessThanOrEqual(slope * (1 + 1e-9));
          slope = next;
        }
      }),
    );
  });

  it('says nothing of nobody', () => {
    expect(concentrationOf([])).toEqual({ lorenz: [], gini: 0, topTenPercentShare: 0 });
  });
});

describe('histogram', () => {
  it('keeps every customer and all value, each in the bar that holds it', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1e8, noNaN: true }), { maxLength: 60 }), (all) => {
        const bars = histogramOf(binned(all));
        expect(bars.reduce((n, bar) => n + bar.customers, 0)).toBe(all.length);
        for (const bar of bars) {
          const inside = all.filter((value) => value >= bar.from * (1 - 1e-9) && value < bar.to * (1 + 1e-9));
          expect(inside.length).toBeGreaterThanOrEqual(bar.customers);
        }
      }),
    );
  });
});

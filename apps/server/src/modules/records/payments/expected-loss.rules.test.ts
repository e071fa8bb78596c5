import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classesFrom, lossRates } from './expected-loss.rules.js';

describe('rates of the provision matrix', () => {
  it('are what was lost, of what was open when a class began', () => {
    const reached = [
      { receivables: 100, openMinor: 10_000 },
      { receivables: 20, openMinor: 2000 },
      { receivables: 20, openMinor: 2000 },
      { receivables: 10, openMinor: 1000 },
      // Too few of that age: the rate of the class before holds.
      { receivables: 9, openMinor: 950 },
      { receivables: 0, openMinor: 0 },
    ];
    const rates = lossRates({ receivables: 100, reached, lostMinor: 900 });
    expect(rates).toEqual([0.09, 0.45, 0.45, 0.9, 0.9, 0.9]);
    expect(lossRates({ receivables: 49, reached, lostMinor: 900 })).toBeNull();
  });

  it('stay shares and never fall with age, whatever was received when', () => {
    const one = fc.record({
      amount: fc.integer({ min: 1, max: 1e9 }),
      cameAfter: fc.integer({ min: -30, max: 800 }),
    });
    fc.assert(
      fc.property(fc.array(one, { minLength: 50, maxLength: 120 }), (items) => {
        const sum = (kept: typeof items) => kept.reduce((total, { amount }) => total + amount, 0);
        const reached = classesFrom.map((from) => {
          const open = from === 0 ? items : items.filter(({ cameAfter }) => cameAfter >= from);
          return { receivables: open.length, openMinor: sum(open) };
        });
        const lostMinor = sum(items.filter(({ cameAfter }) => cameAfter > 365));
        const rates = lossRates({ receivables: items.length, reached, lostMinor })!;
        rates.forEach((rate, k) => {
          expect(rate).toBeGreaterThanOrEqual(rates[k - 1] ?? 0);
          expect(rate).toBeLessThanOrEqual(1);
        });
      }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { findLookalikes, type YearOfCustomer } from './lookalikes.rules.js';

/** A mix of a whole number and itself: the same every time, and without order. */
const mixed = (seed: number) => ((Math.imul(seed ^ (seed >>> 7), 2654435761) >>> 0) % 10_000) / 10_000;

const customers = (count: number, from: number): YearOfCustomer[] =>
  Array.from({ length: count }, (_, i) => {
    const customerId = from + i;
    const spend = 100 + 9900 * mixed(customerId);
    // Whoever spends more towards the end spends three times as much the year after, nine times of ten.
    const isRising = mixed(customerId + 77_777) < 0.2;
    const grows = isRising ? mixed(customerId + 1) < 0.9 : mixed(customerId + 1) < 0.02;
    return {
      customerId,
      spend,
      orders: 4 + Math.floor(8 * mixed(customerId + 5)),
      recencyDays: 5 + 100 * mixed(customerId + 9),
      trend: isRising ? 0.5 + 0.4 * mixed(customerId + 3) : -0.2 + 0.4 * mixed(customerId + 3),
      tenureDays: 400 + 900 * mixed(customerId + 13),
      spendAfter: grows ? 3 * spend : spend,
    };
  });

describe('customers who look like the best did', () => {
  it('are found by what made others rise, better than by chance on customers never seen', () => {
    const found = findLookalikes(customers(4000, 1), customers(500, 10_001));
    expect(found.model?.lift).toBeGreaterThan(2.5);
    expect(found.lack).toBeUndefined();
    expect(found.judged[0]?.because[0]).toBe('trend');
    expect(found.judged.every(({ probability }) => probability > 0 && probability < 1)).toBe(true);
  });

  it('are not sought where too few rose', () => {
    const few = findLookalikes(customers(100, 1), customers(10, 1));
    expect(few).toMatchObject({ lack: { reason: 'risen', middle: 57, needed: 30 }, judged: [] });
    expect(findLookalikes([], [])).toMatchObject({ lack: { middle: 0, rose: 0 } });
  });

  it('of a thousand customers are found, and not praised where spend is mere chance', () => {
    const found = findLookalikes(customers(1200, 1), customers(300, 10_001));
    expect(found.model?.rose).toBeGreaterThanOrEqual(30);
    expect(found.judged.length).toBeGreaterThan(100);
    const byChance = customers(1200, 1).map((row, i) => ({
      ...row,
      spendAfter: 10_000 * mixed(i + 5_000_000),
    }));
    // What was learnt is not tried on whom it was learnt from: that would praise it.
    expect(findLookalikes(byChance, []).model?.lift).toBeLessThan(1.6);
  });
});

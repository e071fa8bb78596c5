import { randomFrom } from '@kezi/stats';
import { describe, expect, it } from 'vitest';
import { findSwings, type MonthOrders } from './find-season.js';

/** Months with 400 expected orders; what came is that times a level by month and time, and noise of a few per cent. */
function months(count: number, level: (month: number, year: number) => number, noise = 0.03): MonthOrders[] {
  const random = randomFrom(11);
  return Array.from({ length: count }, (_, i) => {
    const [year, month] = [2020 + Math.floor(i / 12), i % 12];
    const actual = 400 * level(month, i / 12) * Math.exp(noise * random.normal());
    return { year, month, actual, expected: 400 };
  });
}

describe('seasons and drifts', () => {
  it('finds a season of three years with its factors', () => {
    const swing = (month: number): number => 1 + 0.4 * Math.cos((2 * Math.PI * month) / 12);
    const { season, drift } = findSwings(months(36, swing));
    expect(season.found).toBe(true);
    expect(season.strength!).toBeGreaterThan(0.9);
    season.factors.forEach((factor, month) => expect(Math.abs(factor - swing(month))).toBeLessThan(0.06));
    expect(drift.found).toBe(false);
    expect(drift.recentLevel!).toBeGreaterThan(0.9);
    expect(drift.recentLevel!).toBeLessThan(1.1);
  });

  it('finds a drift, and its level of late', () => {
    const { season, drift } = findSwings(months(36, (_, year) => 0.75 ** (year - 1.5)));
    expect(season.found).toBe(false);
    expect(drift.found).toBe(true);
    expect(drift.yearly!).toBeCloseTo(-0.25, 1);
    expect(drift.recentLevel!).toBeLessThan(0.85);
  });

  it('tells both apart', () => {
    const { season, drift } = findSwings(months(48, (month, year) => (month === 11 ? 2 : 1) * 1.2 ** year));
    expect([season.found, drift.found]).toEqual([true, true]);
    expect(drift.yearly!).toBeCloseTo(0.2, 1);
    expect(season.factors[11]! / season.factors[3]!).toBeCloseTo(2, 0);
  });

  it('finds nothing in noise, and cannot tell a season before two years or anything before one', () => {
    const noise = findSwings(months(36, () => 1, 0.1));
    expect([noise.season.found, noise.drift.found]).toEqual([false, false]);
    expect(findSwings(months(18, () => 1)).season).toEqual({ found: null, strength: null, factors: [] });
    expect(findSwings(months(8, () => 1)).drift.yearly).toBeNull();
    expect(findSwings([])).toMatchObject({ season: { found: null }, drift: { found: false } });
  });
});

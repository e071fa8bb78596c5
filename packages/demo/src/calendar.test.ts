import { describe, expect, it } from 'vitest';
import { dayOf, dayWeights, isoOf, midAutumn, partsOf, springFestival, windowStart } from './calendar.js';
import { industries, industryOf } from './industries.js';

describe('calendar', () => {
  // Published dates of the Hong Kong Observatory's conversion tables.
  it.each([
    [2023, '2023-01-22', '2023-09-29'],
    [2024, '2024-02-10', '2024-09-17'],
    [2025, '2025-01-29', '2025-10-06'],
    [2026, '2026-02-17', '2026-09-25'],
    [2027, '2027-02-06', '2027-09-15'],
  ])('knows the festivals of %i', (year, spring, autumn) => {
    expect(isoOf(springFestival(year))).toBe(spring);
    expect(isoOf(midAutumn(year))).toBe(autumn);
  });

  it('refuses what is not a date', () => {
    expect(() => dayOf('2026-02-31')).toThrow(RangeError);
    expect(() => dayOf('31/02/2026')).toThrow(RangeError);
    expect(isoOf(dayOf('2024-02-29'))).toBe('2024-02-29');
  });

  it.each([
    ['2026-06-30', 36, '2023-07-01'],
    ['2026-10-31', 36, '2023-11-01'],
    ['2026-02-28', 12, '2025-03-01'],
    ['2026-03-30', 1, '2026-02-28'],
  ])('a window that ends on %s and has %i months begins on %s', (end, months, start) => {
    expect(isoOf(windowStart(dayOf(end), months))).toBe(start);
  });

  it.each(industries.map((industry) => [industry.key, industry] as const))(
    'weights of %s have mean 1 over whole years',
    (_key, industry) => {
      const weights = dayWeights(industry, dayOf('2024-01-01'), dayOf('2026-12-31'));
      expect(weights.length).toBe(1096);
      expect(weights.reduce((sum, weight) => sum + weight, 0) / weights.length).toBeCloseTo(1, 12);
      expect(Math.min(...weights)).toBeGreaterThan(0);
    },
  );

  it('rests in the festival week and on Sundays, and kitchens stock up before it', () => {
    const start = dayOf('2026-01-01');
    const weights = dayWeights(industryOf('catering'), start, dayOf('2026-12-31'));
    const mean = (from: number, to: number) =>
      weights.slice(from - start, to - start + 1).reduce((sum, weight) => sum + weight, 0) / (to - from + 1);
    const spring = springFestival(2026);
    expect(mean(spring, spring + 6)).toBeLessThan(0.06);
    expect(mean(spring - 14, spring - 4)).toBeGreaterThan(1.4);
    const sundays = Array.from({ length: 40 }, (_, i) => dayOf('2026-03-01') + i * 7);
    expect(sundays.every((day) => partsOf(day).weekday === 0 && mean(day, day) < 0.5)).toBe(true);
  });
});

import { randomFrom } from '@kezi/stats';
import { describe, expect, it } from 'vitest';
import type { OrderDays } from '../features/order-days.js';
import { dayNumberOf } from '../features/day-number.js';
import { findWeekdays, weekdayOf } from './find-weekdays.js';

/** 2024-01-03, a Wednesday: the first whole week begins five days later. */
const FIRST = dayNumberOf('2024-01-03');

/** Days of orders around `level` a day, by weekday; two of each day's are of customers who came. */
function daysOf(count: number, level: (weekday: number, day: number) => number): OrderDays {
  const random = randomFrom(4);
  const firsts = new Float64Array(count).fill(2);
  const orders = firsts.map((came, i) => {
    const mean = level(weekdayOf(FIRST + i), i);
    return came + Math.max(0, Math.round(mean + Math.sqrt(mean) * random.normal()));
  });
  return { firstDay: FIRST, orders, firsts, heldOrders: orders, scale: 1 };
}

describe('days of the week', () => {
  it('are counted from Monday', () => {
    expect(weekdayOf(dayNumberOf('2024-01-01'))).toBe(0);
    expect(weekdayOf(dayNumberOf('2024-01-07'))).toBe(6);
    expect(weekdayOf(dayNumberOf('1969-12-29'))).toBe(0);
  });

  it('finds a shop that is closed on Saturdays and quiet on Sundays', () => {
    const week = findWeekdays(
      daysOf(150, (weekday) => [30, 30, 30, 30, 30, 0, 10][weekday]!),
      FIRST + 149,
      null,
    );
    expect(week.found).toBe(true);
    expect(week.strength!).toBeGreaterThan(0.8);
    expect(week.factors).toHaveLength(7);
    expect(week.factors[5]!).toBe(0);
    // Three standard deviations of 600 orders.
    expect(Math.abs(week.factors[0]! - 7 / (5 + 1 / 3))).toBeLessThan(0.16);
    expect(week.factors.reduce((sum, factor) => sum + factor, 0)).toBeCloseTo(7, 9);
  });

  it('takes neither growth nor noise for one', () => {
    const grown = findWeekdays(
      daysOf(210, (_, day) => 10 + day / 5),
      FIRST + 209,
      null,
    );
    expect(grown.found).toBe(false);
    expect(grown.strength!).toBeLessThan(0.1);
  });

  it('cannot tell from few weeks, few orders or none', () => {
    const none = { found: null, strength: null, factors: [] };
    expect(
      findWeekdays(
        daysOf(50, () => 30),
        FIRST + 49,
        null,
      ),
    ).toEqual(none);
    expect(
      findWeekdays(
        daysOf(150, () => 0.2),
        FIRST + 149,
        null,
      ),
    ).toEqual(none);
    const nothing = new Float64Array(0);
    expect(
      findWeekdays(
        { firstDay: 0, orders: nothing, firsts: nothing, heldOrders: nothing, scale: 1 },
        -1,
        null,
      ),
    ).toEqual(none);
  });

  it('looks no further than the last day', () => {
    const days = daysOf(300, (weekday, day) => (day < 150 ? 20 : weekday === 0 ? 60 : 10));
    expect(findWeekdays(days, FIRST + 149, FIRST + 149).found).toBe(false);
    expect(findWeekdays(days, FIRST + 299, null).found).toBe(true);
  });
});

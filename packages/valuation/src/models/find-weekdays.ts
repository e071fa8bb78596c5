import type { OrderDays } from '../features/order-days.js';
import { fTail, type Season } from './find-season.js';

const WEEK = 7;
/** Fewer whole weeks, or fewer repeat orders, tell no rhythm of the week. */
const FEWEST_WEEKS = 8;
const FEWEST_ORDERS = 200;
/** Chance that days of equal strength look like a rhythm: stricter than for months, of which there are far fewer. */
const CHANCE = 0.01;
/** 1970-01-01, day 0, was a Thursday: the fourth of the week. */
const FIRST_WEEKDAY = 3;

/** Day of the week of a day number: Monday is 0. */
export function weekdayOf(day: number): number {
  return (((day + FIRST_WEEKDAY) % WEEK) + WEEK) % WEEK;
}

/** Mean share of a week's orders by weekday, times seven: 1 is a mean day. */
function factorsOf(weeks: readonly Float64Array[]): number[] {
  const total = weeks.reduce((sum, week) => sum + week.reduce((all, count) => all + count, 0), 0);
  return Array.from(
    { length: WEEK },
    (_, k) => (WEEK * weeks.reduce((sum, week) => sum + week[k]!, 0)) / total,
  );
}

/**
 * Looks for days of the week on which customers order more: two-way layout of weeks and weekdays on square roots of the counts, whose variance then hardly depends
 * on their size (Bartlett 1936), with an F test of the weekdays at 1 %. Repeat orders alone: when customers come is another matter. `held`: customers who came later
 * are left out. Needs eight whole weeks with 200 repeat orders, no two years as the months of the year do.
 */
export function findWeekdays(days: OrderDays, lastDay: number, held: number | null): Season {
  const orders = held === null ? days.orders : days.heldOrders;
  const first = days.firstDay + ((WEEK - weekdayOf(days.firstDay)) % WEEK);
  const count = Math.floor((Math.min(lastDay + 1, days.firstDay + orders.length) - first) / WEEK);
  const weeks = Array.from({ length: Math.max(0, count) }, (_, n) =>
    Float64Array.from({ length: WEEK }, (__, k) => {
      const day = first + n * WEEK + k;
      const came = held !== null && day > held ? 0 : days.firsts[day - days.firstDay]!;
      return orders[day - days.firstDay]! - came;
    }),
  ).filter((week) => week.some((repeats) => repeats > 0));
  const ordered = weeks.reduce((sum, week) => sum + week.reduce((all, repeats) => all + repeats, 0), 0);
  if (weeks.length < FEWEST_WEEKS || ordered < FEWEST_ORDERS)
    return { found: null, strength: null, factors: [] };
  const roots = weeks.map((week) => week.map(Math.sqrt));
  const weekMeans = roots.map((week) => week.reduce((sum, root) => sum + root, 0) / WEEK);
  const effects = Array.from(
    { length: WEEK },
    (_, k) => roots.reduce((sum, week, n) => sum + week[k]! - weekMeans[n]!, 0) / weeks.length,
  );
  const between = weeks.length * effects.reduce((sum, effect) => sum + effect * effect, 0);
  let rest = 0;
  roots.forEach((week, n) => week.forEach((root, k) => (rest += (root - weekMeans[n]! - effects[k]!) ** 2)));
  const freedom = (WEEK - 1) * (weeks.length - 1);
  // Days without any rest are as plain as can be, and days without any difference are none.
  const ratio = rest > 0 ? between / (WEEK - 1) / (rest / freedom) : between > 0 ? Infinity : 0;
  return {
    found: fTail(ratio, WEEK - 1, freedom) < CHANCE,
    strength: between + rest > 0 ? between / (between + rest) : 0,
    factors: factorsOf(weeks),
  };
}

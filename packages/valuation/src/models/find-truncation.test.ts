import { expect, it } from 'vitest';
import { findTruncation } from './find-truncation.js';

/** Customers who came on each of `days` days. */
const came = (days: number, count: (day: number) => number) => {
  const firsts = Float64Array.from({ length: days }, (_, day) => count(day));
  return { firstDay: 18_000, firsts, orders: firsts, heldOrders: firsts, scale: 2 };
};

it('finds the crowd at the beginning of a base that was there before', () => {
  const { found, excessCustomers, untilDay } = findTruncation(came(372, (day) => (day < 31 ? 40 : 10)));
  expect(found).toBe(true);
  expect(excessCustomers).toBe(2 * 31 * 30);
  expect(untilDay).toBe(18_030);
});

it('a steady or growing stream is none, nor a cohort, nor a few customers', () => {
  expect(findTruncation(came(372, () => 10)).found).toBe(false);
  expect(findTruncation(came(372, (day) => day / 20)).found).toBe(false);
  expect(findTruncation(came(546, (day) => (day < 84 ? 28 : 0))).found).toBe(false);
  expect(findTruncation(came(372, (day) => (day < 5 ? 10 : day % 30 === 0 ? 1 : 0))).found).toBe(false);
  expect(findTruncation(came(0, () => 0)).found).toBe(false);
});

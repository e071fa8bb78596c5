import type { OrderDays } from '../features/order-days.js';

interface Truncation {
  found: boolean;
  /** Customers beyond the usual number of new ones. */
  excessCustomers: number;
  /** Day number of the last day of the crowd; null where there is none. */
  untilDay: number | null;
}

const PARTS = 12;
const SHORTEST_PART = 7;
const LONGEST_PART = 31;
const FEWEST_CUSTOMERS = 100;
/** The first part holds at least so many times what a usual one does, and the crowd ends where a part holds less than half as much more. */
const CROWD = 2;
const STILL_CROWDED = 1.5;
/** Standard deviations of a count. */
const CLEARLY = 4;

/**
 * Looks for customers who were there before the data begin: their first order on record is one of many, so they crowd in the first weeks. The days on which customers
 * came are cut into parts of a week to a month; the first is compared with the middle one of the others. A base that is a cohort, with no new customers after some day
 * in the first half of the history, is none: it begins with everybody by choice.
 */
export function findTruncation({ firsts, firstDay, scale }: OrderDays): Truncation {
  const none: Truncation = { found: false, excessCustomers: 0, untilDay: null };
  const lastCame = firsts.findLastIndex((count) => count > 0);
  const length = Math.min(LONGEST_PART, Math.floor((lastCame + 1) / PARTS));
  const customers = firsts.reduce((sum, count) => sum + count, 0);
  if (length < SHORTEST_PART || lastCame < firsts.length / 2 || customers < FEWEST_CUSTOMERS) return none;
  const parts = Array.from({ length: Math.floor((lastCame + 1) / length) }, (_, part) =>
    firsts.subarray(part * length, (part + 1) * length).reduce((sum, count) => sum + count, 0),
  );
  const usual = parts.slice(1).toSorted((a, b) => a - b)[Math.floor((parts.length - 1) / 2)]!;
  const first = parts[0]!;
  if (!(first >= CROWD * usual && first - usual > CLEARLY * Math.sqrt(first))) return none;
  let crowded = 1;
  while (crowded < parts.length && parts[crowded]! >= STILL_CROWDED * usual) crowded++;
  const excess = parts.slice(0, crowded).reduce((sum, count) => sum + count - usual, 0);
  return {
    found: true,
    excessCustomers: Math.round(excess * scale),
    untilDay: firstDay + crowded * length - 1,
  };
}

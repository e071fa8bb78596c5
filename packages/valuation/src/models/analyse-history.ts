import { dayNumberOf, isoDateOf } from '../features/day-number.js';
import type { OrderDays } from '../features/order-days.js';
import { findSwings, type MonthOrders, type Season, type YearSwings } from './find-season.js';
import { findWeekdays, weekdayOf } from './find-weekdays.js';
import type { FittedPurchaseModel } from './fit-purchase.js';
import { actualRepeats, expectedRepeats } from './track-orders.js';

/** First days of the months that lie wholly between two days, and of the month after them. */
function monthStarts(firstDay: number, lastDay: number): { year: number; month: number; day: number }[] {
  const first = new Date(isoDateOf(firstDay));
  const starts: { year: number; month: number; day: number }[] = [];
  for (let month = first.getUTCMonth(); ; month++) {
    const date = new Date(Date.UTC(first.getUTCFullYear(), month, 1));
    const day = dayNumberOf(date.toISOString().slice(0, 10));
    if (day > lastDay + 1) return starts;
    if (day >= firstDay) starts.push({ year: date.getUTCFullYear(), month: date.getUTCMonth(), day });
  }
}

/** What goes up and down in a history, beside what the model knows. */
export interface Swings extends YearSwings {
  /** Days of the week, Monday first. */
  week: Season;
}

interface Span {
  daysPerUnit: number;
  /** Last day that may be looked at. */
  lastDay: number;
  /** End of calibration, when customers who came after it are left out; null for everybody. */
  held: number | null;
}

/**
 * Seasons and drift of the repeat orders up to a day, month by month against what the model expects of these customers, and the
 * rhythm of their week.
 */
export function analyseHistory(model: FittedPurchaseModel, days: OrderDays, span: Span): Swings {
  const starts = monthStarts(days.firstDay, span.lastDay);
  const ends = starts.map(({ day }) => day - 1);
  const expected = expectedRepeats(model, days, span.daysPerUnit, span.held ?? span.lastDay, ends);
  const actual = actualRepeats(days, ends, span.held);
  const months = starts.slice(0, -1).map(({ year, month }, i): MonthOrders => ({
    year,
    month,
    actual: actual[i + 1]! - actual[i]!,
    expected: expected[i + 1]! - expected[i]!,
  }));
  return { ...findSwings(months), week: findWeekdays(days, span.lastDay, span.held) };
}

/** Mean factor of the days after `from` up to and with `to`; 1 where no season was found. */
function meanFactor(
  { found, factors }: Season,
  from: number,
  to: number,
  partOf: (day: number) => number,
): number {
  if (found !== true) return 1;
  let sum = 0;
  const end = Math.floor(to);
  for (let day = from + 1; day <= end; day++) sum += factors[partOf(day)]!;
  return end > from ? sum / (end - from) : 1;
}

export const seasonFactor = (season: Season, from: number, to: number): number =>
  meanFactor(season, from, to, (day) => new Date(isoDateOf(day)).getUTCMonth());

export const weekFactor = (week: Season, from: number, to: number): number =>
  meanFactor(week, from, to, weekdayOf);

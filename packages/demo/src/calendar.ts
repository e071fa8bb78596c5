import { Lunar } from 'lunar-typescript';
import type { Industry } from './industries.js';

/** Days are counted from 1970-01-01 as whole numbers; there is no clock time anywhere in a company. */
export type Day = number;

const millisecondsADay = 86_400_000;

/** The day of an ISO date, `2026-01-01`. Throws RangeError for anything else, the 31st of April included. */
export function dayOf(isoDate: string): Day {
  const milliseconds = Date.parse(`${isoDate}T00:00:00Z`);
  if (Number.isNaN(milliseconds) || isoOf(milliseconds / millisecondsADay) !== isoDate) {
    throw new RangeError(`'${isoDate}' is not a date such as 2026-01-31.`);
  }
  return milliseconds / millisecondsADay;
}

/** The ISO date of a day. */
export function isoOf(day: Day): string {
  return new Date(day * millisecondsADay).toISOString().slice(0, 10);
}

/** The first day of a window of whole months that ends with `end`. */
export function windowStart(end: Day, months: number): Day {
  const after = new Date((end + 1) * millisecondsADay);
  const month = after.getUTCMonth() - months;
  const lastOfMonth = new Date(Date.UTC(after.getUTCFullYear(), month + 1, 0)).getUTCDate();
  return (
    Date.UTC(after.getUTCFullYear(), month, Math.min(after.getUTCDate(), lastOfMonth)) / millisecondsADay
  );
}

/** Year, month (1-12) and weekday (0 = Sunday) of a day. */
export function partsOf(day: Day): { year: number; month: number; date: number; weekday: number } {
  const date = new Date(day * millisecondsADay);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    date: date.getUTCDate(),
    weekday: date.getUTCDay(),
  };
}

function lunarDay(year: number, month: number, date: number): Day {
  return dayOf(Lunar.fromYmd(year, month, date).getSolar().toYmd());
}

/** The first day of the Chinese new year that falls in a year. */
export function springFestival(year: number): Day {
  return lunarDay(year, 1, 1);
}

/** The Mid-Autumn Festival (15th of the eighth lunar month). */
export function midAutumn(year: number): Day {
  return lunarDay(year, 8, 15);
}

/** Offices are closed: hardly an order comes in. */
const closed = 0.03;

function springFactor(fromFestival: number, industry: Industry): number {
  const { earlyRush, lateRush, after } = industry.festivals;
  if (fromFestival < -35 || fromFestival > 14) return 1;
  if (fromFestival <= -15) return earlyRush;
  if (fromFestival <= -4) return lateRush;
  if (fromFestival <= -2) return 0.3;
  return fromFestival <= 7 ? closed : after;
}

function holidayFactor(month: number, date: number): number {
  if (month === 10 && date <= 7) return 0.06;
  if (month === 5 && date <= 5) return 0.15;
  if (month === 1 && date === 1) return 0.1;
  if (month === 4 && (date === 4 || date === 5)) return 0.25;
  return 1;
}

/**
 * How many ordinary days of business each day from `start` to `end` is worth. Over the whole calendar years that
 * the window touches the mean is 1, so an order rate a week means its yearly mean. Festival days follow the lunar
 * calendar; swapped working weekends, which the state announces a year ahead, are left out.
 */
export function dayWeights(industry: Industry, start: Day, end: Day): Float64Array {
  const firstYear = partsOf(start).year;
  const lastYear = partsOf(end).year;
  const from = dayOf(`${firstYear}-01-01`);
  const days = dayOf(`${lastYear}-12-31`) - from + 1;
  const weights = new Float64Array(days);
  const springs = new Map<number, Day>();
  const autumns = new Map<number, Day>();
  for (let year = firstYear; year <= lastYear + 1; year++) {
    springs.set(year, springFestival(year));
    autumns.set(year, midAutumn(year));
  }
  let total = 0;
  for (let i = 0; i < days; i++) {
    const day = from + i;
    const { year, month, date, weekday } = partsOf(day);
    const spring = springFactor(day - (springs.get(year) ?? 0), industry);
    const nextSpring = springFactor(day - (springs.get(year + 1) ?? 0), industry);
    const beforeAutumn = (autumns.get(year) ?? 0) - day;
    const autumn = beforeAutumn > 0 && beforeAutumn <= 18 ? industry.festivals.midAutumn : 1;
    const season = (industry.months[month - 1] ?? 1) * (industry.weekdays[weekday] ?? 1);
    weights[i] = season * spring * nextSpring * autumn * holidayFactor(month, date);
    total += weights[i] ?? 0;
  }
  return weights.slice(start - from, end - from + 1).map((weight) => (weight * days) / total);
}

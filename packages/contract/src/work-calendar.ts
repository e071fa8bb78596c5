import { z } from 'zod';
import { day } from './page.js';

/** A time of day, 09:00; 24:00 is the end of it. */
const timeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/);
const days = z.array(day).max(1000);

/** Hours of work at a stretch; a break is what lies between two. */
export const workSpan = z.object({ from: timeOfDay, until: timeOfDay });
/** Enough for a morning, an afternoon and an evening with a break in each. */
export const mostSpans = 6;

/** Each begins before it ends, and none before the one before it has ended. */
export const areSpansInOrder = (spans: readonly { from: string; until: string }[]): boolean =>
  spans.every(({ from, until }, i) => from < until && from >= (spans[i - 1]?.until ?? ''));

/** When somebody is there to answer: promised hours are counted within it. */
export const workCalendar = z.object({
  /** 1 Monday to 7 Sunday. */
  weekdays: z.array(z.int().min(1).max(7)).min(1).max(7),
  /** Of every day that is worked. */
  spans: z.array(workSpan).min(1).max(mostSpans),
  /** Holidays: closed whatever the weekday. */
  closedDays: days,
  /** Days worked in their place, whatever the weekday. */
  openDays: days,
  /** 0 as long as nobody has set it. */
  rowVersion: z.int(),
});
export const workCalendarInput = workCalendar.refine(({ spans }) => areSpansInOrder(spans), {
  path: ['spans'],
});

/** The public holidays of a year, with the days that are worked in their place. */
export const holidayYear = z.object({ year: z.int(), closedDays: days, openDays: days });
export const holidayYearList = z.object({ items: z.array(holidayYear) });

interface SpecialDays {
  closedDays: readonly string[];
  openDays: readonly string[];
}

const union = (a: readonly string[], b: readonly string[], without: readonly string[]): string[] =>
  [...new Set([...a.filter((each) => !without.includes(each)), ...b])].toSorted();

/** Both lists with more days; what comes anew takes a day out of the other list. */
export function withDays(
  calendar: SpecialDays,
  more: SpecialDays,
): { closedDays: string[]; openDays: string[] } {
  return {
    closedDays: union(calendar.closedDays, more.closedDays, more.openDays),
    openDays: union(calendar.openDays, more.openDays, more.closedDays),
  };
}

const dayInLine = /(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})|\b(\d{4})(\d{2})(\d{2})\b/;
const worked = /上班|补班|工作|\bwork|\bopen/i;
const free = /放假|休|假|\boff\b|\bholiday|\bclosed/i;

function dayIn(line: string): string | null {
  const found = dayInLine.exec(line);
  if (!found) return null;
  const [year = '', month = '', date = ''] = found.slice(1).filter((part) => part !== undefined);
  const text = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  const parsed = new Date(`${text}T00:00:00Z`);
  // 30 February would be the second of March.
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text) ? text : null;
}

/**
 * A list of days, one a line: the day, then whether it is worked (上班, open) or free (放假, closed; also where nothing is said).
 * A line without figures is a heading or a remark. @returns besides the days, the numbers of lines that hold none: with any, the
 * list is to be refused as a whole
 */
export function daysInList(text: string): { closedDays: string[]; openDays: string[]; wrongLines: number[] } {
  const closedDays: string[] = [];
  const openDays: string[] = [];
  const wrongLines: number[] = [];
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    if (!/\d/.test(line)) continue;
    const found = dayIn(line);
    if (found === null) wrongLines.push(i + 1);
    else if (worked.test(line) && !/放假|\bclosed/i.test(line)) openDays.push(found);
    else if (free.test(line) || !/\p{L}/u.test(line.replace(dayInLine, ''))) closedDays.push(found);
    else wrongLines.push(i + 1);
  }
  const isEmpty = closedDays.length + openDays.length + wrongLines.length === 0;
  return { closedDays, openDays, wrongLines: isEmpty ? [1] : wrongLines };
}

export type WorkSpan = z.infer<typeof workSpan>;
export type WorkCalendar = z.infer<typeof workCalendar>;
export type HolidayYear = z.infer<typeof holidayYear>;
export type HolidayYearList = z.infer<typeof holidayYearList>;

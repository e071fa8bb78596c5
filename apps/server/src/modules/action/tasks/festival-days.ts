import { festivals, type Festival } from '@kezi/contract';
import { Lunar } from 'lunar-typescript';

const dayMs = 86_400_000;

/** Month and day of every year. */
const fixed = (monthAndDay: string) => (year: number) => [`${year}-${monthAndDay}`];

/**
 * Of the lunar year that begins in the year. By astronomy in Beijing's time: the calendar of `Intl` is a day late in 2027, where
 * the new moon comes four minutes before midnight.
 */
const lunar = (month: number, date: number) => (year: number) => [
  Lunar.fromYmd(year, month, date).getSolar().toYmd(),
];

const islamic = new Intl.DateTimeFormat('en-u-ca-islamic-umalqura', {
  timeZone: 'UTC',
  month: 'numeric',
  day: 'numeric',
});

/** Every 1 Shawwal of a year, by the calendar of Mecca; two in some years, as twelve moons are shorter than a year. */
function eids(year: number): string[] {
  const first = Date.UTC(year, 0, 1);
  const days = (Date.UTC(year + 1, 0, 1) - first) / dayMs;
  return Array.from({ length: days }, (_, i) => new Date(first + i * dayMs))
    .filter((date) => {
      const parts = islamic.formatToParts(date);
      const of = (type: 'month' | 'day') => parts.find((part) => part.type === type)?.value;
      return of('month') === '10' && of('day') === '1';
    })
    .map((date) => date.toISOString().slice(0, 10));
}

/** The fourth Thursday of November, as in the United States. */
function thanksgiving(year: number): string[] {
  const weekday = new Date(Date.UTC(year, 10, 1)).getUTCDay();
  return [`${year}-11-${22 + ((4 - weekday + 7) % 7)}`];
}

const daysOf: Readonly<Record<Festival, (year: number) => string[]>> = {
  'new-year': fixed('01-01'),
  'spring-festival': lunar(1, 1),
  'lantern-festival': lunar(1, 15),
  'womens-day': fixed('03-08'),
  'eid-al-fitr': eids,
  'labour-day': fixed('05-01'),
  'dragon-boat': lunar(5, 5),
  'teachers-day': fixed('09-10'),
  'mid-autumn': lunar(8, 15),
  'national-day': fixed('10-01'),
  'double-ninth': lunar(9, 9),
  thanksgiving,
  christmas: fixed('12-25'),
};

/** The first day of a festival from a day on. */
export function nextFestival(festival: Festival, from: string): string {
  const year = Number(from.slice(0, 4));
  const days = [...daysOf[festival](year), ...daysOf[festival](year + 1)];
  return days.find((day) => day >= from) ?? from;
}

/** Every festival, the next first. */
export function festivalsFrom(today: string): { festival: Festival; nextOn: string }[] {
  return festivals
    .map((festival) => ({ festival, nextOn: nextFestival(festival, today) }))
    .toSorted((a, b) => (a.nextOn < b.nextOn ? -1 : 1));
}

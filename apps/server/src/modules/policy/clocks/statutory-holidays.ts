import type { HolidayYear } from '@kezi/contract';

const dayMs = 86_400_000;

/** `02-15 02-23` and `10-01`: every day of the stretches, in a year. */
function daysOf(year: number, stretches: readonly string[]): string[] {
  return stretches.flatMap((stretch) => {
    const [first = '', last = first] = stretch.split(' ');
    const from = Date.parse(`${year}-${first}T00:00:00Z`);
    const count = (Date.parse(`${year}-${last}T00:00:00Z`) - from) / dayMs + 1;
    return Array.from({ length: count }, (_, i) => new Date(from + i * dayMs).toISOString().slice(0, 10));
  });
}

const year = (number: number, closed: readonly string[], open: readonly string[]): HolidayYear => ({
  year: number,
  closedDays: daysOf(number, closed),
  openDays: daysOf(number, open),
});

/**
 * Public holidays of mainland China as the General Office of the State Council announced them (November of the year before).
 * A year that is not announced is not guessed: make-up days follow no rule.
 */
export const statutoryHolidays: readonly HolidayYear[] = [
  year(
    2025,
    ['01-01', '01-28 02-04', '04-04 04-06', '05-01 05-05', '05-31 06-02', '10-01 10-08'],
    ['01-26', '02-08', '04-27', '09-28', '10-11'],
  ),
  year(
    2026,
    ['01-01 01-03', '02-15 02-23', '04-04 04-06', '05-01 05-05', '06-19 06-21', '09-25 09-27', '10-01 10-07'],
    ['01-04', '02-14', '02-28', '05-09', '09-20', '10-10'],
  ),
];

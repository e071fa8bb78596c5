import { describe, expect, it } from 'vitest';
import { calendarDays, daysLater, mondayOf, monthsLater, nextWorkday } from './days.js';

describe('days', () => {
  it('are counted over ends of months and years', () => {
    expect(daysLater('2026-02-28', 1)).toBe('2026-03-01');
    expect(daysLater('2027-01-01', -1)).toBe('2026-12-31');
  });

  it.each([
    ['2026-03-02', '2026-03-02'],
    ['2026-03-08', '2026-03-02'],
    ['2026-03-01', '2026-02-23'],
  ])('the week of %s begins on %s', (day, monday) => expect(mondayOf(day)).toBe(monday));

  it.each([
    ['2026-03-05', '2026-03-06'],
    ['2026-03-06', '2026-03-09'],
    ['2026-03-07', '2026-03-09'],
  ])('after %s the next working day is %s', (day, next) => expect(nextWorkday(day)).toBe(next));

  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-12-15', 1, '2027-01-15'],
  ])('%s and %i months is %s', (day, months, later) => expect(monthsLater(day, months)).toBe(later));

  it('fill a month with whole weeks', () => {
    const days = calendarDays('2026-11-22', 'month');
    expect([days[0], days.at(-1), days.length]).toEqual(['2026-10-26', '2026-12-06', 42]);
    expect(calendarDays('2027-02-10', 'month')).toHaveLength(28);
    expect(calendarDays('2026-11-22', 'week')).toHaveLength(7);
  });
});

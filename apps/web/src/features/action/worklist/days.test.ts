import { describe, expect, it } from 'vitest';
import { daysLater, mondayOf, nextWorkday } from './days.js';

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
});

import type { WorkCalendar } from '@kezi/contract';
import { describe, expect, it } from 'vitest';
import { statutoryHolidays } from './statutory-holidays.js';
import { dueAfter, endOfWork } from './work-hours.rules.js';

const calendar: WorkCalendar = {
  weekdays: [1, 2, 3, 4, 5],
  spans: [{ from: '09:00', until: '18:00' }],
  closedDays: ['2026-10-01', '2026-10-02'],
  openDays: ['2026-10-10'],
  rowVersion: 0,
};
const shanghai = (text: string) => new Date(`${text}+08:00`);
const due = (asked: string, hours: number, own: WorkCalendar = calendar) =>
  dueAfter(shanghai(asked), hours, own, 'Asia/Shanghai');

describe('promised hours', () => {
  it.each([
    ['within a day', '2026-03-02T10:00:00', 2, '2026-03-02T12:00:00'],
    ['to the second', '2026-03-02T10:00:30', 0.5, '2026-03-02T10:30:30'],
    ['until closing', '2026-03-02T10:00:00', 8, '2026-03-02T18:00:00'],
    ['into the next day', '2026-03-02T17:00:00', 2, '2026-03-03T10:00:00'],
    ['before opening', '2026-03-02T06:00:00', 1, '2026-03-02T10:00:00'],
    ['after closing', '2026-03-02T20:00:00', 1, '2026-03-03T10:00:00'],
    ['over a weekend', '2026-03-06T17:30:00', 1, '2026-03-09T09:30:00'],
    ['on a Sunday', '2026-03-08T12:00:00', 2, '2026-03-09T11:00:00'],
    ['over holidays and the weekend after them', '2026-09-30T17:00:00', 2, '2026-10-05T10:00:00'],
    ['on a Saturday worked in place of a holiday', '2026-10-09T17:00:00', 2, '2026-10-10T10:00:00'],
    ['of several days', '2026-03-02T09:00:00', 24, '2026-03-04T15:00:00'],
  ])('run %s', (_, asked, hours, wanted) => {
    expect(due(asked, hours)).toEqual(shanghai(wanted));
  });

  const withLunch = {
    ...calendar,
    spans: [
      { from: '09:00', until: '12:00' },
      { from: '13:30', until: '18:00' },
    ],
  };
  it.each([
    ['over lunch', '2026-03-02T11:00:00', 2, '2026-03-02T14:30:00'],
    ['asked at lunch', '2026-03-02T12:30:00', 1, '2026-03-02T14:30:00'],
    ['until lunch', '2026-03-02T11:00:00', 1, '2026-03-02T12:00:00'],
    ['over lunch and night', '2026-03-02T11:00:00', 6, '2026-03-03T09:30:00'],
  ])('stand still between two stretches: %s', (_, asked, hours, wanted) => {
    expect(due(asked, hours, withLunch)).toEqual(shanghai(wanted));
  });

  it('know the public holidays that were announced: no day is both, and what is worked besides lies on a weekend', () => {
    const weekday = (day: string) => new Date(`${day}T00:00:00Z`).getUTCDay();
    for (const { year, closedDays, openDays } of statutoryHolidays) {
      expect(closedDays.filter((day) => openDays.includes(day))).toEqual([]);
      expect(openDays.every((day) => [0, 6].includes(weekday(day)))).toBe(true);
      expect([...closedDays, ...openDays].every((day) => day.startsWith(`${year}-`))).toBe(true);
    }
    // Asked on the Saturday worked before the Spring Festival of 2026; the next day of work is the Tuesday after it.
    const [, spring] = statutoryHolidays;
    expect(due('2026-02-14T17:00:00', 2, { ...calendar, ...spring })).toEqual(
      shanghai('2026-02-24T10:00:00'),
    );
  });

  it('run round the clock where that is the day', () => {
    const always = {
      ...calendar,
      weekdays: [1, 2, 3, 4, 5, 6, 7],
      spans: [{ from: '00:00', until: '24:00' }],
    };
    expect(due('2026-03-06T23:00:00', 48, always)).toEqual(shanghai('2026-03-08T23:00:00'));
  });

  it('follow the clock on the wall when it is set forward, and a zone behind Greenwich', () => {
    // On 29 March 2026 Berlin goes from +1 to +2.
    const asked = new Date('2026-03-27T16:00:00Z');
    expect(dueAfter(asked, 2, calendar, 'Europe/Berlin')).toEqual(new Date('2026-03-30T08:00:00Z'));
    const evening = new Date('2026-03-03T02:00:00Z');
    expect(dueAfter(evening, 1, calendar, 'America/New_York')).toEqual(new Date('2026-03-03T15:00:00Z'));
  });

  it('end where a calendar leaves no day to work on', () => {
    const closedDays = Array.from({ length: 365 }, (_, i) =>
      new Date(Date.UTC(2026, 0, 1 + i)).toISOString().slice(0, 10),
    );
    expect(due('2026-03-02T09:00:00', 1, { ...calendar, closedDays, openDays: [] }).getUTCFullYear()).toBe(
      2027,
    );
    expect(due('2026-03-02T09:00:00', 1e8) > shanghai('2035-01-01T00:00:00')).toBe(true);
  });

  it('know when a day ends', () => {
    expect(endOfWork('2026-03-02', calendar, 'Asia/Shanghai')).toEqual(shanghai('2026-03-02T18:00:00'));
  });
});

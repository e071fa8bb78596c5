import type { WorkCalendar } from '@kezi/contract';
import { describe, expect, it } from 'vitest';
import { dueAfter, endOfWork } from './work-hours.rules.js';

const calendar: WorkCalendar = {
  weekdays: [1, 2, 3, 4, 5],
  opensAt: '09:00',
  closesAt: '18:00',
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

  it('run round the clock where that is the day', () => {
    const always = { ...calendar, weekdays: [1, 2, 3, 4, 5, 6, 7], opensAt: '00:00', closesAt: '24:00' };
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

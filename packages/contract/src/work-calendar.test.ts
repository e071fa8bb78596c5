import { describe, expect, it } from 'vitest';
import { areSpansInOrder, daysInList, withDays } from './work-calendar.js';

describe('hours of a day', () => {
  it.each([
    [true, '09:00-12:00 13:30-18:00'],
    [true, '09:00-12:00 12:00-24:00'],
    [false, '09:00-12:00 11:30-18:00'],
    [false, '13:30-18:00 09:00-12:00'],
    [false, '12:00-12:00'],
  ])('are in order (%s): %s', (isInOrder, text) => {
    const spans = text.split(' ').map((each) => ({ from: each.slice(0, 5), until: each.slice(6) }));
    expect(areSpansInOrder(spans)).toBe(isInOrder);
  });
});

describe('a list of days', () => {
  it('is read however the days are written', () => {
    const text = [
      '日期,安排,节日',
      '2027-01-01,放假,元旦',
      '2027/2/6 调休上班',
      '2027年2月7日 休',
      '20270208',
      '2027-05-08,open',
      '',
    ].join('\r\n');
    expect(daysInList(text)).toEqual({
      closedDays: ['2027-01-01', '2027-02-07', '2027-02-08'],
      openDays: ['2027-02-06', '2027-05-08'],
      wrongLines: [],
    });
  });

  it('says which of its lines hold no day', () => {
    const text = '2027-01-01\n2027-02-30,放假\n第 3 行说明\n2027-06-01 儿童节活动';
    expect(daysInList(text).wrongLines).toEqual([2, 3, 4]);
    expect(daysInList('没有日子').wrongLines).toEqual([1]);
  });

  it('adds to the days that stand there; a day is never both', () => {
    const before = { closedDays: ['2026-10-10', '2026-12-24'], openDays: ['2026-10-01'] };
    expect(withDays(before, { closedDays: ['2026-10-01'], openDays: ['2026-10-10'] })).toEqual({
      closedDays: ['2026-10-01', '2026-12-24'],
      openDays: ['2026-10-10'],
    });
  });
});

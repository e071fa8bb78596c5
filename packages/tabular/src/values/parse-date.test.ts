import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { DateFormatName } from './date-formats.js';
import { parseDate, parseMoment } from './parse-date.js';

const good: readonly [DateFormatName, string, string][] = [
  ['iso', '2024-01-02', '2024-01-02'],
  ['iso', ' 2024-1-2 ', '2024-01-02'],
  ['iso', '2024-01-02 08:26', '2024-01-02'],
  ['iso', '2024-01-02 08:26:00.123', '2024-01-02'],
  ['iso', '2024-01-02T08:26:00', '2024-01-02'],
  ['iso', '2024-02-29', '2024-02-29'],
  ['iso', '2000-02-29', '2000-02-29'],
  ['iso', '1900-01-01', '1900-01-01'],
  ['iso', '2100-12-31', '2100-12-31'],
  // 17:00 UTC is one in the morning of the next day in Shanghai.
  ['iso', '2024-01-02T17:00:00Z', '2024-01-03'],
  ['iso', '2024-01-02T15:59:59Z', '2024-01-02'],
  ['iso', '2024-01-02 23:30:00+08:00', '2024-01-02'],
  ['iso', '2024-01-02 23:30:00-0500', '2024-01-03'],
  ['iso', '2024-01-02 23:30:00+09', '2024-01-02'],
  ['iso', '2024-01-02 24:00', '2024-01-02'],
  ['iso', '2024-01-02 24:00:00', '2024-01-02'],
  ['iso', '２０２４－０１－０２', '2024-01-02'],
  ['iso', '2016-12-31 23:59:60', '2016-12-31'],
  ['slash', '2024/1/2', '2024-01-02'],
  ['slash', '2024/01/02 9:05', '2024-01-02'],
  ['slash', '2024/1/2 下午 3:15', '2024-01-02'],
  ['slash', '2024/1/2 上午12:00:00', '2024-01-02'],
  ['slash', '2024/1/2 3:15 PM', '2024-01-02'],
  ['slash', '2024/1/2 3:15:00 p.m.', '2024-01-02'],
  ['dot', '2024.1.2', '2024-01-02'],
  ['dot', '2024.01.02 10:00', '2024-01-02'],
  ['chinese', '2024年1月2日', '2024-01-02'],
  ['chinese', '2024 年 01 月 02 日', '2024-01-02'],
  ['chinese', '2024年1月2号', '2024-01-02'],
  ['chinese', '2024年1月2日 10时05分30秒', '2024-01-02'],
  ['chinese', '2024年1月2日10:05', '2024-01-02'],
  ['roc', '民国113年1月2日', '2024-01-02'],
  ['roc', '民國113年1月2日', '2024-01-02'],
  ['roc', '中華民國113年01月02日', '2024-01-02'],
  ['roc', '民國元年1月1日', '1912-01-01'],
  ['roc', '113/01/02', '2024-01-02'],
  ['roc', '113年1月2日', '2024-01-02'],
  ['compact', '20240102', '2024-01-02'],
  ['compact', '20240102093015', '2024-01-02'],
  ['compact', '202401020930', '2024-01-02'],
  ['compact', '20240102T093015', '2024-01-02'],
  ['compact', '20240102 09:30:15', '2024-01-02'],
  ['dmy', '02/01/2024', '2024-01-02'],
  ['dmy', '2.1.2024 10:00', '2024-01-02'],
  ['mdy', '01/02/2024', '2024-01-02'],
  ['mdy', '12/1/2010 8:26', '2010-12-01'],
  ['mdy', '1-2-2024', '2024-01-02'],
  ['english', '2 Jan 2024', '2024-01-02'],
  ['english', '02-JAN-2024', '2024-01-02'],
  ['english', 'January 2, 2024', '2024-01-02'],
  ['english', 'Jan 2nd, 2024 10:00 AM', '2024-01-02'],
  ['english', 'Tue, 2 Jan 2024 10:00:00 GMT', '2024-01-02'],
  ['english', '3 Sept 2024', '2024-09-03'],
  ['excel-1900', '45293', '2024-01-02'],
  ['excel-1900', '45293.75', '2024-01-02'],
  ['excel-1900', '1', '1900-01-01'],
  ['excel-1900', '59', '1900-02-28'],
  ['excel-1900', '61', '1900-03-01'],
  ['excel-1904', '43831', '2024-01-02'],
  ['excel-1904', '0', '1904-01-01'],
  ['epoch-s', '1704153600', '2024-01-02'],
  ['epoch-s', '1704211200', '2024-01-03'],
  ['epoch-ms', '1704153600000', '2024-01-02'],
];

const bad: readonly [DateFormatName, string, string][] = [
  ['iso', '', 'tabular.date_empty'],
  ['iso', '   ', 'tabular.date_empty'],
  ['iso', '2023-02-29', 'tabular.date_impossible'],
  ['iso', '1900-02-29', 'tabular.date_impossible'],
  ['iso', '2024-00-10', 'tabular.date_impossible'],
  ['iso', '2024-13-01', 'tabular.date_impossible'],
  ['iso', '2024-04-31', 'tabular.date_impossible'],
  ['iso', '2024-01-00', 'tabular.date_impossible'],
  ['iso', '1899-12-31', 'tabular.date_out_of_range'],
  ['iso', '2101-01-01', 'tabular.date_out_of_range'],
  ['iso', '0000-01-01', 'tabular.date_out_of_range'],
  ['iso', '9999-12-31', 'tabular.date_out_of_range'],
  ['iso', '2024/01/02', 'tabular.date_unreadable'],
  ['iso', 'yesterday', 'tabular.date_unreadable'],
  ['iso', '2024-01-02 25:00', 'tabular.date_unreadable'],
  ['iso', '2024-01-02 24:01', 'tabular.date_unreadable'],
  ['iso', '2024-01-02 10:60', 'tabular.date_unreadable'],
  ['iso', '2024-01-02 13:00 AM', 'tabular.date_unreadable'],
  ['iso', '2024-01-02; drop table customer', 'tabular.date_unreadable'],
  ['iso', '2024-01-021', 'tabular.date_unreadable'],
  ['iso', '=2024-01-02', 'tabular.date_unreadable'],
  ['iso', '2024-01', 'tabular.date_unreadable'],
  ['dmy', '31/02/2024', 'tabular.date_impossible'],
  ['dmy', '01/13/2024', 'tabular.date_impossible'],
  ['mdy', '13/01/2024', 'tabular.date_impossible'],
  ['dmy', '1/2/24', 'tabular.date_two_digit_year'],
  ['dmy', '1/2.2024', 'tabular.date_unreadable'],
  ['slash', '24/1/2', 'tabular.date_two_digit_year'],
  ['chinese', '2024年2月30日', 'tabular.date_impossible'],
  ['chinese', '2024年1月', 'tabular.date_unreadable'],
  ['compact', '20240230', 'tabular.date_impossible'],
  ['compact', '2024010', 'tabular.date_unreadable'],
  ['compact', '202401021', 'tabular.date_unreadable'],
  ['english', '2 Foo 2024', 'tabular.date_unreadable'],
  ['english', '31 Feb 2024', 'tabular.date_impossible'],
  ['excel-1900', '60', 'tabular.date_impossible'],
  ['excel-1900', '0', 'tabular.date_impossible'],
  ['excel-1900', '999999', 'tabular.date_out_of_range'],
  ['excel-1900', '-5', 'tabular.date_unreadable'],
  ['epoch-ms', '99999999999999', 'tabular.date_out_of_range'],
  ['epoch-ms', '999999999999999', 'tabular.date_out_of_range'],
  ['epoch-s', 'NaN', 'tabular.date_unreadable'],
];

describe('parseDate', () => {
  it.each(good)('%s %s is %s', (name, text, day) => {
    expect(parseDate(text, name)).toEqual({ ok: true, value: day });
  });

  it.each(bad)('%s %s is refused as %s', (name, text, code) => {
    expect(parseDate(text, name)).toMatchObject({ ok: false, code });
  });

  it('cuts instants at the day of the zone asked for, over its summer time', () => {
    expect(parseDate('2024-03-31T22:30:00Z', 'iso', 'Europe/Berlin')).toEqual({
      ok: true,
      value: '2024-04-01',
    });
    expect(parseDate('2024-03-30T22:30:00Z', 'iso', 'Europe/Berlin')).toEqual({
      ok: true,
      value: '2024-03-30',
    });
    expect(parseDate('2024-01-02T04:59:59Z', 'iso', 'America/New_York')).toEqual({
      ok: true,
      value: '2024-01-01',
    });
    expect(parseDate('2024-01-02T18:20:00Z', 'iso', 'Asia/Kathmandu')).toEqual({
      ok: true,
      value: '2024-01-03',
    });
  });

  it('agrees with the calendar of the platform for every instant', () => {
    const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short' });
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1901-01-01'), max: new Date('2099-12-30'), noInvalidDate: true }),
        (date) => {
          const parsed = parseDate(date.toISOString(), 'iso');
          expect(parsed).toEqual({ ok: true, value: clock.format(date) });
        },
      ),
      { numRuns: 500 },
    );
  });

  it('reads every day of two centuries back from each way to write it', () => {
    for (let day = Date.UTC(1900, 0, 1); day <= Date.UTC(2100, 11, 31); day += 86_400_000 * 37) {
      const iso = new Date(day).toISOString().slice(0, 10);
      const [y = 0, m = 0, d = 0] = iso.split('-').map(Number);
      const serial = Math.round((day - Date.UTC(1899, 11, 31)) / 86_400_000);
      const ways: [DateFormatName, string][] = [
        ['iso', iso],
        ['slash', `${y}/${m}/${d}`],
        ['chinese', `${y}年${m}月${d}日`],
        ['compact', iso.replaceAll('-', '')],
        ['dmy', `${d}/${m}/${y}`],
        ['mdy', `${m}/${d}/${y}`],
        ['excel-1900', String(serial >= 60 ? serial + 1 : serial)],
      ];
      for (const [name, text] of ways) {
        expect({ text, read: parseDate(text, name) }).toEqual({ text, read: { ok: true, value: iso } });
      }
    }
  });
});

describe('parseMoment', () => {
  const at = (text: string, format: DateFormatName) => {
    const parsed = parseMoment(text, format);
    return parsed.ok ? new Date(parsed.value).toISOString() : parsed.code;
  };

  it('reads hours on the clocks of the zone, and a day alone as its beginning', () => {
    expect(at('2026-03-01 14:30', 'iso')).toBe('2026-03-01T06:30:00.000Z');
    expect(at('2026年3月1日 下午2时30分', 'chinese')).toBe('2026-03-01T06:30:00.000Z');
    expect(at('2026/3/1', 'slash')).toBe('2026-02-28T16:00:00.000Z');
    expect(at('2026-03-01T14:30:00+02:00', 'iso')).toBe('2026-03-01T12:30:00.000Z');
    expect(at('2026-03-01 24:00', 'iso')).toBe('2026-03-01T16:00:00.000Z');
    // Half a day of the serial is noon.
    expect(at('46082.5', 'excel-1900')).toBe('2026-03-01T04:00:00.000Z');
    expect(at('1772346600', 'epoch-s')).toBe('2026-03-01T06:30:00.000Z');
  });

  it('refuses what parseDate refuses', () => {
    expect(at('2023-02-29 10:00', 'iso')).toBe('tabular.date_impossible');
    expect(at('morgen', 'iso')).toBe('tabular.date_unreadable');
  });
});

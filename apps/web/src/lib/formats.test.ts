import { describe, expect, it } from 'vitest';
import { dayOf } from './format-date.js';
import { createFormats } from './formats.js';

const zh = createFormats({ language: 'zh-CN', currency: 'CNY', timeZone: 'Asia/Shanghai' });
const en = createFormats({ language: 'en-US', currency: 'CNY', timeZone: 'Asia/Shanghai' });
const now = new Date('2026-11-21T04:00:00Z');

describe('money', () => {
  it('is full to the cent', () => {
    expect(zh.money(123_450)).toBe('¥1,234.50');
    expect(zh.money(-123_450)).toBe('\u2212¥1,234.50');
    expect(zh.money(1234, 'JPY')).toBe('¥1,234');
    expect(en.money(99, 'USD')).toBe('$0.99');
  });

  it('goes by the digits in which amounts are kept, not by those that shops print', () => {
    expect(en.money(123_450, 'HUF')).toBe('Ft\u00a01,234.50');
    expect(zh.moneyShort(1_234_500, 'IDR')).toBe('1.23\u00a0万');
    expect(zh.minorOf(12.5, 'PKR')).toBe(1250);
  });

  it('keeps a sign of letters apart from the figure', () => {
    expect(zh.moneyShort(30_000, 'CHF', { sign: true })).toBe('CHF\u00a0300');
    expect(zh.moneyShort(-30_000, 'CHF', { sign: true })).toBe('\u2212CHF\u00a0300');
    expect(zh.moneyShort(30_000, 'CNY', { sign: true })).toBe('¥300');
  });

  it.each([
    [98_000, '980', '980'],
    [1_234_500, '1.23\u00a0万', '12.3k'],
    [45_600_000, '45.6\u00a0万', '456k'],
    [12_345_678_900, '1.23\u00a0亿', '123M'],
    [123_456_789_012_300, '1.23\u00a0万亿', '1,235B'],
    [-45_600_000, '\u221245.6\u00a0万', '\u2212456k'],
    [0, '0', '0'],
    [999_999, '1\u00a0万', '10k'],
    [99_996_000, '100\u00a0万', '1M'],
    [9_999_999_900, '1\u00a0亿', '100M'],
  ])('short: %d minor units', (minor, chinese, english) => {
    expect(zh.moneyShort(minor)).toBe(chinese);
    expect(en.moneyShort(minor)).toBe(english);
  });

  it('puts the sign after the minus', () => {
    expect(zh.moneyShort(-45_600_000, 'CNY', { sign: true })).toBe('\u2212¥45.6\u00a0万');
  });

  it('says an estimate as a range', () => {
    expect(zh.moneyBetween(120_000_000, 190_000_000)).toBe('120\u00a0万 至 190\u00a0万');
    expect(en.moneyBetween(120_000_000, 190_000_000)).toBe('between 1.2M and 1.9M');
    expect(en.moneyBetween(100, 100)).toBe('1');
  });
});

describe('percent', () => {
  it('has no sign where it rounds to nothing', () => {
    expect(zh.percent(-0.0002)).toBe('0.0%');
    expect(zh.percent(-0.012)).toBe('−1.2%');
  });

  it('has the digits its interval earns', () => {
    expect(en.percentBetween(0.412, 0.688)).toBe('between 41% and 69%');
    expect(en.percentBetween(0.512, 0.548)).toBe('between 51.2% and 54.8%');
    expect(en.percentBetween(0.5012, 0.5048)).toBe('between 50.12% and 50.48%');
  });
});

describe('days', () => {
  it('are those of the organisation, not of Greenwich', () => {
    expect(dayOf('2026-11-21T20:00:00Z', 'Asia/Shanghai')).toBe('2026-11-22');
  });

  it('are the days of the organisation, not of the browser', () => {
    expect(zh.date('2026-11-20T16:30:00Z')).toBe('2026-11-21');
    expect(en.date('2026-11-20T15:30:00Z')).toBe('20 Nov 2026');
    expect(zh.dateTime('2026-11-20T16:30:00Z')).toBe('2026-11-21 00:30');
    expect(en.date('2026-03-01')).toBe('1 Mar 2026');
  });

  it('are relative when near and absolute when far', () => {
    expect(zh.ago('2026-11-21T03:57:00Z', now)).toBe('3 分钟前');
    expect(en.ago('2026-11-21T03:57:00Z', now)).toBe('3 minutes ago');
    expect(en.ago('2026-10-01T00:00:00Z', now)).toBe('1 Oct 2026');
    expect(zh.nearDay('2026-11-22', now)).toBe('明天');
    expect(en.nearDay('2026-11-16', now)).toBe('5 days ago');
    expect(en.nearDay('2027-01-05', now)).toBe('5 Jan 2027');
  });

  it('name months in the language', () => {
    expect(zh.month('2026-11')).toBe('2026年11月');
    expect(en.month('2026-11-05')).toBe('Nov 2026');
  });
});

describe('sizes and spans', () => {
  it('have two units at most', () => {
    expect(zh.duration(200)).toBe('3 分 20 秒');
    expect(en.duration(7500)).toBe('2 h 5 min');
    expect(en.duration(3600)).toBe('1 h');
    expect(en.duration(90_061)).toBe('1 d 1 h');
    expect(en.duration(1.24)).toBe('1.2 s');
    expect(en.bytes(1_234_567)).toBe('1.2 MB');
    expect(en.bytes(0)).toBe('0 B');
  });

  it('counts shorten without losing the scale', () => {
    expect(zh.countShort(1_234_567)).toBe('123\u00a0万');
    expect(en.countShort(1_234_567)).toBe('1.23M');
    expect(en.count(-1_234)).toBe('\u22121,234');
  });
});

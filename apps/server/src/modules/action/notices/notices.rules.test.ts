import { expect, it } from 'vitest';
import { channelsOf, isDigestHour, minutesIn, quietUntil, summedUp } from './notices.rules.js';

const zone = 'Asia/Shanghai';
const at = (text: string) => new Date(`2026-03-02T${text}+08:00`);
const night = { quietFrom: 22 * 60, quietUntil: 8 * 60 };
const endOf = (text: string, hours = night) => quietUntil(hours, zone, at(text))?.toISOString() ?? null;

it('counts minutes in the time zone of the company', () => {
  expect(minutesIn(zone, new Date('2026-03-02T16:05:00Z'))).toBe(5);
  expect(minutesIn('America/New_York', new Date('2026-03-02T16:05:00Z'))).toBe(11 * 60 + 5);
});

it('holds back over midnight until the morning', () => {
  expect(endOf('21:59:59')).toBeNull();
  expect(endOf('22:00:00')).toBe(new Date('2026-03-03T08:00:00+08:00').toISOString());
  expect(endOf('03:17:20')).toBe(at('08:00:00').toISOString());
  expect(endOf('08:00:00')).toBeNull();
  expect(endOf('12:30:00', { quietFrom: 12 * 60, quietUntil: 14 * 60 })).toBe(at('14:00:00').toISOString());
  expect(quietUntil({ quietFrom: null, quietUntil: null }, zone, at('03:00:00'))).toBeNull();
});

it('takes what a person chose, even nothing, over what is usual', () => {
  expect(channelsOf({}, 'warning.raised')).toEqual(['page', 'mail']);
  expect(channelsOf({ 'warning.raised': [] }, 'warning.raised')).toEqual([]);
});

it('sums a storm up, and keeps that something in it is urgent', () => {
  const items = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ subjectId: i, isUrgent: i === 3 }));
  expect(summedUp(items(3))).toHaveLength(3);
  expect(summedUp(items(500))).toEqual([{ subjectId: null, count: 500, isUrgent: true }]);
});

it('sends the digest at its hour, or a little later after a stop', () => {
  expect(
    [7, 8, 10, 11].map((hour) => isDigestHour(8, zone, at(`${String(hour).padStart(2, '0')}:02:00`))),
  ).toEqual([false, true, true, false]);
});

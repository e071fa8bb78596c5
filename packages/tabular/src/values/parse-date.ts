import type { ErrorCode, ErrorParams } from '@kezi/contract/errors';

import type { Parsed } from '../tabular-row.js';
import { readDateParts, type DateFormat, type DateFormatName } from './date-formats.js';
import { readTime } from './parse-time.js';
import { toPlainText } from './plain-text.js';

const FIRST_YEAR = 1900;
const LAST_YEAR = 2100;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const SHOWN = 60;

/**
 * The day that a text means, as yyyy-mm-dd. Without a zone it is the day as written; with one, or as an epoch, it is the
 * day on the clocks of `timeZone` (IANA name). 24:00 belongs to the day before it. Days that the calendar does not have,
 * years outside 1900-2100 and years of two digits are refused with codes `tabular.date_*`.
 */
export function parseDate(
  text: string,
  format: DateFormat | DateFormatName,
  timeZone = 'Asia/Shanghai',
): Parsed<string> {
  const plain = toPlainText(text);
  const name = typeof format === 'string' ? format : format.name;
  if (plain === '') return fault('tabular.date_empty', text);
  if (name === 'excel-1900' || name === 'excel-1904') return readSerial(plain, name);
  if (name === 'epoch-s' || name === 'epoch-ms') return readEpoch(plain, name, timeZone);
  const parts = readDateParts(plain, name);
  if (parts === null)
    return fault(twoDigitYear(plain) ? 'tabular.date_two_digit_year' : 'tabular.date_unreadable', text);
  const { year, month, day, rest } = parts;
  if (!isDay(year, month, day)) return fault('tabular.date_impossible', text);
  if (year < FIRST_YEAR || year > LAST_YEAR) return fault('tabular.date_out_of_range', text);
  if (rest === '') return { ok: true, value: isoDay(year, month, day) };
  const time = readTime(rest);
  if (time === 'bad') return fault('tabular.date_unreadable', text);
  if (time === null || time.offsetMinutes === null) return { ok: true, value: isoDay(year, month, day) };
  const clock = Date.UTC(year, month - 1, day, time.hour, time.minute, time.second);
  return dayOfInstant(clock - time.offsetMinutes * 60_000, timeZone, text);
}

/**
 * The moment that a text means, in milliseconds since 1970: with an hour and no zone on the clocks of `timeZone`, with
 * neither the first of that day. Refused as `parseDate` refuses.
 */
export function parseMoment(
  text: string,
  format: DateFormat | DateFormatName,
  timeZone = 'Asia/Shanghai',
): Parsed<number> {
  const day = parseDate(text, format, timeZone);
  if (!day.ok) return day;
  const plain = toPlainText(text);
  const name = typeof format === 'string' ? format : format.name;
  if (name === 'epoch-s' || name === 'epoch-ms') {
    return { ok: true, value: Math.floor(Number(plain) * (name === 'epoch-s' ? 1000 : 1)) };
  }
  const midnight = Date.parse(`${day.value}T00:00:00Z`);
  if (name === 'excel-1900' || name === 'excel-1904') {
    const seconds = Math.round((Number(plain) % 1) * (DAY_MS / 1000));
    return { ok: true, value: instantOf(midnight + seconds * 1000, timeZone) };
  }
  const parts = readDateParts(plain, name);
  const time = parts === null ? null : readTime(parts.rest);
  if (parts === null || time === null || time === 'bad')
    return { ok: true, value: instantOf(midnight, timeZone) };
  const clock = Date.UTC(parts.year, parts.month - 1, parts.day, time.hour, time.minute, time.second);
  const value =
    time.offsetMinutes === null ? instantOf(clock, timeZone) : clock - time.offsetMinutes * 60_000;
  return { ok: true, value };
}

/** When the clocks of a zone show this; in the hour that they show twice, the later of the two. */
function instantOf(clock: number, timeZone: string): number {
  return clock - offsetOf(clock - offsetOf(clock, timeZone), timeZone);
}

function fault(code: ErrorCode, text: string): { ok: false; code: ErrorCode; params: ErrorParams } {
  return { ok: false, code, params: { text: text.slice(0, SHOWN) } };
}

function twoDigitYear(text: string): boolean {
  return /^\d{1,2}[/.-]\d{1,2}[/.-]\d{1,2}(?!\d)/.test(text);
}

function isDay(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false;
  if (day <= 28) return true;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  if (month === 2) return leap && day === 29;
  return day <= (month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31);
}

function isoDay(year: number, month: number, day: number): string {
  return `${String(year).padStart(4, '0')}-${month < 10 ? '0' : ''}${month}-${day < 10 ? '0' : ''}${day}`;
}

function utcDay(ms: number, text: string): Parsed<string> {
  const date = new Date(ms);
  const year = date.getUTCFullYear();
  if (!(year >= FIRST_YEAR && year <= LAST_YEAR)) return fault('tabular.date_out_of_range', text);
  return { ok: true, value: isoDay(year, date.getUTCMonth() + 1, date.getUTCDate()) };
}

/** Excel counts 1900-01-01 as 1 and believes in 1900-02-29 (60); the other system counts 1904-01-01 as 0. */
function readSerial(text: string, name: 'excel-1900' | 'excel-1904'): Parsed<string> {
  if (!/^\d{1,6}(\.\d+)?$/.test(text)) return fault('tabular.date_unreadable', text);
  const serial = Math.floor(Number(text));
  if (name === 'excel-1904') return utcDay(Date.UTC(1904, 0, 1) + serial * DAY_MS, text);
  if (serial === 60 || serial === 0) return fault('tabular.date_impossible', text);
  const days = serial > 60 ? serial - 1 : serial;
  return utcDay(Date.UTC(1899, 11, 31) + days * DAY_MS, text);
}

function readEpoch(text: string, name: 'epoch-s' | 'epoch-ms', timeZone: string): Parsed<string> {
  if (!/^-?\d{1,15}(\.\d+)?$/.test(text)) return fault('tabular.date_unreadable', text);
  return dayOfInstant(Number(text) * (name === 'epoch-s' ? 1000 : 1), timeZone, text);
}

const clocks = new Map<string, { parts: Intl.DateTimeFormat; offsets: Map<number, number> }>();

/** Zones change their offset at whole quarter hours at most, so one offset a quarter is looked up and kept. */
function offsetOf(ms: number, timeZone: string): number {
  let clock = clocks.get(timeZone);
  if (clock === undefined) {
    const parts = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    clock = { parts, offsets: new Map() };
    clocks.set(timeZone, clock);
  }
  const quarter = Math.floor(ms / (HOUR_MS / 4));
  const known = clock.offsets.get(quarter);
  if (known !== undefined) return known;
  const start = quarter * (HOUR_MS / 4);
  const part = Object.fromEntries(
    clock.parts.formatToParts(start).map(({ type, value }) => [type, Number(value)]),
  );
  const local = Date.UTC(
    part['year'] ?? 0,
    (part['month'] ?? 1) - 1,
    part['day'] ?? 1,
    part['hour'] ?? 0,
    part['minute'] ?? 0,
    part['second'] ?? 0,
  );
  // 100,000 quarters are three years; a wider file starts again.
  if (clock.offsets.size > 100_000) clock.offsets.clear();
  clock.offsets.set(quarter, local - start);
  return local - start;
}

function dayOfInstant(ms: number, timeZone: string, text: string): Parsed<string> {
  const whole = Math.floor(ms);
  if (!(Math.abs(whole) < 8.64e15)) return fault('tabular.date_out_of_range', text);
  const year = new Date(whole).getUTCFullYear();
  if (year < FIRST_YEAR - 1 || year > LAST_YEAR + 1) return fault('tabular.date_out_of_range', text);
  return utcDay(whole + offsetOf(whole, timeZone), text);
}

import type { ErrorCode } from '@kezi/contract/errors';

import type { Parsed } from '../tabular-row.js';
import { toPlainText } from './plain-text.js';

/** How a column writes its numbers. */
export interface NumberStyle {
  decimal: '.' | ',';
  /** What stands between thousands, or null where nothing may. */
  group: ',' | '.' | ' ' | "'" | null;
  /** Every sample is -?digits[.digits]: a plain CAST to DECIMAL is right. */
  plain: boolean;
}

/** Digits with a point; thousands by comma are understood. */
export const PLAIN_NUMBER: NumberStyle = { decimal: '.', group: ',', plain: true };

/** An exact number: units / 10^scale, at most 18 digits, scale 0 to 18. */
export interface Decimal {
  units: bigint;
  scale: number;
}

/** 10^n by n, 0 to 36: what scales differ by at most. */
const POWERS_OF_TEN: readonly bigint[] = Array.from({ length: 37 }, (_, n) => 10n ** BigInt(n));

/** 10^n, for the scales of decimals. */
export const powerOfTen = (n: number): bigint => POWERS_OF_TEN[n] ?? 10n ** BigInt(n);

/** 18 digits fit into a signed 64-bit integer with room for a sum of nine. */
const MAX_DIGITS = 18;
const FAST = /^-?\d{1,15}(?:\.\d{1,3})?$/;
/** Digits, sign and point that a number holds exactly; made from one, a BigInt costs a third of what it costs from text. */
const EXACT_LENGTH = 15;
const MARKS =
  /^(?:rmb|cny|usd|eur|gbp|jpy|hkd|twd|krw|us\$|hk\$|nt\$|s\$|a\$|c\$|人民币|人民幣|美元|港币|欧元|[¥$€£₩₹₽฿])\s*/i;
const UNIT_MARKS = /\s*(?:rmb|cny|usd|eur|gbp|jpy|hkd|twd|krw|元整|元|圆|圓|円|块|[¥$€£₩₹₽฿])$/i;
const MULTIPLIERS: readonly [RegExp, number][] = [
  [/\s*[万萬]$/, 4],
  [/\s*[亿億]$/, 8],
  [/\s*千$/, 3],
  [/\s*百万$/, 6],
];
const NOT_FINITE = /^[+-]?(?:nan|inf|infinity|∞)$/i;
const SCIENTIFIC = /^[+-]?\d*[.,]?\d+e[+-]?\d+$/i;

/**
 * Reads a number exactly. Understood beside digits: thousands in the column's style, full-width forms, a currency sign or
 * name, 元, 万 and 亿, a minus in front or behind, brackets for negative. Refused with `tabular.number_*`: NaN, infinities,
 * 1e5 (a spreadsheet has already lost digits there), more than 18 digits.
 */
export function parseDecimal(text: string, style: NumberStyle = PLAIN_NUMBER): Parsed<Decimal> {
  if (FAST.test(text) && style.decimal === '.') return readFast(text);
  const plain = toPlainText(text).replace(/[\u2212\u2010-\u2013\uFE63]/g, '-');
  if (plain === '') return fault('tabular.number_empty', text);
  if (NOT_FINITE.test(plain)) return fault('tabular.number_not_finite', text);
  const { body, negative, power } = strip(plain);
  if (SCIENTIFIC.test(body)) return fault('tabular.number_scientific', text);
  const digits = readBody(body, style);
  if (digits === null) return fault('tabular.number_unreadable', text);
  return build(digits.whole, digits.fraction, negative, power, text);
}

function readFast(text: string): Parsed<Decimal> {
  const point = text.indexOf('.');
  const digits = point === -1 ? text : text.slice(0, point) + text.slice(point + 1);
  const units = BigInt(text.length <= EXACT_LENGTH ? Number(digits) : digits);
  return { ok: true, value: { units, scale: point === -1 ? 0 : text.length - point - 1 } };
}

function fault(code: ErrorCode, text: string): Parsed<never> {
  return { ok: false, code, params: { text: text.slice(0, 60) } };
}

/** Takes sign, brackets, currency and multiplier off a number. More than one sign is left in, and refused later. */
function strip(plain: string): { body: string; negative: boolean; power: number } {
  let body = plain;
  let negative = false;
  let power = 0;
  const bracketed = /^\((.+)\)$/.exec(body);
  if (bracketed !== null) {
    body = (bracketed[1] ?? '').trim();
    negative = true;
  }
  body = body.replace(UNIT_MARKS, '');
  for (const [pattern, tens] of MULTIPLIERS.toReversed()) {
    if (!pattern.test(body)) continue;
    body = body.replace(pattern, '');
    power = tens;
    break;
  }
  const behind = /^([^-+]*\d\.?)\s*-$/.exec(body);
  if (behind !== null && !negative) {
    negative = true;
    body = behind[1] ?? '';
  }
  const before = /^([+-])\s*/.exec(body);
  body = body.replace(/^[+-]\s*/, '').replace(MARKS, '');
  const afterMark = before === null ? /^([+-])\s*/.exec(body) : null;
  if (afterMark !== null) body = body.slice(afterMark[0].length);
  const sign = before?.[1] ?? afterMark?.[1];
  if (sign === '-') {
    if (negative) return { body: `--${body}`, negative, power };
    negative = true;
  }
  return { body, negative, power };
}

function readBody(body: string, style: NumberStyle): { whole: string; fraction: string } | null {
  const group = style.group === ' ' ? '[ \\u00A0\\u202F]' : style.group === null ? null : `\\${style.group}`;
  const mark = style.decimal === '.' ? '\\.' : ',';
  const pattern = patternFor(group, mark);
  const match = pattern.exec(body);
  if (match === null) return null;
  const whole = (match[1] ?? '').replace(/\D/g, '');
  const fraction = match[2] ?? '';
  return whole === '' && fraction === '' ? null : { whole, fraction };
}

const patterns = new Map<string, RegExp>();

function patternFor(group: string | null, mark: string): RegExp {
  const key = `${group}${mark}`;
  const known = patterns.get(key);
  if (known !== undefined) return known;
  const grouped = group === null ? '' : `\\d{1,3}(?:${group}\\d{3})+|`;
  const made = new RegExp(`^(${grouped}\\d*)(?:${mark}(\\d*))?$`);
  patterns.set(key, made);
  return made;
}

function build(
  whole: string,
  fraction: string,
  negative: boolean,
  power: number,
  text: string,
): Parsed<Decimal> {
  const moved = fraction.slice(0, power).padEnd(power, '0');
  const kept = fraction.slice(power).replace(/0+$/, '');
  const digits = `${whole}${power === 0 ? '' : moved}${kept}`.replace(/^0+/, '');
  if (digits.length > MAX_DIGITS || kept.length > MAX_DIGITS) return fault('tabular.number_too_long', text);
  const size = BigInt(digits === '' ? '0' : digits);
  return { ok: true, value: { units: negative ? -size : size, scale: kept.length } };
}

import { isCurrency, minorDigits } from '@kezi/contract/currencies';
import { CodedError } from '@kezi/contract/errors';
import type { Parsed } from '../tabular-row.js';
import { parseDecimal, PLAIN_NUMBER, powerOfTen, type Decimal, type NumberStyle } from './parse-decimal.js';

export interface MoneyOptions {
  /** ISO 4217 code, default CNY. */
  currency?: string;
  /** Whether an amount below zero is allowed; default true. */
  negative?: boolean;
  /** What happens to 1.239 CNY: refused as `tabular.money_too_precise` (default), or rounded half away from zero. */
  rounding?: 'reject' | 'half-up';
}

/** Digits of an amount that stay exact as a number when its minor digits are filled up: 12 and at most 3. */
const PLAIN_LENGTH = 12;
const ZERO = 0x30;
const POINT = 0x2e;
const MINUS = 0x2d;

/**
 * Minor units of an amount written plainly, -?digits[.digits], in a currency of so many minor digits. Null where it is
 * written in any other way, is longer than 12 signs or finer than the currency: `parseMoney` knows then. Nearly every
 * cell of a file is plain, and makes neither text nor BigInt here.
 */
export function plainMinor(text: string, digits: number): number | null {
  const from = text.charCodeAt(0) === MINUS ? 1 : 0;
  if (text.length === from || text.length > PLAIN_LENGTH) return null;
  let minor = 0;
  let point = -1;
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === POINT && point === -1 && at > from) {
      point = at;
      continue;
    }
    const digit = code - ZERO;
    if (digit < 0 || digit > 9) return null;
    minor = minor * 10 + digit;
  }
  const fraction = point === -1 ? 0 : text.length - point - 1;
  if (point === text.length - 1 || fraction > digits) return null;
  minor *= 10 ** (digits - fraction);
  return from === 1 && minor !== 0 ? -minor : minor;
}

/** 18 digits, as in `parseDecimal`. */
const MAX_MINOR = 10n ** 18n;

/** An amount as an integer of the currency's minor units, exactly. Errors are those of `parseDecimal` and `tabular.money_*`. */
export function parseMoney(
  text: string,
  style: NumberStyle = PLAIN_NUMBER,
  options: MoneyOptions = {},
): Parsed<bigint> {
  const parsed = parseDecimal(text, style);
  if (!parsed.ok) return parsed;
  const params = { text: text.slice(0, 60) };
  const { units, scale } = parsed.value;
  if (units < 0n && options.negative === false) return { ok: false, code: 'tabular.money_negative', params };
  const currency = options.currency ?? 'CNY';
  const digits = digitsOf(currency);
  const isFiner = scale > digits && units % powerOfTen(scale - digits) !== 0n;
  if (isFiner && options.rounding !== 'half-up') {
    return { ok: false, code: 'tabular.money_too_precise', params: { ...params, currency, digits } };
  }
  const minor = rescale(parsed.value, digits);
  if (minor >= MAX_MINOR || minor <= -MAX_MINOR)
    return { ok: false, code: 'tabular.number_too_long', params };
  return { ok: true, value: minor };
}

/** Quantity times unit price in minor units: the exact product, rounded once, half away from zero. */
export function lineAmountMinor(quantity: Decimal, unitPrice: Decimal, currency: string): bigint {
  const product = { units: quantity.units * unitPrice.units, scale: quantity.scale + unitPrice.scale };
  return rescale(product, digitsOf(currency));
}

function digitsOf(currency: string): number {
  if (!isCurrency(currency)) throw new CodedError('tabular.currency_unknown', { text: currency });
  return minorDigits(currency);
}

function rescale(value: Decimal, digits: number): bigint {
  if (value.scale === digits) return value.units;
  if (value.scale < digits) return value.units * powerOfTen(digits - value.scale);
  const divisor = powerOfTen(value.scale - digits);
  const size = value.units < 0n ? -value.units : value.units;
  const rounded = (size + divisor / 2n) / divisor;
  return value.units < 0n ? -rounded : rounded;
}

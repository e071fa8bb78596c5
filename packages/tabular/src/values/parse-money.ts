import { CodedError } from '@kezi/contract/errors';

import type { Parsed } from '../tabular-row.js';
import { minorDigits } from './currencies.js';
import { parseDecimal, PLAIN_NUMBER, powerOfTen, type Decimal, type NumberStyle } from './parse-decimal.js';

export interface MoneyOptions {
  /** ISO 4217 code, default CNY. */
  currency?: string;
  /** Whether an amount below zero is allowed; default true. */
  negative?: boolean;
  /** What happens to 1.239 CNY: refused as `tabular.money_too_precise` (default), or rounded half away from zero. */
  rounding?: 'reject' | 'half-up';
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
  const digits = minorDigits(currency);
  if (digits === null) throw new CodedError('tabular.currency_unknown', { text: currency });
  return digits;
}

function rescale(value: Decimal, digits: number): bigint {
  if (value.scale === digits) return value.units;
  if (value.scale < digits) return value.units * powerOfTen(digits - value.scale);
  const divisor = powerOfTen(value.scale - digits);
  const size = value.units < 0n ? -value.units : value.units;
  const rounded = (size + divisor / 2n) / divisor;
  return value.units < 0n ? -rounded : rounded;
}

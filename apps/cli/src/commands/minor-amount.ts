import { minorDigits } from '@kezi/contract/currencies';
import type { Language } from '@kezi/contract/errors';

/** Minor units of a currency as an amount with its sign. */
export function amountOf(
  minor: number,
  currency: string,
  language: Language,
  options: Pick<Intl.NumberFormatOptions, 'currencyDisplay' | 'signDisplay'> = {},
): string {
  const digits = minorDigits(currency);
  const money = new Intl.NumberFormat(language, {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    ...options,
  });
  return money.format(minor / 10 ** digits);
}

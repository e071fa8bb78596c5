import type { Language } from '@kezi/contract/errors';

/** Digits of a currency behind the point. */
export const minorDigits = (currency: string): number =>
  new Intl.NumberFormat('en-US', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ??
  2;

/** Minor units of a currency as an amount with its sign. */
export function amountOf(minor: number, currency: string, language: Language): string {
  const money = new Intl.NumberFormat(language, { style: 'currency', currency });
  return money.format(minor / 10 ** minorDigits(currency));
}

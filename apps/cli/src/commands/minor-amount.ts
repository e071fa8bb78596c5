import type { Language } from '@kezi/contract/errors';

/** Minor units of a currency as an amount with its sign. */
export function amountOf(minor: number, currency: string, language: Language): string {
  const money = new Intl.NumberFormat(language, { style: 'currency', currency });
  return money.format(minor / 10 ** (money.resolvedOptions().maximumFractionDigits ?? 2));
}

import { currencies } from '@kezi/contract/currencies';
import type { Language } from '../lib/preferences.js';

/** Currencies of most trade with China first; the others of ISO 4217 follow. */
const commonCurrencies = ['CNY', 'USD', 'EUR', 'HKD', 'TWD', 'JPY', 'KRW', 'SGD', 'GBP', 'AUD', 'THB', 'VND'];

export function currencyOptions(language: Language): { value: string; label: string }[] {
  const names = new Intl.DisplayNames(language, { type: 'currency' });
  const rest = currencies.filter((code) => !commonCurrencies.includes(code));
  return [...commonCurrencies, ...rest].map((code) => ({
    value: code,
    label: `${code} ${names.of(code) ?? ''}`,
  }));
}

export function timeZoneOptions(): { value: string; label: string }[] {
  const common = ['Asia/Shanghai', 'Asia/Hong_Kong', 'Asia/Taipei', 'Asia/Singapore', 'Asia/Tokyo'];
  const rest = Intl.supportedValuesOf('timeZone').filter((zone) => !common.includes(zone));
  return [...common, ...rest].map((zone) => ({ value: zone, label: zone }));
}

import { minorDigits } from '@kezi/contract/currencies';
import {
  formatAgo,
  formatDate,
  formatDateTime,
  formatDuration,
  formatMonth,
  formatNearDay,
  dayOf,
} from './format-date.js';
import {
  currencySign,
  formatBytes,
  formatCount,
  formatDecimal,
  formatMoney,
  formatPercent,
  formatShort,
  earnedDigits,
} from './format-number.js';
import { usePreferences } from './preferences.js';
import type { Language } from './preferences.js';
import { useMaybeSession } from './session.js';

interface FormatSettings {
  language: Language;
  currency: string;
  timeZone: string;
}

/** 'between' in the reader's language. Equal ends say the one figure. */
function between(language: Language, low: string, high: string): string {
  if (low === high) return low;
  return language === 'zh-CN' ? `${low} 至 ${high}` : `between ${low} and ${high}`;
}

/** All numbers, amounts, days and spans as the reader of `settings` is used to them. Pure, so that tests can fix it. */
export function createFormats({ language, currency: base, timeZone }: FormatSettings) {
  const moneyShort = (minor: number, currency = base, options: { sign?: boolean } = {}) => {
    const major = minor / 10 ** minorDigits(currency);
    const text = formatShort(language, major, 0);
    if (!options.sign) return text;
    const symbol = currencySign(language, currency);
    // Letters would run into the figure: CHF 30, but ¥30.
    const sign = /\p{L}$/u.test(symbol) ? `${symbol}\u00a0` : symbol;
    return text.startsWith('\u2212') ? `\u2212${sign}${text.slice(1)}` : `${sign}${text}`;
  };
  const minorOf = (major: number, currency = base) => major * 10 ** minorDigits(currency);
  const percent = (share: number, digits = 1) => formatPercent(language, share, digits);
  return {
    language,
    currency: base,
    timeZone,
    money: (minor: number, currency = base) => formatMoney(language, Math.round(minor), currency),
    moneyShort,
    /** Major units (model output) in minor ones, for the calls that take minor units. */
    minorOf,
    /** Model output, in major units, shortened with the sign of its currency: what a customer is worth. */
    valueShort: (major: number, currency = base) =>
      moneyShort(minorOf(major, currency), currency, { sign: true }),
    sign: (currency = base) => currencySign(language, currency),
    moneyBetween: (lowMinor: number, highMinor: number, currency = base, options: { sign?: boolean } = {}) =>
      between(language, moneyShort(lowMinor, currency, options), moneyShort(highMinor, currency, options)),
    count: (value: number) => formatCount(language, value),
    countShort: (value: number) => formatShort(language, value, 0),
    countBetween: (low: number, high: number, digits = 0) =>
      between(language, formatDecimal(language, low, digits), formatDecimal(language, high, digits)),
    decimal: (value: number, digits = 2) => formatDecimal(language, value, digits),
    percent,
    percentBetween: (low: number, high: number) => {
      const digits = earnedDigits(low, high);
      return between(language, percent(low, digits), percent(high, digits));
    },
    date: (value: string) => formatDate(language, value, timeZone),
    dateTime: (value: string) => formatDateTime(language, value, timeZone),
    month: (value: string) => formatMonth(language, value),
    ago: (value: string, now = new Date()) => formatAgo(language, value, now, timeZone),
    nearDay: (value: string, now = new Date()) =>
      formatNearDay(language, value, dayOf(now.toISOString(), timeZone), timeZone),
    bytes: (value: number) => formatBytes(language, value),
    duration: (seconds: number) => formatDuration(language, seconds),
  };
}

export type Formats = ReturnType<typeof createFormats>;

const made = new Map<string, Formats>();

/** The same object for the same settings, so that no cell makes its own. */
function formatsOf(language: Language, currency: string, timeZone: string): Formats {
  const key = `${language} ${currency} ${timeZone}`;
  let found = made.get(key);
  if (!found) made.set(key, (found = createFormats({ language, currency, timeZone })));
  return found;
}

/** The formats of the reader's language and the organisation's currency and time zone. */
export function useFormats(): Formats {
  const { language } = usePreferences();
  const settings = useMaybeSession()?.settings;
  const currency = settings?.baseCurrency ?? 'CNY';
  const timeZone = settings?.timeZone ?? 'Asia/Shanghai';
  return formatsOf(language, currency, timeZone);
}

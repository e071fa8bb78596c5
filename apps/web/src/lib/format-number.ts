import { minorDigits } from '@kezi/contract/currencies';
import type { Language } from './preferences.js';

/** A true minus sign and no change of width between lines: figures are set tabular by the style sheet. */
const minus = (text: string) => text.replace('-', '\u2212');

const formatters = new Map<string, Intl.NumberFormat>();

function formatter(language: Language, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = language + JSON.stringify(options);
  let found = formatters.get(key);
  if (!found) formatters.set(key, (found = new Intl.NumberFormat(language, options)));
  return found;
}

export function currencySign(language: Language, currency: string): string {
  const parts = formatter(language, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
  }).formatToParts(0);
  return parts.find((part) => part.type === 'currency')?.value ?? currency;
}

/** Minor units in full: ¥1,234.50. */
export function formatMoney(language: Language, minor: number, currency: string): string {
  const digits = minorDigits(currency);
  return minus(
    formatter(language, {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    }).format(minor / 10 ** digits),
  );
}

const steps: Record<Language, readonly { from: number; unit: string; space: string }[]> = {
  'zh-CN': [
    { from: 1e12, unit: '万亿', space: '\u00a0' },
    { from: 1e8, unit: '亿', space: '\u00a0' },
    { from: 1e4, unit: '万', space: '\u00a0' },
  ],
  'en-US': [
    { from: 1e9, unit: 'B', space: '' },
    { from: 1e6, unit: 'M', space: '' },
    { from: 1e3, unit: 'k', space: '' },
  ],
};

/** Three significant digits, never more than the number has: 1.23, 12.3, 123, 1,234. */
function threeDigits(language: Language, value: number, digits: number): string {
  const size = Math.abs(value);
  const after = size >= 100 ? 0 : size >= 10 ? 1 : 2;
  return formatter(language, { maximumFractionDigits: Math.min(after, digits) }).format(value);
}

/**
 * Shortened to 万 and 亿 in Chinese, k, M and B in English. What rounds up to the next unit is shown in it (999,960 is 1M).
 * Below the first unit the number is whole, or has `digits` after the point where it is below 100.
 */
export function formatShort(language: Language, value: number, digits = 0): string {
  const size = Math.abs(value);
  const list = steps[language];
  for (const [index, step] of list.entries()) {
    const rounded = Number((size / step.from).toPrecision(3));
    if (rounded < 1) continue;
    const larger = list[index - 1];
    const at = larger && rounded * step.from >= larger.from ? larger : step;
    return minus(`${threeDigits(language, value / at.from, 2)}${at.space}${at.unit}`);
  }
  return minus(formatter(language, { maximumFractionDigits: size < 100 ? digits : 0 }).format(value));
}

export function formatCount(language: Language, value: number): string {
  return minus(formatter(language, { maximumFractionDigits: 0 }).format(value));
}

export function formatDecimal(language: Language, value: number, digits: number): string {
  return minus(
    formatter(language, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value),
  );
}

export function formatPercent(language: Language, share: number, digits: number): string {
  return minus(
    formatter(language, {
      style: 'percent',
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
      // What rounds to nothing has no sign.
      signDisplay: 'negative',
    }).format(share),
  );
}

/**
 * Digits after the point of a percentage that its interval earns: a whisker wider than 10 points is told in whole
 * percents, wider than 1 point with one digit, else with two.
 */
export function earnedDigits(low: number, high: number): number {
  const points = Math.abs(high - low) * 100;
  return points > 10 ? 0 : points > 1 ? 1 : 2;
}

const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB'];

export function formatBytes(language: Language, bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), byteUnits.length - 1);
  return `${threeDigits(language, bytes / 1000 ** power, power === 0 ? 0 : 1)} ${byteUnits[power] ?? 'B'}`;
}

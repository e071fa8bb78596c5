import {
  dateFormat,
  dateFormatNames,
  readDateParts,
  type DateFormat,
  type DateFormatName,
} from './date-formats.js';
import { parseDate } from './parse-date.js';
import { toPlainText } from './plain-text.js';

export type DateDetection =
  | { outcome: 'one'; format: DateFormat }
  /** Day or month first cannot be told: ask the reader. */
  | { outcome: 'ambiguous'; candidates: DateFormat[] }
  /** More than one format stands in the column. */
  | { outcome: 'mixed'; formats: DateFormat[]; examples: string[] }
  | { outcome: 'none'; example: string };

/** Asked in the order of their names. excel-1904 looks like excel-1900 and is never assumed: a reader must choose it. */
const TRIED = dateFormatNames.filter((name) => name !== 'excel-1904');

/** A bare number is taken for a day only where it lies in these years. */
const BARE_YEARS = { first: '1980-01-01', last: '2060-12-31' };

/**
 * The format of a column, from its samples. Bad samples do not hinder as long as half of them can be read. 01/02/2024 in
 * every sample gives 'ambiguous'; 13/01/2024 next to 01/13/2024 gives 'mixed'.
 */
export function detectDateFormat(samples: readonly string[]): DateDetection {
  const texts = [...new Set(samples.map(toPlainText))].filter((text) => text !== '');
  const first = texts[0];
  if (first === undefined) return { outcome: 'none', example: '' };
  const fits = TRIED.map((name) => ({ name, texts: texts.filter((text) => reads(text, name)) })).filter(
    (fit) => fit.texts.length > 0,
  );
  fits.sort((a, b) => b.texts.length - a.texts.length);
  const best = fits[0];
  if (best === undefined || best.texts.length * 2 < texts.length) {
    return fits.length > 1 && sumOf(fits) * 2 >= texts.length
      ? mixed(fits)
      : { outcome: 'none', example: first };
  }
  const equal = fits.filter((fit) => fit.texts.length === best.texts.length && isYearLast(fit.name));
  if (isYearLast(best.name) && equal.length > 1) {
    const rivalsDiffer = equal.some((fit) => fit.texts.some((text) => !best.texts.includes(text)));
    if (rivalsDiffer) return mixed(equal);
    return { outcome: 'ambiguous', candidates: equal.map((fit) => describe(fit.name, fit.texts)) };
  }
  const left = texts.filter((text) => !best.texts.includes(text));
  const others = fits.filter((fit) => fit !== best && fit.texts.some((text) => left.includes(text)));
  if (others.length > 0) return mixed([best, ...others]);
  return { outcome: 'one', format: describe(best.name, best.texts) };
}

function isYearLast(name: DateFormatName): boolean {
  return name === 'dmy' || name === 'mdy';
}

function sumOf(fits: readonly { texts: string[] }[]): number {
  return fits.reduce((sum, fit) => sum + fit.texts.length, 0);
}

function mixed(fits: readonly { name: DateFormatName; texts: string[] }[]): DateDetection {
  return {
    outcome: 'mixed',
    formats: fits.map((fit) => describe(fit.name, fit.texts)),
    examples: fits.map((fit) => fit.texts[0] ?? ''),
  };
}

function reads(text: string, name: DateFormatName): boolean {
  const bare = name === 'excel-1900' || name === 'epoch-s' || name === 'epoch-ms';
  if (name === 'epoch-s' && !/^\d{9,10}(\.\d+)?$/.test(text)) return false;
  if (name === 'epoch-ms' && !/^\d{12,13}$/.test(text)) return false;
  const parsed = parseDate(text, name, 'UTC');
  if (!parsed.ok) return false;
  return !bare || (parsed.value >= BARE_YEARS.first && parsed.value <= BARE_YEARS.last);
}

const DAY_PATTERN: Partial<Record<DateFormatName, string>> = {
  iso: '%Y-%m-%d',
  slash: '%Y/%m/%d',
  dot: '%Y.%m.%d',
  chinese: '%Y年%m月%d日',
  compact: '%Y%m%d',
};
const TIME_PATTERNS: readonly [RegExp, string][] = [
  [/^$/, ''],
  [/^ \d{1,2}:\d{2}$/, ' %H:%M'],
  [/^ \d{1,2}:\d{2}:\d{2}$/, ' %H:%M:%S'],
  [/^T\d{2}:\d{2}:\d{2}$/, 'T%H:%M:%S'],
  [/^T\d{2}:\d{2}$/, 'T%H:%M'],
  [/^ \d{1,2}:\d{2} [AP]M$/, ' %I:%M %p'],
  [/^ \d{1,2}:\d{2}:\d{2} [AP]M$/, ' %I:%M:%S %p'],
];

/** What the samples allow a SQL engine to do with the column. */
function describe(name: DateFormatName, texts: readonly string[]): DateFormat {
  const format = dateFormat(name);
  const zoned =
    name.startsWith('epoch') ||
    texts.some((text) => /\d\s*(z|utc|gmt|[+-]\d{2}(:?\d{2})?)$/i.test(rest(text, name)));
  if (name === 'iso') {
    format.plainIso = texts.every((text) =>
      /^\d{4}-\d{2}-\d{2}([ T]([01]\d|2[0-3]):[0-5]\d:[0-5]\d)?$/.test(text),
    );
    format.plainZonedIso = texts.every((text) =>
      /^\d{4}-\d{2}-\d{2}[ T]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(Z|[+-]\d{2}:\d{2})$/.test(text),
    );
  }
  return { ...format, zoned, strptime: zoned ? null : patternOf(name, texts) };
}

function rest(text: string, name: DateFormatName): string {
  return readDateParts(text, name)?.rest ?? '';
}

function patternOf(name: DateFormatName, texts: readonly string[]): string | null {
  const first = texts[0] ?? '';
  const separator = /^\d{1,2}([/.-])/.exec(first)?.[1] ?? '/';
  const yearLast = name === 'dmy' ? ['%d', '%m', '%Y'] : ['%m', '%d', '%Y'];
  const day = isYearLast(name) ? yearLast.join(separator) : DAY_PATTERN[name];
  if (day === undefined) return null;
  if (isYearLast(name) && !texts.every((text) => text.replace(/^\d{1,2}/, '').startsWith(separator)))
    return null;
  if (name === 'chinese' && !texts.every((text) => /^\d{4}年\d{1,2}月\d{1,2}日/.test(text))) return null;
  const time = TIME_PATTERNS.find(([pattern]) => texts.every((text) => pattern.test(rest(text, name))));
  return time === undefined ? null : `${day}${time[1]}`;
}

/**
 * How a column writes its days. Every one may be followed by a time.
 * iso 2024-01-02 · slash 2024/1/2 · dot 2024.1.2 · chinese 2024年1月2日 · roc 民国113年1月2日 · compact 20240102 ·
 * dmy 2/1/2024 (day first) · mdy 1/2/2024 (month first) · english 2 Jan 2024, Jan 2, 2024 ·
 * excel-1900, excel-1904 days since the workbook's first day · epoch-s, epoch-ms since 1970 in UTC
 */
export const dateFormatNames = [
  'iso',
  'slash',
  'dot',
  'chinese',
  'roc',
  'compact',
  'dmy',
  'mdy',
  'english',
  'excel-1900',
  'excel-1904',
  'epoch-s',
  'epoch-ms',
] as const;
export type DateFormatName = (typeof dateFormatNames)[number];

export interface DateFormat {
  name: DateFormatName;
  /** Pattern for DuckDB's try_strptime that reads every sample, where one exists. */
  strptime: string | null;
  /** Every sample is yyyy-mm-dd or yyyy-mm-dd hh:mm:ss without a zone: a plain CAST is right. */
  plainIso: boolean;
  /** Every sample is yyyy-mm-ddThh:mm:ss with Z or an offset: CAST AS TIMESTAMPTZ is right. */
  plainZonedIso: boolean;
  /** A sample carries a zone. */
  zoned: boolean;
}

/** A format by its name, when a reader has chosen it; nothing is known about samples then. */
export function dateFormat(name: DateFormatName): DateFormat {
  return { name, strptime: null, plainIso: false, plainZonedIso: false, zoned: name.startsWith('epoch') };
}

/** Parts of a day as written; `rest` is what follows, a time or nothing. */
interface DateParts {
  year: number;
  month: number;
  day: number;
  rest: string;
}

const YEAR_FIRST: Partial<Record<DateFormatName, RegExp>> = {
  iso: /^(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)/,
  slash: /^(\d{4})\/(\d{1,2})\/(\d{1,2})(?!\d)/,
  dot: /^(\d{4})\.(\d{1,2})\.(\d{1,2})(?!\d)/,
  chinese: /^(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号號]/,
  compact: /^(\d{4})(\d{2})(\d{2})(?=$|\s|T|\d{4}(?:\d{2})?$)/,
};
const ROC_NAMED =
  /^(?:中華民國|中华民国|民國|民国)\s*(\d{1,3}|元)\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})(?!\d)\s*[日号號]?/;
const ROC_BARE =
  /^(\d{2,3})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号號]|^(1\d{2})[./-](\d{1,2})[./-](\d{1,2})(?!\d)/;
const YEAR_LAST = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?!\d)/;
const WEEKDAY = /^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+/i;
const DAY_MONTH = /^(\d{1,2})(?:st|nd|rd|th)?[\s-]+([a-z]{3,9})\.?,?[\s-]+(\d{4})(?!\d)/i;
const MONTH_DAY = /^([a-z]{3,9})\.?[\s-]+(\d{1,2})(?:st|nd|rd|th)?,?[\s-]+(\d{4})(?!\d)/i;
const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

/** Takes the day off the front of a text, or null where the text is not written in this format. */
export function readDateParts(text: string, name: DateFormatName): DateParts | null {
  const yearFirst = YEAR_FIRST[name];
  if (yearFirst !== undefined) {
    const match = yearFirst.exec(text);
    return match === null ? null : parts(text, match, match[1], match[2], match[3]);
  }
  if (name === 'dmy' || name === 'mdy') {
    const match = YEAR_LAST.exec(text);
    if (match === null) return null;
    return name === 'dmy'
      ? parts(text, match, match[4], match[3], match[1])
      : parts(text, match, match[4], match[1], match[3]);
  }
  if (name === 'roc') return readRoc(text);
  return name === 'english' ? readEnglish(text) : null;
}

function parts(
  text: string,
  match: RegExpExecArray,
  year: string | undefined,
  month: string | undefined,
  day: string | undefined,
): DateParts {
  return { year: Number(year), month: Number(month), day: Number(day), rest: text.slice(match[0].length) };
}

function readRoc(text: string): DateParts | null {
  const named = ROC_NAMED.exec(text);
  if (named !== null) {
    const year = named[1] === '元' ? 1912 : Number(named[1]) + 1911;
    return parts(text, named, String(year), named[2], named[3]);
  }
  const bare = ROC_BARE.exec(text);
  if (bare === null) return null;
  const year = Number(bare[1] ?? bare[4]) + 1911;
  return parts(text, bare, String(year), bare[2] ?? bare[5], bare[3] ?? bare[6]);
}

function readEnglish(text: string): DateParts | null {
  const bare = text.replace(WEEKDAY, '');
  const dayFirst = DAY_MONTH.exec(bare);
  const match = dayFirst ?? MONTH_DAY.exec(bare);
  if (match === null) return null;
  const word = (dayFirst === null ? match[1] : match[2])?.toLowerCase() ?? '';
  const month = MONTHS.findIndex(
    (full) => full === word || full.slice(0, 3) === word || (word === 'sept' && full === 'september'),
  );
  if (month === -1) return null;
  return parts(bare, match, match[3], String(month + 1), dayFirst === null ? match[2] : match[1]);
}

import type { Language } from './preferences.js';

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(language: Language, timeZone: string, options: Intl.DateTimeFormatOptions) {
  const key = `${language} ${timeZone} ${JSON.stringify(options)}`;
  let found = formatters.get(key);
  if (!found) formatters.set(key, (found = new Intl.DateTimeFormat(language, { ...options, timeZone })));
  return found;
}

const parts = (language: Language, timeZone: string, options: Intl.DateTimeFormatOptions, at: Date) =>
  Object.fromEntries(
    formatter(language, timeZone, options)
      .formatToParts(at)
      .map((part) => [part.type, part.value]),
  );

const relatives = new Map<Language, Intl.RelativeTimeFormat>();

/** Made once a language: it takes longer than all else in a cell. */
function relativeIn(language: Language): Intl.RelativeTimeFormat {
  let found = relatives.get(language);
  if (!found) relatives.set(language, (found = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })));
  return found;
}

/** Chinese with a space between figure and word, as everywhere else: 3 分钟前. */
const spaced = (text: string) => text.replace(/(\d)(?=\p{Script=Han})/u, '$1 ');

const dayPattern = /^\d{4}-\d{2}-\d{2}$/;

/** The calendar day, yyyy-mm-dd, of a day or of an instant in the organisation's time zone. */
export function dayOf(value: string, timeZone: string): string {
  if (dayPattern.test(value)) return value;
  const p = parts('en-US', timeZone, { year: 'numeric', month: '2-digit', day: '2-digit' }, new Date(value));
  return `${p['year']}-${p['month']}-${p['day']}`;
}

/** 2026-11-21 in Chinese (sorts, aligns), 21 Nov 2026 in English. */
export function formatDate(language: Language, value: string, timeZone: string): string {
  const day = dayOf(value, timeZone);
  if (language === 'zh-CN') return day;
  const p = parts(
    'en-US',
    'UTC',
    { year: 'numeric', month: 'short', day: 'numeric' },
    new Date(`${day}T00:00:00Z`),
  );
  return `${p['day']} ${p['month']} ${p['year']}`;
}

export function formatDateTime(language: Language, value: string, timeZone: string): string {
  const p = parts(
    'en-US',
    timeZone,
    { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
    new Date(value),
  );
  return `${formatDate(language, value, timeZone)} ${p['hour']}:${p['minute']}`;
}

/** `2026-11` or a day of that month. */
export function formatMonth(language: Language, month: string): string {
  const at = new Date(`${month.slice(0, 7)}-01T00:00:00Z`);
  const options: Intl.DateTimeFormatOptions =
    language === 'zh-CN' ? { year: 'numeric', month: 'long' } : { year: 'numeric', month: 'short' };
  return formatter(language, 'UTC', options).format(at);
}

const spans: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** 3 分钟前, in 2 hours; from a week on the date itself, since '23 days ago' makes the reader count. */
export function formatAgo(language: Language, value: string, now: Date, timeZone: string): string {
  const seconds = (new Date(value).getTime() - now.getTime()) / 1000;
  if (Math.abs(seconds) >= 7 * 86_400) return formatDate(language, value, timeZone);
  const relative = relativeIn(language);
  for (const [unit, size] of spans) {
    if (Math.abs(seconds) >= size) return spaced(relative.format(Math.trunc(seconds / size), unit));
  }
  return language === 'zh-CN' ? '刚刚' : relative.format(0, 'second');
}

/** Days between two calendar days, and a near day in words: today, yesterday, in 5 days; farther ones as a date. */
export function formatNearDay(language: Language, value: string, today: string, timeZone: string): string {
  const day = dayOf(value, timeZone);
  const days = Math.round((Date.parse(`${day}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`)) / 86_400_000);
  if (Math.abs(days) > 30) return formatDate(language, day, timeZone);
  return spaced(relativeIn(language).format(days, 'day'));
}

const durationUnits: Record<Language, [number, string][]> = {
  'zh-CN': [
    [86_400, '天'],
    [3600, '小时'],
    [60, '分'],
    [1, '秒'],
  ],
  'en-US': [
    [86_400, 'd'],
    [3600, 'h'],
    [60, 'min'],
    [1, 's'],
  ],
};

/** The two largest units: 3 分 20 秒, 2 h 5 min; below 10 seconds with a tenth. */
export function formatDuration(language: Language, seconds: number): string {
  const units = durationUnits[language];
  const second = units.at(-1)?.[1] ?? 's';
  if (seconds < 10) return `${Math.round(seconds * 10) / 10} ${second}`;
  let rest = Math.round(seconds);
  const words: string[] = [];
  for (const [size, unit] of units) {
    const whole = Math.floor(rest / size);
    if (whole > 0 && words.length < 2) words.push(`${whole} ${unit}`);
    else if (words.length > 0) break;
    rest -= whole * size;
  }
  return words.join(' ');
}

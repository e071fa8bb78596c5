/** A time of day as written behind a date. */
interface TimeOfDay {
  hour: number;
  minute: number;
  second: number;
  /** Minutes east of UTC, or null where no zone is written. */
  offsetMinutes: number | null;
}

const TIME =
  /^(?:T|\s)\s*(上午|下午|凌晨|早上|中午|晚上|am|pm)?\s*(\d{1,2})\s*(?:[:时時点點]\s*(\d{1,2})?)\s*(?:[:分]\s*(?:(\d{1,2})(?:[.,]\d{1,9})?\s*秒?)?)?\s*(上午|下午|a\.?m\.?|p\.?m\.?)?\s*(z|utc|gmt|[+-]\d{2}(?::?\d{2})?)?$/i;
const COMPACT_TIME = /^(?:T|\s*)(\d{2})(\d{2})(\d{2})?(z|[+-]\d{2}:?\d{2})?$/i;

/** Reads what follows the day: nothing (null), a time, or 'bad'. 24:00 is allowed as the end of the day. */
export function readTime(rest: string): TimeOfDay | null | 'bad' {
  if (rest.trim() === '') return null;
  const compact = COMPACT_TIME.exec(rest);
  const match = compact ?? TIME.exec(/^[\sT]/.test(rest) ? rest : ` ${rest}`);
  if (match === null) return 'bad';
  if (compact !== null) return check(Number(match[1]), Number(match[2]), Number(match[3] ?? 0), match[4]);
  const half = (match[1] ?? match[5] ?? '').toLowerCase();
  const hour = toFullHour(Number(match[2]), half);
  return hour === null ? 'bad' : check(hour, Number(match[3] ?? 0), Number(match[4] ?? 0), match[6]);
}

function toFullHour(hour: number, half: string): number | null {
  const after = half.startsWith('p') || half === '下午' || half === '晚上';
  const before = half.startsWith('a') || half === '上午' || half === '凌晨' || half === '早上';
  if ((after || before) && hour > 12) return before || half.startsWith('p') ? null : hour;
  if (after) return hour === 12 ? 12 : hour + 12;
  if (before) return hour === 12 ? 0 : hour;
  return half === '中午' && hour < 3 ? hour + 12 : hour;
}

function check(hour: number, minute: number, second: number, zone: string | undefined): TimeOfDay | 'bad' {
  const endOfDay = hour === 24 && minute === 0 && second === 0;
  // 60 is a leap second, which a few systems write.
  if ((hour > 23 && !endOfDay) || minute > 59 || second > 60) return 'bad';
  return { hour, minute, second, offsetMinutes: zone === undefined ? null : readOffset(zone) };
}

function readOffset(zone: string): number {
  const match = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone);
  if (match === null) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  return match[1] === '-' ? -minutes : minutes;
}

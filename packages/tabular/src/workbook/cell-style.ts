/** What a number in a cell of this style means. */
export type CellStyle = 'number' | 'date' | 'time';

/**
 * The meaning of a number format: built-in ids 14-22 and the East Asian 27-36 and 50-58 are days, 45-47 times; of own
 * formats the code tells, quoted text, colours and escaped characters left out.
 */
export function styleOf(id: number, code: string | undefined): CellStyle {
  if (code === undefined) {
    if (id === 18 || id === 19 || id === 20 || id === 21 || (id >= 32 && id <= 35) || (id >= 45 && id <= 47))
      return 'time';
    const date = (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);
    return date ? 'date' : 'number';
  }
  const bare = code
    .replace(/"[^"]*"|\\.|_.|\*./g, '')
    .replace(/\[(?!h|m|s)[^\]]*\]/gi, '')
    .split(';')[0]
    ?.toLowerCase();
  if (bare === undefined || bare === 'general' || bare === '@') return 'number';
  if (/[yd年日]|e(?![+-])/.test(bare) || /m{3,}/.test(bare)) return 'date';
  if (/[hs]/.test(bare)) return 'time';
  return /m/.test(bare) ? 'date' : 'number';
}

const DAY_MS = 86_400_000;
const LAST_SERIAL = 2_958_465;

/** The text of a numeric cell: a plain decimal, an ISO day, a day with time, or a time. */
export function numberText(raw: string, style: CellStyle, date1904: boolean): string {
  const value = Number(raw);
  if (raw === '' || !Number.isFinite(value)) return raw;
  if (style === 'number') return decimalText(raw);
  const serial = date1904 ? value + 1462 : value;
  if (serial < 0 || serial > LAST_SERIAL + 1) return decimalText(raw);
  const seconds = Math.round(serial * 86_400);
  const days = Math.floor(seconds / 86_400);
  const time = new Date((seconds % 86_400) * 1000).toISOString().slice(11, 19);
  if (style === 'time' && days === 0) return time;
  // Serial 60 is a 29 February 1900 that never was, and 0 no day at all: left for the reader to judge.
  if (days === 60 || days === 0) return decimalText(raw);
  const day = new Date(Date.UTC(1899, 11, 31) + (days > 60 ? days - 1 : days) * DAY_MS)
    .toISOString()
    .slice(0, 10);
  return seconds % 86_400 === 0 ? day : `${day} ${time}`;
}

/**
 * The text of a float64 as a plain decimal, with the 15 digits that a spreadsheet shows: 0.30000000000000004 is 0.3 again.
 * What is no finite number stays as it is.
 */
export function decimalText(raw: string): string {
  const value = Number(raw);
  if (raw === '' || !Number.isFinite(value)) return raw;
  if (/^-?\d{1,15}$/.test(raw)) return raw;
  if (/^-?\d+$/.test(raw)) return raw;
  if (/^-?\d+\.\d+$/.test(raw) && raw.length <= 15) return raw;
  const [mantissa = '0', exponent = '0'] = value.toExponential(14).split('e');
  const negative = mantissa.startsWith('-');
  const digits = mantissa.replace(/[-.]/g, '').replace(/0+$/, '') || '0';
  const point = Number(exponent) + 1;
  if (digits === '0') return '0';
  const whole = point <= 0 ? '0' : digits.slice(0, point).padEnd(point, '0');
  const fraction = point <= 0 ? '0'.repeat(-point) + digits : digits.slice(point);
  return `${negative ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

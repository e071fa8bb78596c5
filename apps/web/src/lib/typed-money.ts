import { minorDigits } from '@kezi/contract/currencies';

/** Beyond this a sum is a slip, and no longer a safe integer. */
const most = 1_000_000_000_000_000;

/** Places by which a unit moves the point: pages show amounts in them, so people type them. */
const places: Readonly<Record<string, number>> = { 万: 4, 亿: 8, k: 3, m: 6 };

/**
 * An amount as people type it, in minor units: 1,205.5 of CNY is 120550, and so is 0.12055万. Full-width digits and commas
 * are taken. Null where it is no amount, has more digits than the currency, or is beyond all sense.
 */
export function minorOfTyped(typed: string, currency: string): number | null {
  const text = typed
    .normalize('NFKC')
    .replace(/[\s,，]/gu, '')
    .toLowerCase();
  const match = /^(\d+)(?:\.(\d*))?([万亿km]?)$/u.exec(text);
  if (!match) return null;
  const [, whole = '', fraction = '', unit = ''] = match;
  const digits = minorDigits(currency) + (places[unit] ?? 0);
  if (fraction.length > digits) return null;
  const minor = Number(whole + fraction.padEnd(digits, '0'));
  return minor <= most ? minor : null;
}

/** The same amount as a text to type on: 120550 of CNY is 1205.50. */
export function typedOfMinor(minor: number | null, currency: string): string {
  if (minor === null) return '';
  const digits = minorDigits(currency);
  const text = String(minor).padStart(digits + 1, '0');
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

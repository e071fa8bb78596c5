/*
 * 统一社会信用代码, GB 32100-2015, and the 组织机构代码 of GB 11714-1997 that lives on in it.
 *
 *   place 1       the office that registered it          places 9 to 17   the organisation code, its own check digit last
 *   place 2       what kind of body it is                place 18         the check digit
 *   places 3 to 8 the division where it was registered
 */

/** The 31 signs in the order of their values: no I, O, S, V and Z, which are read as 1, 0, 5, U and 2. */
const signs = '0123456789ABCDEFGHJKLMNPQRTUWXY';
/** Powers of 3 modulo 31. */
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
/** Of GB 11714. */
const organisationWeights = [3, 7, 9, 10, 5, 8, 4, 2];
const organisationSigns = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Full-width signs made plain, small letters large; blanks, hyphens and dots taken out. */
export function normaliseCode(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-‐‑–—_.·\u200B-\u200F\uFEFF]/gu, '');
}

/** The check digit of the first 17 places; null where one of them is no sign of the code. */
export function creditCheckSign(places: string): string | null {
  const sum = weights.reduce((total, weight, i) => {
    const value = signs.indexOf(places[i] ?? ' ');
    return value < 0 ? Number.NaN : total + value * weight;
  }, 0);
  return Number.isNaN(sum) ? null : (signs[(31 - (sum % 31)) % 31] ?? null);
}

/** The check digit of the first eight places of an organisation code: 10 is written X, 11 as 0. */
export function organisationCheckSign(places: string): string | null {
  const sum = organisationWeights.reduce((total, weight, i) => {
    const value = organisationSigns.indexOf(places[i] ?? ' ');
    return value < 0 ? Number.NaN : total + value * weight;
  }, 0);
  if (Number.isNaN(sum)) return null;
  const check = 11 - (sum % 11);
  return check === 10 ? 'X' : check === 11 ? '0' : String(check);
}

type CreditCodeFault = 'length' | 'sign' | 'check';

export type ReadCreditCode =
  | { ok: true; code: string }
  | { ok: false; fault: CreditCodeFault; sign?: string };

/** Reads a credit code of 18 places or an organisation code of 9, as it was typed. */
export function readCreditCode(text: string): ReadCreditCode {
  const code = normaliseCode(text);
  if (code.length !== 18 && code.length !== 9) return { ok: false, fault: 'length' };
  const allowed = code.length === 18 ? signs : organisationSigns;
  const sign = Array.from(code).find((one) => !allowed.includes(one));
  if (sign !== undefined) return { ok: false, fault: 'sign', sign };
  const check = code.length === 18 ? creditCheckSign(code.slice(0, 17)) : organisationCheckSign(code);
  return check === code.at(-1) ? { ok: true, code } : { ok: false, fault: 'check' };
}

/** The organisation code within a code of either kind: what two writings of one body have in common. */
export function organisationOf(code: string): string {
  return code.length === 18 ? code.slice(8, 17) : code;
}

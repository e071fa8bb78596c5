import { organisationOf, readCreditCode } from '@kezi/contract';
import { pinyin } from 'pinyin-pro';
import { publicDomains } from './name-words.js';
import { nameParts, type NameParts } from './normalise-name.js';

/*
 * Two records of one customer share a key. A key is a sign for its kind, a colon and what is compared:
 *
 *   c  organisation code, out of the credit code or by itself     n  name without region and legal form
 *   r  number in a foreign register                               y  its pinyin: slips of the keyboard sound the same
 *   p  digits of a telephone number                               b  name without trades, with the kinds of the trades
 *   d  domain of mail and web page, unless everybody has it
 *
 * Keys of names stand beside the region in the name: 上海星辰 and 北京星辰 are two companies, 星辰 may be either.
 */

/** What a customer is known by. */
export interface Identity {
  name: string;
  legalName: string | null;
  shortName: string | null;
  creditCode: string | null;
  registryCountry: string | null;
  registryNo: string | null;
  phones: readonly string[];
  /** Mail addresses and web pages. */
  addresses: readonly string[];
}

export interface CustomerKey {
  key: string;
  /** '' where a registered name has none; '?' where nobody knows: a short name, or one without its legal form. */
  region: string;
}

export const unknownRegion = '?';
const shortestCore = 2;
const shortestSpelling = 3;
const longestKey = 120;
const mostOfAKind = 12;

/** A pinyin reading of ten characters takes some 10 microseconds; the accent-free letters of other scripts stay. */
function spellingOf(core: string): string {
  if (/^[a-z0-9]+$/.test(core)) return core;
  const syllables = pinyin(core, { toneType: 'none', type: 'array', v: true, nonZh: 'consecutive' });
  return syllables.join('').replace(/[^a-z0-9]/g, '');
}

function regionOf(parts: NameParts, isShort: boolean): string {
  if (parts.region !== '') return parts.region;
  return isShort || !parts.hasForm ? unknownRegion : '';
}

/** The sound of a region, so that a name in pinyin without its own sign is not mistaken for another. */
function nameKeys(name: string, isShort: boolean): CustomerKey[] {
  const parts = nameParts(name);
  const length = Array.from(parts.core).length;
  if (length < shortestCore) return [];
  const region = regionOf(parts, isShort);
  const keys = [{ key: `n:${parts.core}`, region }];
  if (length >= shortestSpelling) keys.push({ key: `y:${spellingOf(parts.core)}`, region });
  if (parts.trades !== '' && region !== unknownRegion) {
    keys.push({ key: `b:${parts.brand}|${parts.trades}`, region });
  }
  return keys;
}

/** Digits of a number, without extension, country of China and the 0 of its area codes. */
export function phoneKey(phone: string): string | null {
  const [main = ''] = phone.normalize('NFKC').split(/转|轉|分机|ext|x|#/iu);
  const digits = main
    .replace(/\D/g, '')
    .replace(/^(?:0086|86)(?=1[3-9]\d{9}$|0?[2-9]\d{8,10}$)/, '')
    .replace(/^0(?=[1-9]\d{8,11}$)/, '');
  // Service numbers and what is no number at all tell nobody apart.
  return digits.length < 7 || digits.length > 15 || /^(\d)\1*$/.test(digits) ? null : digits;
}

/** The domain that a company has for itself: of three parts where the second is one of a register (com.cn), else of two. */
export function domainKey(address: string): string | null {
  const text = address.normalize('NFKC').trim().toLowerCase();
  const host = /^(?:[a-z]+:\/\/)?(?:[^\s/@]+@)?([a-z0-9.-]+\.[a-z]{2,})(?:[:/?#].*)?$/.exec(text)?.[1];
  if (host === undefined) return null;
  const labels = host.split('.').filter((label) => label !== '');
  const isPublic =
    publicDomains.has(labels.slice(-2).join('.')) || publicDomains.has(labels.slice(-3).join('.'));
  if (isPublic || labels.length < 2) return null;
  const second = labels.at(-2) ?? '';
  const own = labels.length > 2 && /^(?:com|net|org|gov|edu|co|ac|or|ne)$/.test(second) ? 3 : 2;
  return labels.slice(-own).join('.');
}

/** The keys of a customer, each once. */
export function customerKeys(identity: Identity): CustomerKey[] {
  const keys = [
    ...nameKeys(identity.name, false),
    ...(identity.legalName ? nameKeys(identity.legalName, false) : []),
    ...(identity.shortName ? nameKeys(identity.shortName, true) : []),
  ];
  const plain = (key: string) => keys.push({ key, region: '' });
  const code = identity.creditCode === null ? null : readCreditCode(identity.creditCode);
  if (code?.ok) plain(`c:${organisationOf(code.code)}`);
  if (identity.registryCountry !== null && identity.registryNo !== null) {
    plain(`r:${identity.registryCountry}:${registryKey(identity.registryNo)}`);
  }
  for (const phone of identity.phones.slice(0, mostOfAKind)) {
    const digits = phoneKey(phone);
    if (digits !== null) plain(`p:${digits}`);
  }
  for (const address of identity.addresses.slice(0, mostOfAKind)) {
    const domain = domainKey(address);
    if (domain !== null) plain(`d:${domain}`);
  }
  const unique = new Map(
    keys.map(({ key, region }) => [`${key}\t${region}`, { key: key.slice(0, longestKey), region }]),
  );
  return [...unique.values()];
}

/** A number of a register is the same with other signs between its digits, and with zeros before. */
function registryKey(registryNo: string): string {
  return registryNo
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(/^0+(?=.)/, '');
}

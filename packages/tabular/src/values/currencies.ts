import type { Parsed } from '../tabular-row.js';
import { toPlainText } from './plain-text.js';

/** Active codes of ISO 4217 with two minor digits; the others stand below. */
const TWO_DIGITS =
  'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD YER ZAR ZMW ZWG';
const NO_DIGITS = 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF';
const THREE_DIGITS = 'BHD IQD JOD KWD LYD OMR TND';

const digits = new Map<string, number>([
  ...TWO_DIGITS.split(' ').map((code): [string, number] => [code, 2]),
  ...NO_DIGITS.split(' ').map((code): [string, number] => [code, 0]),
  ...THREE_DIGITS.split(' ').map((code): [string, number] => [code, 3]),
]);

/** Decimal places of a currency after ISO 4217; null for a code that does not exist. */
export function minorDigits(currency: string): number | null {
  return digits.get(currency) ?? null;
}

const NAMES: Readonly<Record<string, readonly string[]>> = {
  CNY: ['人民币', '人民幣', 'rmb', '¥', '元', '圆', 'cn¥', 'cnh', '人民币元'],
  USD: ['美元', '美金', '$', 'us$', 'dollar', 'us dollar'],
  EUR: ['欧元', '歐元', '€', 'euro'],
  GBP: ['英镑', '英鎊', '£', 'pound'],
  JPY: ['日元', '日圆', '日圓', '円', 'jp¥', 'yen'],
  HKD: ['港币', '港幣', '港元', 'hk$'],
  TWD: ['新台币', '新臺幣', '新台幣', '台币', '台幣', '臺幣', 'nt$', 'ntd'],
  MOP: ['澳门元', '澳門元', '澳门币', '葡币', 'mop$'],
  KRW: ['韩元', '韓元', '韩币', '₩', 'won'],
  SGD: ['新加坡元', '新币', '坡币', 's$'],
  AUD: ['澳元', '澳大利亚元', 'a$'],
  CAD: ['加元', '加拿大元', 'c$', 'ca$'],
  CHF: ['瑞士法郎', '瑞郎'],
  THB: ['泰铢', '泰銖', '฿'],
  RUB: ['卢布', '盧布', '俄罗斯卢布', '₽'],
  INR: ['卢比', '印度卢比', '₹'],
  VND: ['越南盾', '₫'],
};

const byName = new Map<string, string>(
  Object.entries(NAMES).flatMap(([code, names]) => names.map((name): [string, string] => [name, code])),
);

/** The ISO 4217 code that a cell means: a code in any case, a Chinese or English name, a sign (`¥` is CNY, `$` is USD). */
export function parseCurrency(text: string): Parsed<string> {
  const plain = toPlainText(text);
  const upper = plain.toUpperCase();
  if (digits.has(upper)) return { ok: true, value: upper };
  const code = byName.get(plain.toLowerCase().replace(/\s+/g, ' '));
  if (code !== undefined) return { ok: true, value: code };
  return { ok: false, code: 'tabular.currency_unknown', params: { text: text.slice(0, 60) } };
}

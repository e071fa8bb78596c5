import { isCurrency } from '@kezi/contract/currencies';
import type { Parsed } from '../tabular-row.js';
import { toPlainText } from './plain-text.js';

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
  if (isCurrency(upper)) return { ok: true, value: upper };
  const code = byName.get(plain.toLowerCase().replace(/\s+/g, ' '));
  if (code !== undefined) return { ok: true, value: code };
  return { ok: false, code: 'tabular.currency_unknown', params: { text: text.slice(0, 60) } };
}

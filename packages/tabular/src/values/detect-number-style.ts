import { parseDecimal, type NumberStyle } from './parse-decimal.js';
import { toPlainText } from './plain-text.js';

export type NumberDetection =
  | { outcome: 'one'; style: NumberStyle }
  /** '1,234' alone may be a thousand or one and a bit: ask. The first candidate is the likelier. */
  | { outcome: 'ambiguous'; candidates: NumberStyle[] }
  | { outcome: 'none'; example: string };

const STYLES: readonly Omit<NumberStyle, 'plain'>[] = [
  { decimal: '.', group: null },
  { decimal: '.', group: ',' },
  { decimal: ',', group: null },
  { decimal: ',', group: '.' },
  { decimal: '.', group: ' ' },
  { decimal: ',', group: ' ' },
  { decimal: '.', group: "'" },
];
const PLAIN = /^-?\d{1,18}(\.\d{1,18})?$/;

/**
 * How a column writes its numbers, from its samples; half of them must be readable. Signs, brackets, currency, 万 do not
 * hinder. Where two styles read every sample and disagree on a value, the outcome is 'ambiguous'.
 */
export function detectNumberStyle(samples: readonly string[]): NumberDetection {
  const texts = [...new Set(samples)].filter((text) => text.trim() !== '');
  const first = texts[0];
  if (first === undefined) return { outcome: 'none', example: '' };
  const plain = texts.every((text) => PLAIN.test(text));
  const fits = STYLES.map((style) => {
    const values = texts.map((text) => valueOf(text, style));
    return { style, values, count: values.filter((value) => value !== null).length };
  });
  const most = Math.max(...fits.map((fit) => fit.count));
  if (most * 2 < texts.length) return { outcome: 'none', example: first };
  const best = fits.filter((fit) => fit.count === most);
  const chosen = best[0];
  if (chosen === undefined) return { outcome: 'none', example: first };
  const rival = best.find((fit) => fit.values.some((value, at) => value !== chosen.values[at]));
  const style: NumberStyle = { ...chosen.style, plain };
  // Thousands by comma are understood even if no sample reached a thousand.
  if (style.decimal === '.' && style.group === null) style.group = ',';
  if (style.decimal === ',' && style.group === null) style.group = '.';
  if (rival === undefined || isMarked(texts)) return { outcome: 'one', style };
  return { outcome: 'ambiguous', candidates: orderOf([style, { ...rival.style, plain: false }]) };
}

function valueOf(text: string, style: Omit<NumberStyle, 'plain'>): string | null {
  const parsed = parseDecimal(text, { ...style, plain: false });
  return parsed.ok ? `${parsed.value.units}/${parsed.value.scale}` : null;
}

/** A Chinese or US currency mark says that the comma groups thousands. */
function isMarked(texts: readonly string[]): boolean {
  return texts.some((text) => /[¥$£元万亿]|RMB|CNY|USD/i.test(toPlainText(text)));
}

function orderOf(candidates: NumberStyle[]): NumberStyle[] {
  return candidates.toSorted((a, b) => Number(b.decimal === '.') - Number(a.decimal === '.'));
}

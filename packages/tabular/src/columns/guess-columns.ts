import type { ImportKind } from '@kezi/contract';

import { detectDateFormat } from '../values/detect-date-format.js';
import { parseCurrency } from '../values/currencies.js';
import { PLAIN_NUMBER, parseDecimal } from '../values/parse-decimal.js';
import { toPlainText } from '../values/plain-text.js';
import { CONTACT_FIELDS } from './contact-fields.js';
import { CUSTOMER_FIELDS } from './customer-fields.js';
import type { FieldContent, FieldDefinition } from './field-definition.js';
import { ADDRESS_FIELDS, INTERACTION_FIELDS, NOTE_FIELDS } from './archive-fields.js';
import { CONTRACT_FIELDS, PAYMENT_FIELDS, RECEIVABLE_FIELDS } from './money-record-fields.js';
import { ORDER_FIELDS } from './order-fields.js';
import { PRODUCT_FIELDS } from './product-fields.js';

export const FIELDS: Readonly<Record<ImportKind, readonly FieldDefinition[]>> = {
  orders: ORDER_FIELDS,
  customers: CUSTOMER_FIELDS,
  products: PRODUCT_FIELDS,
  contacts: CONTACT_FIELDS,
  addresses: ADDRESS_FIELDS,
  interactions: INTERACTION_FIELDS,
  notes: NOTE_FIELDS,
  contracts: CONTRACT_FIELDS,
  receivables: RECEIVABLE_FIELDS,
  payments: PAYMENT_FIELDS,
};

/** A field that a column is taken for, with how sure that is (0 to 1) and why. */
export interface ColumnGuess {
  index: number;
  field: string;
  confidence: number;
  /** header: the header is a known name · header-part: it holds one · content: its cells look so · position: where it stands. */
  why: 'header' | 'header-part' | 'content' | 'position';
  /** The known name, or what was seen. */
  matched: string;
}

/** What the cells of a column look like. */
interface ColumnContent {
  filled: number;
  dates: boolean;
  /** Nearly all cells are numbers. */
  numbers: boolean;
  /** Part of the filled cells that are numbers. */
  numberShare: number;
  wholeNumbers: boolean;
  distinct: number;
  currency: boolean;
}

/** A header for comparing: half-width, lower case, without blanks, signs and what stands in brackets, such as 金额(元). */
export function headerKey(header: string): string {
  const plain = toPlainText(header).toLowerCase();
  const bare = plain.replace(/[([{【《<][^)\]}】》>]*[)\]}】》>]/g, '');
  return (/[\p{L}\p{N}]/u.test(bare) ? bare : plain).replace(/[^\p{L}\p{N}]+/gu, '');
}

/**
 * Takes columns for fields: first by header (a known name, then one that holds a known name), each checked against the
 * cells, so that a column of words is no date; then, for required fields that are still missing and where there is no
 * header, by the cells and where they stand. A column is at most one field, a field at most one column.
 */
export function guessColumns(
  headers: readonly string[] | null,
  sampleRows: readonly (readonly string[])[],
  kind: ImportKind,
): ColumnGuess[] {
  const fields = FIELDS[kind];
  const width = headers?.length ?? Math.max(0, ...sampleRows.map((row) => row.length));
  const contents = Array.from({ length: width }, (_, index) =>
    describeColumn(sampleRows.map((row) => row[index] ?? '')),
  );
  const offers = headers === null ? [] : headers.flatMap((header, index) => offersOf(header, index, fields));
  const fitting = offers.filter((offer) => suits(contents[offer.index], offer));
  fitting.sort((a, b) => b.confidence - a.confidence || a.rank - b.rank || a.index - b.index);
  const guesses: ColumnGuess[] = [];
  for (const offer of fitting) {
    if (guesses.some((guess) => guess.index === offer.index || guess.field === offer.field)) continue;
    const { index, field, confidence, why, matched } = offer;
    guesses.push({ index, field, confidence, why, matched });
  }
  if (kind === 'orders') {
    nameStandsForId(guesses);
    guessByContent(guesses, contents, headers === null);
  }
  return guesses.sort((a, b) => a.index - b.index);
}

interface Offer extends ColumnGuess {
  content: FieldContent;
  rank: number;
}

/** A known name of a field, ready for comparing. */
interface KnownName {
  field: string;
  content: FieldContent;
  name: string;
  key: string;
  rank: number;
  /** Shorter names are too common inside other words. */
  minPart: number;
}

const knownNames = new Map<readonly FieldDefinition[], readonly KnownName[]>();

function namesOf(fields: readonly FieldDefinition[]): readonly KnownName[] {
  const ready = knownNames.get(fields);
  if (ready !== undefined) return ready;
  const made = fields.flatMap((field) => {
    const known = (minPart: number) => (name: string, rank: number) => ({
      field: field.name,
      content: field.content,
      name,
      key: headerKey(name),
      rank,
      minPart,
    });
    return [...field.zh.map(known(2)), ...field.en.map(known(4))];
  });
  knownNames.set(fields, made);
  return made;
}

function offersOf(header: string, index: number, fields: readonly FieldDefinition[]): Offer[] {
  const key = headerKey(header);
  if (key === '') return [];
  const offers: Offer[] = [];
  for (const known of namesOf(fields)) {
    const base = { index, field: known.field, content: known.content, rank: known.rank, matched: known.name };
    if (known.key === key) {
      offers.push({ ...base, confidence: 0.98 - Math.min(known.rank, 30) * 0.003, why: 'header' });
    } else if (known.key.length >= known.minPart && key.includes(known.key)) {
      const share = known.key.length / key.length;
      if (share >= 0.4) offers.push({ ...base, confidence: 0.45 + 0.35 * share, why: 'header-part' });
    }
  }
  return offers;
}

/** Looks at the cells of one column. Half of the filled cells may be odd for dates, 1 in 10 for numbers. */
export function describeColumn(cells: readonly string[]): ColumnContent {
  const filled = cells.filter((cell) => cell.trim() !== '');
  const numbers = filled.filter(
    (cell) => parseDecimal(cell, PLAIN_NUMBER).ok || parseDecimal(cell, COMMA).ok,
  ).length;
  const whole = filled.filter((cell) => /^-?\d+$/.test(cell.trim())).length;
  const dates = filled.length > 0 && detectDateFormat(filled).outcome !== 'none';
  return {
    filled: filled.length,
    dates,
    numbers: filled.length > 0 && numbers >= filled.length * 0.9,
    numberShare: filled.length === 0 ? 0 : numbers / filled.length,
    wholeNumbers: filled.length > 0 && whole >= filled.length * 0.9,
    distinct: new Set(filled).size,
    currency: filled.length > 0 && filled.every((cell) => parseCurrency(cell).ok),
  };
}

const COMMA = { decimal: ',', group: '.', plain: false } as const;

/**
 * Numbers that a header of exactly that name promises are believed where half of the cells are (as for days, and as for the
 * way in which they are written): a few bad cells of a short file are rows to be mended. Any other header needs nearly all.
 */
function suits(content: ColumnContent | undefined, { content: wanted, why }: Offer): boolean {
  if (content === undefined || content.filled === 0) return true;
  if (wanted === 'date') return content.dates;
  if (wanted !== 'money' && wanted !== 'decimal') return true;
  return content.numbers || (why === 'header' && content.numberShare >= 0.5);
}

/** Orders that carry a customer's name and no number: the name is the key then. */
function nameStandsForId(guesses: ColumnGuess[]): void {
  if (guesses.some((guess) => guess.field === 'customerId')) return;
  const name = guesses.find((guess) => guess.field === 'customerName');
  if (name === undefined) return;
  name.field = 'customerId';
  name.confidence = Math.min(name.confidence, 0.7);
}

/** Required fields still missing: the first column of days, then ids in front of it and numbers behind it. */
function guessByContent(guesses: ColumnGuess[], contents: readonly ColumnContent[], headless: boolean): void {
  const taken = (index: number) => guesses.some((guess) => guess.index === index);
  const has = (field: string) => guesses.some((guess) => guess.field === field);
  const add = (
    index: number,
    field: string,
    confidence: number,
    why: ColumnGuess['why'],
    matched: string,
  ) => {
    if (index !== -1 && !has(field)) guesses.push({ index, field, confidence, why, matched });
  };
  const find = (test: (content: ColumnContent, index: number) => boolean) =>
    contents.findIndex((content, index) => !taken(index) && content.filled > 0 && test(content, index));
  if (!has('orderDate')) {
    const textual = find((content) => content.dates && !content.numbers);
    const date = textual === -1 && headless ? find((content) => content.dates) : textual;
    add(date, 'orderDate', textual === -1 ? 0.5 : 0.7, 'content', 'date');
  }
  if (!headless) return;
  if (!has('customerId')) {
    const first = find((content) => !content.dates || content.wholeNumbers);
    add(first, 'customerId', 0.4, 'position', '1');
  }
  if (!has('amount')) {
    const last = contents.findLastIndex((content, index) => !taken(index) && content.numbers);
    add(last, 'amount', contents[last]?.wholeNumbers === false ? 0.5 : 0.35, 'position', String(last + 1));
  }
}

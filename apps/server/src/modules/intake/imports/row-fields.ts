import type { ImportMapping } from '@kezi/contract';
import { minorDigits } from '@kezi/contract/currencies';
import type { ErrorCode, ErrorParams } from '@kezi/contract/errors';
import {
  parseCurrency,
  parseDate,
  parseDecimal,
  parseMoment,
  parseMoney,
  plainMinor,
  powerOfTen,
  type DateFormatName,
  type Decimal,
  type NumberStyle,
} from '@kezi/tabular';
import type { ExchangeRates } from './exchange-rates.rules.js';
import type { RowRefusal } from './row-refusal.js';

interface RowFieldsOptions {
  /** Field to column, counted from 1. */
  columns: ImportMapping['columns'];
  /** Tried in this order; more than one where the column mixes formats that cannot be taken for each other. */
  dateFormats: readonly DateFormatName[];
  numberStyle: NumberStyle;
  /** Of rows that do not say. */
  currency: string;
  timeZone: string;
  rates: ExchangeRates;
}

/** Days repeat from row to row; 20,000 texts are more than 50 years of days. */
const mostKnownDays = 20_000;
/** 100 billion in a currency with two digits: whoever means it writes several lines. */
const mostMinor = 10 ** 13;
const mostQuantity = 10n ** 12n;
/** Whole and below the most, as most quantities are. */
const plainInteger = /^-?[1-9]\d{0,11}$/;
const controlCharacter = /(?![\t\n\r])\p{Cc}/u;
const customPrefix = 'custom:';

function textOf({ units, scale }: Decimal): string {
  if (scale === 0) return units.toString();
  const size = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  return `${units < 0n ? '-' : ''}${size.slice(0, -scale)}.${size.slice(-scale)}`;
}

/** Signs of ASCII without blanks, as nearly all numbers and codes are. Asked of every cell: a loop costs a fifth of a pattern. */
function isVisible(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 0x21 || code > 0x7e) return false;
  }
  return true;
}

/**
 * The fields of one row at a time, as values. Nothing throws for a bad cell: the first one is kept as `refusal`, and the
 * value is null. An empty cell is null too, and no refusal, unless the field is asked for with `required`.
 */
export class RowFields {
  refusal: RowRefusal | null = null;
  readonly baseCurrency: string;
  readonly rates: ExchangeRates;
  /** Free fields with their columns. */
  readonly custom: readonly { name: string; index: number }[];
  private cells: readonly string[] = [];
  private readonly indexes: ReadonlyMap<string, number>;
  private readonly days = new Map<string, string>();

  constructor(private readonly options: RowFieldsOptions) {
    this.rates = options.rates;
    this.baseCurrency = options.rates.baseCurrency;
    const entries = Object.entries(options.columns).map(([field, column]) => [field, column - 1] as const);
    this.indexes = new Map(entries);
    this.custom = entries
      .filter(([field]) => field.startsWith(customPrefix))
      .map(([field, index]) => ({ name: field.slice(customPrefix.length), index }));
  }

  /** Goes to a row. */
  open(cells: readonly string[]): void {
    this.cells = cells;
    this.refusal = null;
  }

  has(field: string): boolean {
    return this.indexes.has(field);
  }

  refuse(field: string, code: ErrorCode, params: ErrorParams = {}): null {
    this.refusal ??= { field, code, params };
    return null;
  }

  /** Names what the cell may hold: each choice in Chinese, then its code. */
  refuseChoice(field: string, text: string, words: Readonly<Record<string, readonly string[]>>): null {
    const choices = Object.entries(words).map(([code, [word]]) => `${word ?? ''} ${code}`.trim());
    return this.refuse(field, 'imports.choice_unknown', { text, choices: choices.join(' · ') });
  }

  required<Value>(field: string, value: Value | null): Value | null {
    if (value !== null) return value;
    return this.refuse(field, 'imports.value_missing', { field });
  }

  /** Text with outer blanks cut off. */
  text(field: string, longest: number): string | null {
    const index = this.indexes.get(field);
    return index === undefined ? null : this.textAt(field, index, longest);
  }

  textAt(field: string, index: number, longest: number): string | null {
    const text = (this.cells[index] ?? '').trim();
    if (text === '') return null;
    if (text.length > longest) {
      return this.refuse(field, 'imports.text_too_long', { field, length: text.length, longest });
    }
    if (!isVisible(text) && controlCharacter.test(text))
      return this.refuse(field, 'imports.control_character', { field });
    return text;
  }

  /**
   * A number or code that names a record. Width and blanks make no difference ('Ｃ０１ ' is 'C01', runs of blanks are one);
   * upper and lower case do.
   */
  id(field: string): string | null {
    const text = this.text(field, 200);
    if (text === null || isVisible(text)) return text;
    const plain = text
      .normalize('NFKC')
      .replace(/[\s\u200B-\u200D\u2060\uFEFF]+/gu, ' ')
      .trim();
    return plain === '' ? null : plain;
  }

  /** yyyy-mm-dd in the organisation's time zone. */
  day(field: string): string | null {
    const text = this.raw(field);
    if (text === '') return null;
    const known = this.days.get(text);
    if (known !== undefined) return known;
    let bad: { code: ErrorCode; params: ErrorParams } = { code: 'imports.value_missing', params: { field } };
    for (const format of this.options.dateFormats) {
      const parsed = parseDate(text, format, this.options.timeZone);
      if (parsed.ok) {
        if (this.days.size >= mostKnownDays) this.days.clear();
        this.days.set(text, parsed.value);
        return parsed.value;
      }
      // The format that fits, with a day that does not exist, says more than one that does not fit at all.
      if (bad.code === 'imports.value_missing' || bad.code === 'tabular.date_unreadable') bad = parsed;
    }
    return this.refuse(field, bad.code, bad.params);
  }

  /** The moment, ISO 8601 in UTC; the first of the day where no hour is written. */
  moment(field: string): string | null {
    if (this.day(field) === null) return null;
    const text = this.raw(field);
    for (const format of this.options.dateFormats) {
      const parsed = parseMoment(text, format, this.options.timeZone);
      if (parsed.ok) return new Date(parsed.value).toISOString();
    }
    return null;
  }

  /** The text of `decimal` in plain digits. */
  decimalText(field: string): string | null {
    const text = this.raw(field);
    if (plainInteger.test(text)) return text;
    const decimal = this.decimal(field);
    return decimal === null ? null : textOf(decimal);
  }

  decimal(field: string): Decimal | null {
    const text = this.raw(field);
    if (text === '') return null;
    const parsed = parseDecimal(text, this.options.numberStyle);
    if (!parsed.ok) return this.refuse(field, parsed.code, parsed.params);
    const { units, scale } = parsed.value;
    const limit = mostQuantity * powerOfTen(scale);
    if (units >= limit || units <= -limit) return this.refuse(field, 'imports.number_absurd', { text });
    return parsed.value;
  }

  /** Minor units of the currency; what is sane is exact as a number. */
  money(field: string, currency: string): number | null {
    const text = this.raw(field);
    if (text === '') return null;
    const plain = this.options.numberStyle.decimal === '.' ? plainMinor(text, minorDigits(currency)) : null;
    if (plain !== null) return this.sane(field, plain, text);
    const parsed = parseMoney(text, this.options.numberStyle, { currency });
    if (!parsed.ok) return this.refuse(field, parsed.code, parsed.params);
    return this.sane(field, Number(parsed.value), text);
  }

  /** Refuses an amount that no order line has. */
  sane(field: string, amountMinor: number, text: string): number | null {
    if (amountMinor < mostMinor && amountMinor > -mostMinor) return amountMinor;
    return this.refuse(field, 'imports.number_absurd', { text: text.slice(0, 60) });
  }

  /** ISO code; the batch's own currency where the cell is empty. */
  currency(field: string): string | null {
    const text = this.raw(field);
    if (text === '' || text === this.options.currency) return this.options.currency;
    const parsed = parseCurrency(text);
    return parsed.ok ? parsed.value : this.refuse(field, parsed.code, parsed.params);
  }

  private raw(field: string): string {
    const index = this.indexes.get(field);
    return index === undefined ? '' : (this.cells[index] ?? '').trim();
  }
}

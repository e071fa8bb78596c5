import { describe, expect, it } from 'vitest';
import { numberStyleOf } from './column-values.rules.js';
import { ExchangeRates } from './exchange-rates.rules.js';
import { RowFields } from './row-fields.js';

function fieldsOf(cells: string[], style = '1,234.56') {
  const fields = new RowFields({
    columns: Object.fromEntries(cells.map((_, index) => [`column${index}`, index + 1])),
    dateFormats: ['iso'],
    numberStyle: numberStyleOf(style),
    currency: 'CNY',
    timeZone: 'Asia/Shanghai',
    rates: new ExchangeRates('CNY', []),
  });
  fields.open(cells);
  return fields;
}

describe('a decimal as text', () => {
  it.each([
    ['7', '7'],
    ['-12', '-12'],
    ['123.45', '123.45'],
    ['-0.005', '-0.005'],
    ['1,234.50', '1234.5'],
    ['007', '7'],
    ['１２', '12'],
    ['', null],
  ])('%s is %s', (cell, text) => {
    const fields = fieldsOf([cell]);
    expect([fields.decimalText('column0'), fields.refusal]).toEqual([text, null]);
  });

  it('refuses what is no number and what is absurd', () => {
    for (const [cell, code] of [
      ['many', 'tabular.number_unreadable'],
      ['1000000000000', 'imports.number_absurd'],
    ] as const) {
      const fields = fieldsOf([cell]);
      expect([fields.decimalText('column0'), fields.refusal?.code]).toEqual([null, code]);
    }
  });
});

describe('an amount', () => {
  it.each([
    ['CNY', '12.5', 1250],
    ['CNY', '-0.01', -1],
    ['CNY', '1,234.56', 123_456],
    ['CNY', '3万', 3_000_000],
    ['CNY', '99,999,999,999.99', 9_999_999_999_999],
    ['JPY', '12', 12],
    ['JPY', '12.0', 12],
    ['KWD', '1.234', 1234],
  ])('in %s written %s', (currency, cell, minor) => {
    const fields = fieldsOf([cell]);
    expect([fields.money('column0', currency), fields.refusal]).toEqual([minor, null]);
  });

  it('is read by the style of its column', () => {
    expect(fieldsOf(['1.234'], '1.234,56').money('column0', 'CNY')).toBe(123_400);
    expect(fieldsOf(['1.234'], '1,234.56').money('column0', 'KWD')).toBe(1234);
  });

  it.each([
    ['0.001', 'tabular.money_too_precise'],
    ['100000000000', 'imports.number_absurd'],
    ['-100000000000.00', 'imports.number_absurd'],
    ['999999999999999', 'imports.number_absurd'],
    ['1.2.3', 'tabular.number_unreadable'],
    ['5.', null],
  ])('written %s is refused as %s', (cell, code) => {
    const fields = fieldsOf([cell]);
    fields.money('column0', 'CNY');
    expect(fields.refusal?.code ?? null).toBe(code);
  });
});

import { minorDigits } from '@kezi/contract/currencies';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parseCurrency } from './currencies.js';
import { detectNumberStyle } from './detect-number-style.js';
import { parseDecimal, PLAIN_NUMBER, type NumberStyle } from './parse-decimal.js';
import { lineAmountMinor, parseMoney, plainMinor } from './parse-money.js';

const POINT = PLAIN_NUMBER;
const COMMA: NumberStyle = { decimal: ',', group: '.', plain: false };
const SPACE: NumberStyle = { decimal: ',', group: ' ', plain: false };
const SWISS: NumberStyle = { decimal: '.', group: "'", plain: false };

const good: readonly [string, NumberStyle, bigint][] = [
  ['0', POINT, 0n],
  ['-0', POINT, 0n],
  ['1', POINT, 100n],
  ['1.5', POINT, 150n],
  ['.5', POINT, 50n],
  ['5.', POINT, 500n],
  ['+12.30', POINT, 1230n],
  ['-12.30', POINT, -1230n],
  ['1,234.56', POINT, 123_456n],
  ['1,234,567', POINT, 123_456_700n],
  ['1.234,56', COMMA, 123_456n],
  ['1 234,56', SPACE, 123_456n],
  ['1\u00A0234,56', SPACE, 123_456n],
  ["1'234.56", SWISS, 123_456n],
  ['￥1,234', POINT, 123_400n],
  ['¥ 1,234.50', POINT, 123_450n],
  ['$-5.25', POINT, -525n],
  ['-$5.25', POINT, -525n],
  ['RMB 88', POINT, 8800n],
  ['88元', POINT, 8800n],
  ['88.80 元', POINT, 8880n],
  ['100元整', POINT, 10_000n],
  ['（500）', POINT, -50_000n],
  ['(1,234.56)', POINT, -123_456n],
  ['(¥500)', POINT, -50_000n],
  ['100.00-', POINT, -10_000n],
  ['−7', POINT, -700n],
  ['１２３．４５', POINT, 12_345n],
  ['－１２', POINT, -1200n],
  ['1万', POINT, 1_000_000n],
  ['1.5万元', POINT, 1_500_000n],
  ['1.23456789万', POINT, 1_234_568n],
  ['2亿', POINT, 20_000_000_000n],
  ['3百万', POINT, 300_000_000n],
  ['1,5萬', COMMA, 1_500_000n],
  ['12.3400', POINT, 1234n],
  ['0001.10', POINT, 110n],
  ['9999999999999999.99', POINT, 999_999_999_999_999_999n],
];

const bad: readonly [string, NumberStyle, string][] = [
  ['', POINT, 'tabular.number_empty'],
  ['  ', POINT, 'tabular.number_empty'],
  ['NaN', POINT, 'tabular.number_not_finite'],
  ['-Infinity', POINT, 'tabular.number_not_finite'],
  ['inf', POINT, 'tabular.number_not_finite'],
  ['1e309', POINT, 'tabular.number_scientific'],
  ['1.5E+04', POINT, 'tabular.number_scientific'],
  ['12345678901234567890', POINT, 'tabular.number_too_long'],
  ['1234567890123456789', POINT, 'tabular.number_too_long'],
  ['0.1234567890123456789', POINT, 'tabular.number_too_long'],
  ['99999999999999999.99', POINT, 'tabular.number_too_long'],
  ['99999999999亿', POINT, 'tabular.number_too_long'],
  ['1.239', POINT, 'tabular.money_too_precise'],
  ['0.001', POINT, 'tabular.money_too_precise'],
  ['abc', POINT, 'tabular.number_unreadable'],
  ['-', POINT, 'tabular.number_unreadable'],
  ['.', POINT, 'tabular.number_unreadable'],
  [',', POINT, 'tabular.number_unreadable'],
  ['1,2345', POINT, 'tabular.number_unreadable'],
  ['1,23,456', POINT, 'tabular.number_unreadable'],
  [',123', POINT, 'tabular.number_unreadable'],
  ['1.234.567', POINT, 'tabular.number_unreadable'],
  ['1.234,56', POINT, 'tabular.number_unreadable'],
  ['1,234.56', COMMA, 'tabular.number_unreadable'],
  ['--5', POINT, 'tabular.number_unreadable'],
  ['-5-', POINT, 'tabular.number_unreadable'],
  ['(-5)', POINT, 'tabular.number_unreadable'],
  ['(5', POINT, 'tabular.number_unreadable'],
  ['5)', POINT, 'tabular.number_unreadable'],
  ['1 2', POINT, 'tabular.number_unreadable'],
  ['0x10', POINT, 'tabular.number_unreadable'],
  ['12%', POINT, 'tabular.number_unreadable'],
  ['=1+1', POINT, 'tabular.number_unreadable'],
  ['5;drop table', POINT, 'tabular.number_unreadable'],
  ['万', POINT, 'tabular.number_unreadable'],
  ['2024-01-02', POINT, 'tabular.number_unreadable'],
  ['١٢٣', POINT, 'tabular.number_unreadable'],
  ['null', POINT, 'tabular.number_unreadable'],
];

describe('parseMoney', () => {
  it.each(good)('reads %s', (text, style, minor) => {
    const rounding = text.includes('6789') ? 'half-up' : 'reject';
    expect(parseMoney(text, style, { rounding })).toEqual({ ok: true, value: minor });
  });

  it.each(bad)('refuses %s', (text, style, code) => {
    expect(parseMoney(text, style)).toMatchObject({ ok: false, code });
  });

  it('knows the places of currencies', () => {
    expect(parseMoney('1234', POINT, { currency: 'JPY' })).toEqual({ ok: true, value: 1234n });
    expect(parseMoney('1.5', POINT, { currency: 'JPY' })).toMatchObject({
      code: 'tabular.money_too_precise',
    });
    expect(parseMoney('1.234', POINT, { currency: 'KWD' })).toEqual({ ok: true, value: 1234n });
    expect(() => parseMoney('1', POINT, { currency: 'XXZ' })).toThrow('tabular.currency_unknown');
  });

  it('keeps negative amounts out where the field says so', () => {
    expect(parseMoney('-0.01', POINT, { negative: false })).toMatchObject({ code: 'tabular.money_negative' });
    expect(parseMoney('-0.00', POINT, { negative: false })).toEqual({ ok: true, value: 0n });
  });

  it('rounds half away from zero when asked', () => {
    const round = (text: string) => parseMoney(text, POINT, { rounding: 'half-up' });
    expect(round('1.005')).toEqual({ ok: true, value: 101n });
    expect(round('-1.005')).toEqual({ ok: true, value: -101n });
    expect(round('1.00499')).toEqual({ ok: true, value: 100n });
  });

  it('sums random amounts exactly, however they are written', () => {
    const seed = Number(process.env['KEZI_SEED'] ?? Date.now() % 2 ** 31);
    let state = seed;
    const random = (below: number) => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
    const rounds = process.env['KEZI_DRILLS'] === 'long' ? 1_000_000 : 100_000;
    let wanted = 0n;
    let found = 0n;
    for (let round = 0; round < rounds; round += 1) {
      const minor = BigInt(random(2 ** 31)) * BigInt(random(1000)) * (random(4) === 0 ? -1n : 1n);
      const size = minor < 0n ? -minor : minor;
      const whole = String(size / 100n);
      const cents = String(size % 100n).padStart(2, '0');
      const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
      const number = random(2) === 0 ? `${whole}.${cents}` : `${grouped}.${cents}`;
      const text =
        minor < 0n
          ? random(2) === 0
            ? `-${number}`
            : `（${number}）`
          : random(3) === 0
            ? `￥${number}`
            : number;
      const parsed = parseMoney(text);
      if (!parsed.ok) throw new Error(`seed ${seed}: ${text} ${parsed.code}`);
      wanted += minor;
      found += parsed.value;
    }
    expect({ seed, found }).toEqual({ seed, found: wanted });
  }, 120_000);

  it('multiplies quantity and price exactly, then rounds once', () => {
    fc.assert(
      fc.property(fc.bigInt(-999_999n, 999_999n), fc.bigInt(0n, 99_999_999n), (quantity, price) => {
        const amount = lineAmountMinor({ units: quantity, scale: 1 }, { units: price, scale: 4 }, 'CNY');
        const exact = quantity * price;
        const error = amount * 1000n - exact;
        return error <= 500n && error >= -500n;
      }),
    );
    expect(lineAmountMinor({ units: 6n, scale: 0 }, { units: 255n, scale: 2 }, 'CNY')).toBe(1530n);
    expect(lineAmountMinor({ units: -1n, scale: 0 }, { units: 5n, scale: 3 }, 'CNY')).toBe(-1n);
  });
});

describe('parseDecimal', () => {
  it('reads back every number it can hold', () => {
    fc.assert(
      fc.property(
        fc.bigInt(-(10n ** 18n) + 1n, 10n ** 18n - 1n),
        fc.integer({ min: 0, max: 17 }),
        (units, scale) => {
          const size = String(units < 0n ? -units : units).padStart(scale + 1, '0');
          const text = `${units < 0n ? '-' : ''}${size.slice(0, size.length - scale)}${scale === 0 ? '' : `.${size.slice(-scale)}`}`;
          const parsed = parseDecimal(text);
          expect(parsed.ok && parsed.value.units * 10n ** BigInt(18 - parsed.value.scale)).toBe(
            units * 10n ** BigInt(18 - scale),
          );
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        for (const style of [POINT, COMMA, SPACE, SWISS]) {
          expect(typeof parseDecimal(text, style).ok).toBe('boolean');
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('detectNumberStyle', () => {
  it.each([
    [['1', '2.5', '-3'], { decimal: '.', plain: true }],
    [['1,234.56', '7'], { decimal: '.', group: ',', plain: false }],
    [['1.234,56', '7'], { decimal: ',', group: '.' }],
    [['1,5', '2,25'], { decimal: ',' }],
    [['1,234,567'], { decimal: '.', group: ',' }],
    [['1 234,56'], { decimal: ',', group: ' ' }],
    [["1'234.50"], { decimal: '.', group: "'" }],
    [['￥1,234', '￥5,678'], { decimal: '.', group: ',' }],
    [['1万', '2.5万'], { decimal: '.' }],
    [['（500）', '12.5'], { decimal: '.', plain: false }],
  ])('%j', (samples, style) => {
    expect(detectNumberStyle(samples)).toMatchObject({ outcome: 'one', style });
  });

  it('asks about 1,234 alone and puts the thousand first', () => {
    const found = detectNumberStyle(['1,234', '5,678']);
    expect(found).toMatchObject({ outcome: 'ambiguous', candidates: [{ decimal: '.' }, { decimal: ',' }] });
  });

  it('finds no numbers in words', () => {
    expect(detectNumberStyle(['a', 'b', '1']).outcome).toBe('none');
    expect(detectNumberStyle([]).outcome).toBe('none');
  });
});

describe('parseCurrency', () => {
  it.each([
    ['cny', 'CNY'],
    ['人民币', 'CNY'],
    ['RMB', 'CNY'],
    ['￥', 'CNY'],
    ['美元', 'USD'],
    ['US$', 'USD'],
    ['新台幣', 'TWD'],
    ['日元', 'JPY'],
    [' ＥＵＲ ', 'EUR'],
  ])('%s is %s', (text, code) => {
    expect(parseCurrency(text)).toEqual({ ok: true, value: code });
  });

  it('does not guess at others', () => {
    expect(parseCurrency('比特币')).toMatchObject({ ok: false, code: 'tabular.currency_unknown' });
    expect(parseCurrency('')).toMatchObject({ ok: false });
  });
});

describe('an amount written plainly', () => {
  it.each([
    ['0', 2, 0],
    ['-0.00', 2, 0],
    ['12', 0, 12],
    ['12.3', 2, 1230],
    ['-999999999.99', 2, null],
    ['-99999999.99', 2, -9_999_999_999],
    ['999999999999', 3, 999_999_999_999_000],
    ['1.234', 3, 1234],
    ['1.234', 2, null],
    ['1.50', 1, null],
    ['-', 2, null],
    ['', 2, null],
    ['.5', 2, null],
    ['5.', 2, null],
    ['1.2.3', 2, null],
    ['+5', 2, null],
    ['1,234', 2, null],
    ['１２', 2, null],
  ])('%s with %i digits is %s', (text, digits, minor) => expect(plainMinor(text, digits)).toBe(minor));

  it('is what the patient reading says, or is left to it', () => {
    const texts = fc.oneof(
      fc.stringMatching(/^-?[0-9]{1,12}(\.[0-9]{0,4})?$/),
      fc.stringMatching(/^[-+.,0-9 e]{0,14}$/),
    );
    fc.assert(
      fc.property(texts, fc.constantFrom('CNY', 'JPY', 'KWD'), (text, currency) => {
        const minor = plainMinor(text, minorDigits(currency));
        if (minor === null) return;
        expect(parseMoney(text, POINT, { currency })).toEqual({ ok: true, value: BigInt(minor) });
      }),
    );
  });
});

import { expect, it } from 'vitest';
import { currencies, isCurrency, minorDigits } from './currencies.js';

it.each([
  ['CNY', 2],
  ['JPY', 0],
  ['KWD', 3],
  // Shops print none; the currency has two.
  ['IDR', 2],
  ['HUF', 2],
  ['XXZ', 2],
])('%s has %i digits behind the point', (currency, digits) => {
  expect(minorDigits(currency)).toBe(digits);
});

it('knows codes in use, in capitals', () => {
  expect(isCurrency('CNY')).toBe(true);
  expect(isCurrency('cny')).toBe(false);
  expect(isCurrency('XXZ')).toBe(false);
  expect(new Set(currencies).size).toBe(currencies.length);
});

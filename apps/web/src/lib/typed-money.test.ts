import { expect, it } from 'vitest';
import { minorOfTyped, typedOfMinor } from './typed-money.js';

it.each([
  ['1205.5', 'CNY', 120550],
  ['１，２０５．５０', 'CNY', 120550],
  ['1,205', 'JPY', 1205],
  ['0', 'CNY', 0],
  ['10万', 'CNY', 10_000_000],
  ['0.12055 万', 'CNY', 120550],
  ['１.５亿', 'CNY', 15_000_000_000],
  ['1.2k', 'USD', 120_000],
  ['3M', 'JPY', 3_000_000],
  ['0.1234567万', 'CNY', null],
  ['十万', 'CNY', null],
  ['1万亿', 'CNY', null],
  ['万', 'CNY', null],
  ['12.345', 'CNY', null],
  ['12.5', 'JPY', null],
  ['-3', 'CNY', null],
  ['1e5', 'CNY', null],
  ['', 'CNY', null],
  ['99999999999999999', 'CNY', null],
])('%s of %s is %s', (typed, currency, minor) => {
  expect(minorOfTyped(typed, currency)).toBe(minor);
});

it('comes back as it was typed', () => {
  for (const minor of [0, 5, 120550]) expect(minorOfTyped(typedOfMinor(minor, 'CNY'), 'CNY')).toBe(minor);
  expect(typedOfMinor(null, 'CNY')).toBe('');
  expect(typedOfMinor(5, 'JPY')).toBe('5');
});

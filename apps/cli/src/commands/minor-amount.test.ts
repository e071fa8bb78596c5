import { expect, it } from 'vitest';
import { amountOf } from './minor-amount.js';

it.each([
  [123_450, 'CNY', '¥1,234.50'],
  [1234, 'JPY', 'JP¥1,234'],
  [123_450, 'HUF', 'HUF\u00a01,234.50'],
])('%i of %s is %s', (minor, currency, text) => {
  expect(amountOf(minor, currency, 'zh-CN')).toBe(text);
});

import { expect, it } from 'vitest';
import { addLine, emptyPart } from './import-orders.window.js';

const input = {
  orderKey: 'n:A',
  orderNo: 'A',
  customerNo: 'C',
  customerName: null,
  region: null,
  orderedOn: '2026-01-05',
  currency: 'CNY',
  quantity: null,
  amountMinor: 0,
  baseAmountMinor: 0,
  baseMarginMinor: null,
  productNo: null,
  productName: null,
  category: null,
};
const row = { line: 2, cells: [] };
const most = Number.MAX_SAFE_INTEGER;

it('the sum of an order is exact to the cent, and a line that would make it inexact is refused', () => {
  const part = emptyPart(input);
  const add = (amountMinor: number) =>
    addLine(part, { input: { ...input, amountMinor, baseAmountMinor: amountMinor }, row });
  expect(add(most - 7)).toBeNull();
  expect(add(7)).toBeNull();
  expect(add(1)).toMatchObject({ field: 'amount', code: 'imports.number_absurd' });
  expect([part.amountMinor, part.lines]).toEqual([most, 2]);
  expect(add(-7)).toBeNull();
  expect(BigInt(part.amountMinor)).toBe(BigInt(most) - 7n);
});

import { describe, expect, it } from 'vitest';
import { arrayBytes } from '../../../platform/db/unnest.js';
import { openFields } from '../../intake/imports/read-windows.js';
import { addLine, emptyPart, readOrderWindow, refuseParts } from './import-orders.window.js';

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

describe('a window of orders', () => {
  const columns = { orderId: 1, customerId: 2, orderDate: 3, amount: 4, quantity: 5, productId: 6 };
  const fields = openFields({
    mapping: { columns, dateFormat: 'iso' },
    baseCurrency: 'CNY',
    timeZone: 'Asia/Shanghai',
    rates: [],
  });
  const rows = [
    ['A', 'C1', '2026-01-05', '1.50', '1', 'P1', 'first'],
    ['B', 'C2', '2026-01-06', '-2', '-1', '', ''],
    ['A', 'C2', '2026-01-05', '9', '', '', 'of another customer'],
    ['A', 'C1', '2026-01-04', '3', '', 'P2', '甲\t'],
    ['B', 'C2', 'tomorrow', '3', '', '', ''],
  ].map((cells, at) => ({ line: at + 2, cells }));
  const { content, refused } = readOrderWindow(fields, rows);

  it('has the sums of its orders, and their lines as arrays of PostgreSQL', () => {
    expect(content.parts).toMatchObject([
      { orderKey: 'n:A', orderedOn: '2026-01-04', amountMinor: 450, lines: 2, returns: 0 },
      { orderKey: 'n:B', orderedOn: '2026-01-06', amountMinor: -200, lines: 1, returns: 1 },
    ]);
    expect(content.lines.quantity).toBe('{1,-1,NULL}');
    expect(content.lines.arrays).toEqual({
      part: arrayBytes('int', [0, 1, 0]),
      nth: arrayBytes('int', [1, 1, 2]),
      amount: arrayBytes('bigint', [150, -200, 300]),
      baseAmount: null,
      baseMargin: arrayBytes('bigint', [null, null, null]),
    });
    expect(content.products.map(({ productNo }) => productNo)).toEqual(['P1', 'P2']);
    expect([...content.lines.product]).toEqual([0, -1, 1]);
    expect(refused.map(({ row, code }) => [row.line, code])).toEqual([
      [4, 'imports.order_of_two_customers'],
      [6, 'tabular.date_unreadable'],
    ]);
  });

  it('has the amounts in the base currency as soon as one differs', () => {
    const foreign = openFields({
      mapping: { columns: { ...columns, currency: 7 }, dateFormat: 'iso' },
      baseCurrency: 'CNY',
      timeZone: 'Asia/Shanghai',
      rates: [{ currency: 'USD', validFrom: '2000-01-01', rate: '7' }],
    });
    const lines = ['', 'USD'].map((currency, at) => ({
      line: at + 2,
      cells: [`O${at}`, 'C1', '2026-01-05', '1.50', '', '', currency],
    }));
    const { arrays } = readOrderWindow(foreign, lines).content.lines;
    expect(arrays.amount).toEqual(arrayBytes('bigint', [150, 150]));
    expect(arrays.baseAmount).toEqual(arrayBytes('bigint', [150, 1050]));
  });

  it('knows the rows of an order that is refused later, as they stood in the file', () => {
    const refusal = { part: 0, field: 'orderId', code: 'imports.order_not_available', params: {} } as const;
    const late = refuseParts(structuredClone(content), [refusal]);
    expect(late.map(({ row, code }) => [row, code])).toEqual([
      [rows[0], 'imports.order_not_available'],
      [rows[3], 'imports.order_not_available'],
    ]);
  });
});

it('an order whose only line is refused for its size is no order', () => {
  const fields = openFields({
    mapping: { columns: { orderId: 1, customerId: 2, orderDate: 3, amount: 4, margin: 5, currency: 6 } },
    baseCurrency: 'CNY',
    timeZone: 'Asia/Shanghai',
    rates: [{ currency: 'USD', validFrom: '2020-01-01', rate: '7000.0000000000' }],
  });
  // The amount is sane, and the margin too until it is turned into the base currency.
  const cells = [
    ['A', 'C1', '2026-01-05', '1', '99999999999', 'USD'],
    ['B', 'C1', '2026-01-05', '1', '1', 'USD'],
  ];
  const { content, refused } = readOrderWindow(
    fields,
    cells.map((each, at) => ({ line: at + 2, cells: each })),
  );
  expect(refused.map(({ row: { line }, code }) => [line, code])).toEqual([[2, 'imports.number_absurd']]);
  expect(content.parts).toMatchObject([{ orderKey: 'n:B', lines: 1 }]);
  expect(content.lines.arrays.part).toEqual(arrayBytes('int', [0]));
});

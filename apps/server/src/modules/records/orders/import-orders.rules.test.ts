import { describe, expect, it } from 'vitest';
import { contentHash, contentOf, lineHash, missingOrderFields, orderKeyOf } from './import-orders.rules.js';

const line = {
  orderKey: 'n:A',
  orderNo: 'A',
  customerNo: 'C',
  customerName: null,
  region: null,
  orderedOn: '2026-01-05',
  currency: 'CNY',
  quantity: '2',
  amountMinor: 100,
  baseAmountMinor: 100,
  baseMarginMinor: null,
  productNo: 'P',
  productName: null,
  category: null,
};

describe('an order', () => {
  it('is known by its number, else by customer, day and currency', () => {
    expect(orderKeyOf('A', 'C', '2026-01-05', 'CNY')).toBe('n:A');
    expect(orderKeyOf(null, 'C', '2026-01-05', 'CNY')).toBe('d:2026-01-05:CNY:C');
  });

  it('needs a customer, a day, and an amount in one way or the other', () => {
    expect(missingOrderFields(new Set(['customerId', 'orderDate', 'amount']))).toEqual([]);
    expect(missingOrderFields(new Set(['customerId', 'orderDate', 'quantity', 'unitPrice']))).toEqual([]);
    expect(missingOrderFields(new Set(['quantity']))).toHaveLength(3);
  });
});

describe('the hash of lines', () => {
  it('knows every value that is written', () => {
    const changes = [
      { amountMinor: 101 },
      { quantity: '3' },
      { productNo: 'Q' },
      { productNo: null },
      { baseMarginMinor: 0 },
    ];
    const hashes = new Set(
      [line, ...changes.map((change) => ({ ...line, ...change }))].map((one) => lineHash(one).join()),
    );
    expect(hashes.size).toBe(changes.length + 1);
  });

  it('does not repeat among a hundred thousand lines, nor do sums of two', () => {
    const seen = new Set<string>();
    for (let i = 0; i < 100_000; i++)
      seen.add(lineHash({ ...line, amountMinor: i, baseAmountMinor: i }).join());
    expect(seen.size).toBe(100_000);
  });

  it('goes into the database and back', () => {
    const content = {
      customerId: 7,
      orderedOn: '2026-01-05',
      currency: 'CNY',
      lines: 3,
      hashA: 5e9,
      hashB: 1,
    };
    expect(contentHash(content)).toBe('7:2026-01-05:CNY:3:5000000000:1');
    expect(contentOf(contentHash(content))).toEqual(content);
  });
});

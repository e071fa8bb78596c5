import { describe, expect, it } from 'vitest';
import { allocateAsWanted, allocateInOrder, type OpenReceivable } from './payments.rules.js';

const open = (receivableId: number, openMinor: number, currency = 'CNY'): OpenReceivable => ({
  receivableId,
  openMinor,
  currency,
  title: `R${receivableId}`,
});

describe('a payment', () => {
  it.each([
    [
      100,
      [
        [1, 60],
        [2, 40],
      ],
    ],
    [60, [[1, 60]]],
    [
      500,
      [
        [1, 60],
        [2, 50],
      ],
    ],
  ])('of %i fills what is due first', (amount, expected) => {
    const made = allocateInOrder(amount, [open(1, 60), open(3, 0), open(2, 50)]);
    expect(made.map((one) => [one.receivableId, one.amountMinor])).toEqual(expected);
  });

  const receivables = new Map(
    [open(1, 60), open(2, 50), open(3, 10, 'USD')].map((one) => [one.receivableId, one]),
  );
  const payment = { amountMinor: 100, currency: 'CNY' };

  it('pays what is wanted, each receivable once', () => {
    const wanted = [
      { receivableId: 1, amountMinor: 20 },
      { receivableId: 1, amountMinor: 30 },
      { receivableId: 2, amountMinor: 50 },
    ];
    expect(allocateAsWanted(payment, wanted, receivables)).toEqual([
      { receivableId: 1, amountMinor: 50 },
      { receivableId: 2, amountMinor: 50 },
    ]);
  });

  it.each([
    [[{ receivableId: 9, amountMinor: 1 }], 'payments.receivable_unknown', {}],
    [
      [{ receivableId: 3, amountMinor: 1 }],
      'payments.currency_differs',
      { title: 'R3', wanted: 'USD', currency: 'CNY' },
    ],
    [[{ receivableId: 2, amountMinor: 51 }], 'payments.overpaid', { title: 'R2', open: '0.50 CNY' }],
    [
      [
        { receivableId: 1, amountMinor: 60 },
        { receivableId: 2, amountMinor: 50 },
      ],
      'payments.over_allocated',
      {},
    ],
  ])('refuses %j', (wanted, code, params) => {
    expect(() => allocateAsWanted(payment, wanted, receivables)).toThrow(
      expect.objectContaining({ code, params }),
    );
  });
});

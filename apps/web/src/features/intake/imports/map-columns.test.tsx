import type { ImportColumn } from '@kezi/contract';
import { describe, expect, it } from 'vitest';
import { choiceOf, columnsPatch, guessState, missingNeeds, ownField, withChoice } from './map-columns.js';

const columns = { orderId: 1, orderDate: 4, amount: 6, 'custom:渠道': 8 };
const column = (part: Partial<ImportColumn>): ImportColumn => ({
  index: 1,
  name: '订单号',
  samples: [],
  guess: null,
  confidence: 0,
  ...part,
});

describe('what a column is', () => {
  it('reads the choice of each column', () => {
    expect([1, 2, 4, 8].map((index) => choiceOf(columns, index))).toEqual([
      'orderId',
      '',
      'orderDate',
      ownField,
    ]);
  });

  it('gives a field to one column only: the one that had it is left out', () => {
    expect(withChoice(columns, { index: 7, name: '实付' }, 'amount')).toEqual({
      orderId: 1,
      orderDate: 4,
      amount: 7,
      'custom:渠道': 8,
    });
  });

  it('takes the former field from a column that becomes another', () => {
    expect(withChoice(columns, { index: 6, name: '金额' }, 'margin')).toEqual({
      orderId: 1,
      orderDate: 4,
      margin: 6,
      'custom:渠道': 8,
    });
  });

  it('leaves a column out, and keeps one under its own name', () => {
    expect(withChoice(columns, { index: 8, name: '渠道' }, '')).not.toHaveProperty('custom:渠道');
    expect(withChoice(columns, { index: 9, name: '来源' }, ownField)).toHaveProperty('custom:来源', 9);
  });

  it('tells a guess from a choice', () => {
    const guess = { guess: 'orderId', confidence: 0.98 };
    expect(guessState(columns, column(guess))).toBe('guessed');
    expect(guessState(columns, column({ ...guess, confidence: 0.6 }))).toBe('unsure');
    expect(guessState(columns, column({ ...guess, guess: 'productId' }))).toBe('chosen');
    expect(guessState(columns, column({ ...guess, index: 2 }))).toBe('out');
    expect(guessState(columns, column({ ...guess, guess: 'custom:渠道', index: 8 }))).toBe('guessed');
  });
});

describe('the change to send', () => {
  const mapping = { columns, dateFormat: 'dmy', numberStyle: '1.234,56' };

  it('sends answers along while their columns stay the same', () => {
    const next = withChoice(columns, { index: 2, name: '客户' }, 'customerId');
    expect(columnsPatch(mapping, next)).toEqual({
      columns: next,
      dateFormat: 'dmy',
      numberStyle: '1.234,56',
    });
  });

  it('lets the server look anew when another column holds the date or the numbers', () => {
    expect(columnsPatch(mapping, { ...columns, orderDate: 5 })).not.toHaveProperty('dateFormat');
    expect(columnsPatch(mapping, { ...columns, quantity: 5 })).not.toHaveProperty('numberStyle');
    expect(columnsPatch(mapping, { ...columns, quantity: 5 })).toHaveProperty('dateFormat', 'dmy');
  });
});

describe('what is missing', () => {
  const missing = (mapped: Record<string, number>) =>
    missingNeeds({ kind: 'orders', mapping: { columns: mapped } });

  it('names each need of an order file without a column', () => {
    expect(missing({})).toEqual(['customerId', 'orderDate', 'amount']);
    expect(missing({ customerId: 1, orderDate: 2, quantity: 3 })).toEqual(['amount']);
  });

  it('takes quantity and unit price in place of the amount', () => {
    expect(missing({ customerId: 1, orderDate: 2, quantity: 3, unitPrice: 4 })).toEqual([]);
    expect(missing({ customerId: 1, orderDate: 2, amount: 3 })).toEqual([]);
  });
});

import type { CustomerRhythm } from '@kezi/contract';
import { describe, expect, it } from 'vitest';
import { gapsOf, isStale, monthsOf, readRhythm, spanOf, timeOf, windowOf } from './rhythm-window.js';

const day = (on: string, amountMinor = 10_000) => ({ on, amountMinor });
const rhythm = (change: Partial<CustomerRhythm> = {}): CustomerRhythm => ({
  currency: 'CNY',
  days: [day('2026-01-01'), day('2026-01-31'), day('2026-03-02')],
  gapDays: { low: 20, median: 30, high: 40.5 },
  asOf: '2026-03-10',
  nextOrderOn: '2026-04-01',
  nextOrderFrom: '2026-03-22',
  nextOrderTo: '2026-04-12',
  ...change,
});

describe('gaps', () => {
  it('are the days between order days, across months and leap days', () => {
    expect(gapsOf(rhythm().days)).toEqual([
      { on: '2026-01-31', days: 30 },
      { on: '2026-03-02', days: 30 },
    ]);
    expect(gapsOf([day('2024-02-28'), day('2024-03-01')])).toEqual([{ on: '2024-03-01', days: 2 }]);
  });

  it('leave out days on which returns outweigh orders', () => {
    expect(gapsOf([day('2026-01-01'), day('2026-01-10', -500), day('2026-01-31')])).toEqual([
      { on: '2026-01-31', days: 30 },
    ]);
  });
});

describe('what the rhythm says', () => {
  it.each([
    ['2026-03-21', 'early', 0],
    ['2026-03-22', 'due', 0],
    ['2026-04-12', 'due', 0],
    ['2026-04-13', 'late', 1],
    ['2026-05-12', 'late', 30],
  ] as const)('on %s it is %s', (on, state, lateDays) => {
    expect(readRhythm(rhythm(), on)).toMatchObject({ state, lateDays });
  });

  it('counts the silence from the last order, not from a return', () => {
    const days = [...rhythm().days, day('2026-03-05', -100)];
    expect(readRhythm(rhythm({ days }), '2026-03-12')).toMatchObject({
      lastOn: '2026-03-02',
      silentDays: 10,
    });
  });

  it('takes the usual gaps where the model expects nothing', () => {
    const left = rhythm({ nextOrderOn: null, nextOrderFrom: null, nextOrderTo: null });
    expect(windowOf(left)).toEqual({ from: '2026-03-22', to: '2026-04-12' });
    expect(readRhythm(left, '2026-06-01').state).toBe('late');
  });

  it('says nothing of a customer with one order, or none', () => {
    const one = { gapDays: null, nextOrderOn: null, nextOrderFrom: null, nextOrderTo: null };
    expect(readRhythm(rhythm({ ...one, days: [day('2026-01-01')] }), '2026-02-01')).toEqual({
      lastOn: '2026-01-01',
      silentDays: 31,
      state: 'unknown',
      lateDays: 0,
    });
    expect(readRhythm(rhythm({ ...one, days: [] }), '2026-02-01').silentDays).toBeNull();
  });
});

describe('the picture', () => {
  it('has room for every order, the day of reading and the window', () => {
    const { from, to } = spanOf(rhythm(), '2026-03-10');
    expect(from).toBeLessThan(timeOf('2026-01-01'));
    expect(to).toBeGreaterThan(timeOf('2026-04-12'));
  });

  it('has a bar for every month, those without orders too', () => {
    expect(
      monthsOf([day('2025-11-30', 5), day('2026-02-01', 7), day('2026-02-03', -2)], '2026-03-10', 36),
    ).toEqual([
      { month: '2025-11', orderDays: 1, amountMinor: 5 },
      { month: '2025-12', orderDays: 0, amountMinor: 0 },
      { month: '2026-01', orderDays: 0, amountMinor: 0 },
      { month: '2026-02', orderDays: 1, amountMinor: 5 },
      { month: '2026-03', orderDays: 0, amountMinor: 0 },
    ]);
    expect(monthsOf([day('2020-01-01'), day('2026-03-01')], '2026-03-10', 12)).toHaveLength(12);
    expect(monthsOf([], '2026-03-10', 12)).toEqual([]);
  });

  it('end with the last order of a customer who has been silent for longer than they reach', () => {
    const old = [day('2010-12-08', 5), day('2011-01-10', 7)];
    const months = monthsOf(old, '2026-03-10', 36);
    expect(months.map(({ month, amountMinor }) => [month, amountMinor])).toEqual([
      ['2010-12', 5],
      ['2011-01', 7],
    ]);
    expect(monthsOf(old, '2011-12-31', 12).at(-1)).toEqual({
      month: '2011-12',
      orderDays: 0,
      amountMinor: 0,
    });
    expect(monthsOf(old, '2012-01-01', 12).at(-1)?.month).toBe('2011-01');
  });
});

describe('the day of reading', () => {
  it('is history when the figures are older than a month', () => {
    expect(isStale('2026-10-21', '2026-11-21')).toBe(false);
    expect(isStale('2026-10-20', '2026-11-21')).toBe(true);
    expect(isStale(null, '2026-11-21')).toBe(false);
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  deductedFrom,
  explainValue,
  factorsOf,
  gapQuartiles,
  grossAndKept,
  nextOrderWindow,
  twelveMonthsUntil,
  type ValueFactors,
} from './customers.rules.js';

const names = ['survival', 'orderRate', 'spend', 'kept'] as const;
type Name = (typeof names)[number];

const ordersOf = (left: readonly Name[]): Name[][] =>
  left.length === 0
    ? [[]]
    : left.flatMap((first) =>
        ordersOf(left.filter((name) => name !== first)).map((rest) => [first, ...rest]),
      );
const valueOf = ({ survival, orderRate, spend, kept }: ValueFactors) => survival * orderRate * spend * kept;

/** Shapley's definition word for word: the mean over all orders of exchanging one factor after the other. */
function byAllOrders(own: ValueFactors, reference: ValueFactors): Record<string, number> {
  const sums: Record<Name, number> = { survival: 0, orderRate: 0, spend: 0, kept: 0 };
  const orders = ordersOf(names);
  for (const order of orders) {
    const now = { ...reference };
    for (const factor of order) {
      const before = valueOf(now);
      now[factor] = own[factor];
      sums[factor] += (valueOf(now) - before) / orders.length;
    }
  }
  return sums;
}

const factors = fc.record({
  survival: fc.double({ min: 0.001, max: 1, noNaN: true }),
  orderRate: fc.double({ min: 0.001, max: 400, noNaN: true }),
  spend: fc.double({ min: 0.01, max: 1e6, noNaN: true }),
  kept: fc.oneof(fc.constant(1), fc.double({ min: -1, max: 1, noNaN: true })),
});

describe('why a value', () => {
  it('equals the definition and adds up to the difference', () => {
    fc.assert(
      fc.property(factors, factors, (own, reference) => {
        const reasons = explainValue(own, reference);
        const oracle = byAllOrders(own, reference);
        const difference = valueOf(own) - valueOf(reference);
        // Every mixture of the two customers' factors is at most this; rounding is relative to the mixtures.
        const scale = (own.orderRate + reference.orderRate) * (own.spend + reference.spend);
        for (const reason of reasons) {
          expect(Math.abs(reason.contribution - (oracle[reason.factor] ?? 0))).toBeLessThan(1e-12 * scale);
        }
        const sum = reasons.reduce((total, reason) => total + reason.contribution, 0);
        expect(Math.abs(sum - difference)).toBeLessThan(1e-12 * scale);
      }),
    );
  });

  it('takes a value apart into factors whose product it is', () => {
    const score = { pAlive: 0.5, expectedSpend: 100, clv: 200 };
    expect(factorsOf(score, null)).toEqual({ survival: 0.5, orderRate: 4, spend: 100, kept: 1 });
    expect(factorsOf({ ...score, pAlive: 0 }, null)).toBeNull();
    expect(factorsOf({ ...score, expectedSpend: 0 }, null)).toBeNull();
  });

  it('puts what costs take down to them, not to fewer orders', () => {
    // Four orders of 100 while alive bring 200; 5 % of each, 10 an order, 40 a year of one alive and a loss of 15 % leave 120.
    const costs = { share: 0.05, perOrder: 10, creditLoss: 0.15, served: 40, ownLossShare: null };
    const score = { pAlive: 0.5, expectedSpend: 100, clv: 200 * 0.7 - 20 };
    const own = factorsOf(score, costs)!;
    expect(own).toEqual({
      survival: 0.5,
      orderRate: expect.closeTo(4, 12),
      spend: 100,
      kept: expect.closeTo(0.6, 12),
    });
    const reference = { survival: 0.5, orderRate: 4, spend: 100, kept: 1 };
    expect(explainValue(own, reference).map(({ factor, contribution }) => [factor, contribution])).toEqual([
      ['survival', 0],
      ['orderRate', expect.closeTo(0, 9)],
      ['spend', 0],
      ['kept', expect.closeTo(-80, 9)],
    ]);
    // Costs without orders: nothing can be told apart.
    expect(grossAndKept({ ...score, clv: -20 }, costs)).toEqual({ gross: -20, kept: 1 });
  });
});

describe('rhythm', () => {
  it('needs two gaps', () => {
    expect(gapQuartiles([])).toBeNull();
    expect(gapQuartiles(['2026-01-01', '2026-01-05'])).toBeNull();
    expect(gapQuartiles(['2026-01-01', '2026-01-05', '2026-01-15'])).toEqual({
      low: 5.5,
      median: 7,
      high: 8.5,
    });
  });

  it('opens the window around the expected day, never before the as-of day', () => {
    const gaps = { low: 5.5, median: 7, high: 8.5 };
    expect(nextOrderWindow('2026-03-10', '2026-03-01', gaps)).toEqual({
      from: '2026-03-08',
      to: '2026-03-12',
    });
    expect(nextOrderWindow('2026-03-10', '2026-03-10', gaps).from).toBe('2026-03-10');
  });
});

describe('twelve months until a day', () => {
  it('ends the day after and steps by calendar months', () => {
    expect(twelveMonthsUntil('2026-03-30')).toEqual([
      '2025-03-31',
      '2025-04-30',
      '2025-05-31',
      '2025-06-30',
      '2025-07-31',
      '2025-08-31',
      '2025-09-30',
      '2025-10-31',
      '2025-11-30',
      '2025-12-31',
      '2026-01-31',
      '2026-02-28',
      '2026-03-31',
    ]);
  });

  it('always gives thirteen days that rise', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1971-01-01'), max: new Date('2149-12-31'), noInvalidDate: true }),
        (date) => {
          const days = twelveMonthsUntil(date.toISOString().slice(0, 10));
          expect(days).toHaveLength(13);
          expect([...days].sort()).toEqual(days);
          expect(new Set(days).size).toBe(13);
        },
      ),
    );
  });
});

describe('what was deducted from a value', () => {
  it('is found again from what is left, and adds up to the last unit', () => {
    const share = fc.double({ min: 0, max: 0.45, noNaN: true });
    const amount = (max: number) => fc.double({ min: 0, max, noNaN: true });
    fc.assert(
      fc.property(
        fc.record({
          share,
          creditLoss: share,
          perOrder: amount(50),
          served: amount(500),
          ownLossShare: fc.option(share),
        }),
        fc.record({ orders: fc.double({ min: 0.01, max: 400, noNaN: true }), pAlive: amount(1) }),
        fc.double({ min: 600, max: 1e5, noNaN: true }),
        (costs, { orders, pAlive }, spend) => {
          const gross = orders * spend;
          const loss = gross * (costs.ownLossShare ?? costs.creditLoss);
          const toServe = gross * costs.share + orders * costs.perOrder + costs.served * pAlive;
          const clv = gross - loss - toServe;
          const parts = deductedFrom({ clv, pAlive, expectedSpend: spend }, costs, 2)!;
          expect(parts.grossMinor - parts.costToServeMinor - parts.creditLossMinor).toBe(parts.clvMinor);
          expect(Math.abs(parts.grossMinor - gross * 100)).toBeLessThan(1);
          expect(Math.abs(parts.costToServeMinor - toServe * 100)).toBeLessThan(2);
        },
      ),
    );
  });

  it('is not told where an order costs what it brings', () => {
    const costs = { share: 0, creditLoss: 0, perOrder: 100, served: 0, ownLossShare: null };
    expect(deductedFrom({ clv: 0, pAlive: 1, expectedSpend: 100 }, costs, 2)).toBeNull();
    expect(deductedFrom({ clv: -50, pAlive: null, expectedSpend: 50 }, costs, 2)).toMatchObject({
      grossMinor: 5000,
      clvMinor: -5000,
    });
  });
});

import type { ValuationCard, ValuationRun } from '@kezi/contract';
import { describe, expect, it } from 'vitest';
import { forReader as churnForReader } from '../churn/churn.rules.js';
import { forReader } from './valuation.rules.js';

const tenth = (customers: number) => ({ customers, meanPredicted: 7, meanActual: 8 });
const bin = (customers: number) => ({ low: 0, high: 0.1, customers, predicted: 7, actual: 8 });
const segment = (customers: number) => ({ segment: `of ${customers}`, customers, clv: 9, expectedOrders: 9 });

const runOf = (customers: number) =>
  ({
    totals: { customers, clv: 100 },
    card: {
      customers,
      returns: { lines: 2, amount: 55 },
      returnsOnly: { customers: 1, amount: 5 },
      backtest: { customers, actualOrders: 12, calibration: [tenth(4), tenth(5)] },
      candidates: [
        { name: 'nbd', holdout: { calibration: [tenth(4), tenth(50)] } },
        { name: 'nbd', holdout: null },
      ],
      plots: { tracking: [], frequency: [], alive: [bin(0), bin(4), bin(5)] },
      attributes: { segments: [segment(4), segment(40)] },
      costs: { share: 0.1, grossClv: 10, costToServe: 3, creditLossAmount: 4 },
    } as unknown as ValuationCard,
  }) as unknown as Pick<ValuationRun, 'totals' | 'card'>;

describe('a run for somebody who does not see all customers', () => {
  it('has no total, and no group of fewer than five', () => {
    const { totals, card } = forReader(runOf(100), 'team');
    expect(totals).toBeNull();
    expect(card).toMatchObject({
      returns: { lines: 2, amount: null },
      returnsOnly: { customers: 1, amount: null },
      backtest: { calibration: [tenth(5)] },
      candidates: [{ holdout: { calibration: [tenth(50)] } }, { holdout: null }],
      plots: { alive: [bin(0), bin(5)] },
      attributes: { segments: [{ segment: 'of 40', clv: null, expectedOrders: null }] },
      costs: { share: 0.1, grossClv: null, costToServe: null, creditLossAmount: null },
    });
  });

  it('has no card where there are fewer than five customers in all', () => {
    expect(forReader(runOf(4), 'own')).toEqual({ totals: null, card: null });
    expect(forReader(runOf(5), 'own').card).not.toBeNull();
  });

  it('is whole for who sees all', () => {
    for (const customers of [4, 100]) expect(forReader(runOf(customers), 'all')).toEqual(runOf(customers));
  });

  it('of a training tells no tenth of fewer than five either', () => {
    const rows = (count: number) => ({ rows: count, meanPredicted: 0.1, rate: 0.2 });
    const training = (asOf: number) =>
      ({ report: { customers: { asOf }, calibration: [rows(4), rows(5)] } }) as unknown as Parameters<
        typeof churnForReader
      >[0];
    expect(churnForReader(training(100), 'own').report?.calibration).toEqual([rows(5)]);
    expect(churnForReader(training(4), 'own').report).toBeNull();
    expect(churnForReader(training(4), 'all')).toEqual(training(4));
  });
});

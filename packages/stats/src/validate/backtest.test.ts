import { describe, expect, it } from 'vitest';
import { backtestReport, naiveOrders } from './backtest.js';
import { pearsonCorrelation, spearmanCorrelation, weightedRanks } from './correlation.js';

const of = (...values: number[]): Float64Array => Float64Array.from(values);
const ones = (n: number): Float64Array => new Float64Array(n).fill(1);

describe('correlations', () => {
  it('known values', () => {
    // By hand: 12 / sqrt(10 * 21.2), and 1 - 6 * 4 / (5 * 24).
    expect(pearsonCorrelation(of(1, 2, 3, 4, 5), of(2, 1, 4, 3, 7), ones(5))).toBeCloseTo(
      12 / Math.sqrt(212),
      12,
    );
    expect(spearmanCorrelation(of(1, 2, 3, 4, 5), of(2, 1, 4, 3, 7), ones(5))).toBeCloseTo(0.8, 12);
  });

  it('ties share the mean rank, and weights count as copies', () => {
    expect([...weightedRanks(of(5, 1, 5, 3), ones(4))]).toEqual([3.5, 1, 3.5, 2]);
    expect([...weightedRanks(of(5, 1, 3), of(2, 1, 1))]).toEqual([3.5, 1, 2]);
    const [a, b] = [of(1, 2, 2, 9), of(3, 3, 4, 5)];
    expect(spearmanCorrelation(of(1, 2, 9), of(3, 4, 5), of(1, 2, 3))).toBeCloseTo(
      spearmanCorrelation(of(1, 2, 2, 9, 9, 9), of(3, 4, 4, 5, 5, 5), ones(6)),
      12,
    );
    expect(pearsonCorrelation(a, ones(4), ones(4))).toBe(0);
    expect(pearsonCorrelation(b, b, ones(4))).toBeCloseTo(1, 12);
  });
});

describe('backtestReport', () => {
  it('works its figures out by hand', () => {
    const report = backtestReport({
      actual: of(0, 2, 4),
      predicted: of(1, 2, 2),
      naive: of(0, 0, 0),
      weight: of(2, 1, 1),
    });
    expect(report.customers).toBe(4);
    expect(report.actualTotal).toBe(6);
    expect(report.model.total).toBe(6);
    expect(report.model.totalError).toBe(0);
    expect(report.model.meanAbsoluteError).toBe(1);
    expect(report.model.rootMeanSquareError).toBeCloseTo(Math.sqrt(1.5), 12);
    expect(report.model.weightedMape).toBeCloseTo(4 / 6, 12);
    expect(report.naive.totalError).toBe(-1);
    expect(report.naive.correlation).toBe(0);
    expect([report.betterError, report.betterRank]).toEqual(['model', 'model']);
  });

  it('calibration covers every customer once, from low to high', () => {
    const predicted = Float64Array.from({ length: 100 }, (_, i) => i);
    const { calibration } = backtestReport({ actual: predicted, predicted, naive: predicted });
    expect(calibration.map((bin) => bin.customers)).toEqual(Array.from({ length: 10 }, () => 10));
    expect(calibration[0]!.meanPredicted).toBe(4.5);
    expect(calibration[9]!.meanActual).toBe(94.5);
  });

  it('stays a number when nothing was ordered or nobody is there', () => {
    const silent = backtestReport({ actual: of(0, 0), predicted: of(1, 2), naive: of(1, 2) });
    expect([silent.model.totalError, silent.model.weightedMape]).toEqual([null, null]);
    expect(silent.betterError).toBe('tie');
    const empty = backtestReport({ actual: of(), predicted: of(), naive: of() });
    expect(empty.model.meanAbsoluteError).toBe(0);
    expect(empty.calibration).toEqual([]);
    expect(() => backtestReport({ actual: of(1), predicted: of(Number.NaN), naive: of(1) })).toThrow(
      RangeError,
    );
    expect(() => backtestReport({ actual: of(1), predicted: of(1, 2), naive: of(1) })).toThrow(RangeError);
  });

  it('the naive rule goes on at the past rate', () => {
    expect(naiveOrders(6, 39, 13)).toBe(2);
    expect(naiveOrders(0, 0, 13)).toBe(0);
  });
});

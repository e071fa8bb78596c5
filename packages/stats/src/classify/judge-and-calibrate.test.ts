import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomFrom } from '../distributions/random.js';
import { classificationReport } from './classification-report.js';
import { fitIsotonic, isotonicProbability } from './isotonic.js';
import { fitPlatt, plattProbability } from './platt.js';

const of = (...values: number[]): Float64Array => Float64Array.from(values);
const cases = fc.array(fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 6 })), {
  minLength: 1,
  maxLength: 40,
});

describe('classificationReport', () => {
  it('works its figures out by hand', () => {
    const report = classificationReport([1, 0, 1, 0], of(0.9, 0.8, 0.7, 0.1));
    expect(report).toMatchObject({ rows: 4, positives: 2, auc: 0.75, ks: 0.5 });
    expect(report.averagePrecision).toBeCloseTo((1 + 2 / 3) / 2, 12);
    expect(report.brier).toBeCloseTo((0.01 + 0.64 + 0.09 + 0.01) / 4, 12);
    expect(report.logLoss).toBeCloseTo(-(2 * Math.log(0.9) + Math.log(0.2) + Math.log(0.7)) / 4, 12);
  });

  it('has the area of all pairs, the precision and the distance of all cuts', () => {
    fc.assert(
      fc.property(cases, (rows) => {
        const report = classificationReport(
          rows.map(([y]) => y),
          Float64Array.from(rows, ([, p]) => p / 6),
        );
        const ones = rows.filter(([y]) => y === 1).map(([, p]) => p);
        const zeros = rows.filter(([y]) => y === 0).map(([, p]) => p);
        fc.pre(ones.length > 0 && zeros.length > 0);
        const above = (scores: number[], cut: number): number => scores.filter((p) => p >= cut).length;
        let [pairs, precision, ks] = [0, 0, 0];
        for (const one of ones) for (const zero of zeros) pairs += one > zero ? 1 : one === zero ? 0.5 : 0;
        for (const cut of [6, 5, 4, 3, 2, 1, 0]) {
          const [tp, fp] = [above(ones, cut), above(zeros, cut)];
          if (tp + fp > 0) precision += (tp - above(ones, cut + 1)) * (tp / (tp + fp));
          ks = Math.max(ks, Math.abs(tp / ones.length - fp / zeros.length));
        }
        expect(report.auc).toBeCloseTo(pairs / ones.length / zeros.length, 12);
        expect(report.averagePrecision).toBeCloseTo(precision / ones.length, 12);
        expect(report.ks).toBeCloseTo(ks, 12);
      }),
    );
  });

  it('lift and calibration cover every row once', () => {
    fc.assert(
      fc.property(cases, (rows) => {
        const report = classificationReport(
          rows.map(([y]) => y),
          Float64Array.from(rows, ([, p]) => p / 6),
        );
        const positives = rows.reduce((sum, [y]) => sum + y, 0);
        const total = (key: 'rows' | 'positives'): number => report.lift.reduce((sum, t) => sum + t[key], 0);
        expect(total('rows')).toBeCloseTo(rows.length, 9);
        expect(total('positives')).toBeCloseTo(positives, 9);
        expect(report.lift.every((tenth) => Math.abs(tenth.rows - rows.length / 10) < 1e-9)).toBe(true);
        const rate = report.calibration.reduce((sum, tenth) => sum + tenth.rows * tenth.rate, 0);
        expect(rate).toBeCloseTo(positives, 9);
        expect(report.calibration.reduce((sum, tenth) => sum + tenth.rows, 0)).toBe(rows.length);
      }),
    );
  });

  it('ranks the top tenth highest and captures everybody in the end', () => {
    const p = Float64Array.from({ length: 100 }, (_, i) => i / 100);
    const report = classificationReport(
      Array.from(p, (_, i) => Number(i >= 90)),
      p,
    );
    expect(report.lift[0]).toEqual({ rows: 10, positives: 10, lift: 10, captured: 1 });
    expect(report.lift[9]).toEqual({ rows: 10, positives: 0, lift: 0, captured: 1 });
    expect(report.calibration[9]).toMatchObject({ rows: 10, rate: 1 });
    const tied = classificationReport([1, 0, 0, 0, 0, 1, 0, 0, 0, 0], new Float64Array(10).fill(0.2));
    expect(tied.auc).toBe(0.5);
    tied.lift.forEach((tenth) => expect(tenth.lift).toBeCloseTo(1, 12));
  });

  it('counts a weight as repeated rows', () => {
    const weighted = classificationReport([1, 0, 1], of(0.6, 0.5, 0.1), of(2, 3, 0));
    const repeated = classificationReport([1, 1, 0, 0, 0], of(0.6, 0.6, 0.5, 0.5, 0.5));
    for (const key of ['auc', 'brier', 'logLoss', 'ks', 'averagePrecision'] as const)
      expect(weighted[key]).toBeCloseTo(repeated[key]!, 12);
  });

  it('is null where a figure needs what is not there, and refuses bad rows', () => {
    const silent = { auc: null, averagePrecision: null, ks: null };
    expect(classificationReport([], of())).toMatchObject({
      ...silent,
      brier: null,
      lift: [],
      calibration: [],
    });
    const ones = classificationReport([1, 1], of(0, 1));
    expect(ones).toMatchObject({ ...silent, brier: 0.5 });
    expect(Number.isFinite(ones.logLoss)).toBe(true);
    expect(() => classificationReport([1, 0], of(0.5, Number.NaN))).toThrow(/probability, row 1/);
    expect(() => classificationReport([1, 3], of(0.5, 0.5))).toThrow(/label, row 1/);
  });
});

describe('fitIsotonic', () => {
  it('is the rising function nearest to the labels: the max-min formula', () => {
    fc.assert(
      fc.property(cases, (rows) => {
        const scores = [...new Set(rows.map(([, s]) => s))].sort((a, b) => a - b);
        const mean = (from: number, to: number): number => {
          const inside = rows.filter(([, s]) => s >= scores[from]! && s <= scores[to]!);
          return inside.reduce((sum, [y]) => sum + y, 0) / inside.length;
        };
        const fit = fitIsotonic(
          Float64Array.from(rows, ([, s]) => s),
          rows.map(([y]) => y),
        );
        scores.forEach((score, k) => {
          // Robertson, Wright & Dykstra 1988, theorem 1.4.4.
          const bounds = Array.from({ length: k + 1 }, (_, from) =>
            Math.min(...scores.slice(k).map((_, ahead) => mean(from, k + ahead))),
          );
          expect(isotonicProbability(fit, score)).toBeCloseTo(Math.max(...bounds), 12);
        });
      }),
    );
  });

  it('goes straight between its points and flat beyond them', () => {
    const fit = fitIsotonic(of(1, 2, 3, 4), [0, 1, 0, 1]);
    expect(fit).toEqual({ name: 'isotonic', scores: [1, 2, 3, 4], probabilities: [0, 0.5, 0.5, 1] });
    expect(isotonicProbability(fit, 1.5)).toBe(0.25);
    expect([isotonicProbability(fit, -1e308), isotonicProbability(fit, 1e308)]).toEqual([0, 1]);
  });

  it('predicts one half where it was given nothing, and refuses bad rows', () => {
    expect(isotonicProbability(fitIsotonic(of(), []), 3)).toBe(0.5);
    expect(() => fitIsotonic(of(1, Number.NaN), [0, 1])).toThrow(/score, row 1/);
    expect(() => isotonicProbability(fitIsotonic(of(), []), Number.NaN)).toThrow(RangeError);
  });
});

describe('fitPlatt', () => {
  it('undoes a score that is too bold', () => {
    const random = randomFrom(5);
    const odds = Float64Array.from({ length: 4000 }, () => random.normal());
    const label = Array.from(odds, (value) => Number(random.uniform() < 1 / (1 + Math.exp(-value))));
    const fit = fitPlatt(
      odds.map((value) => 3 * value + 2),
      label,
    );
    expect(fit.converged).toBe(true);
    expect(Math.abs(3 * fit.slope - 1)).toBeLessThan(0.15);
    expect(Math.abs(plattProbability(fit, 2) - 0.5)).toBeLessThan(0.03);
  });

  it('stays finite for separated, equal and missing scores', () => {
    const apart = fitPlatt(of(-2, -1, 1, 2), [0, 0, 1, 1]);
    expect(apart.converged).toBe(true);
    expect(plattProbability(apart, 1e308)).toBeLessThanOrEqual(1);
    expect(plattProbability(fitPlatt(of(3, 3, 3), [1, 1, 0]), 3)).toBeCloseTo((0.75 + 0.75 + 1 / 3) / 3, 12);
    expect(plattProbability(fitPlatt(of(), []), 0)).toBe(0.5);
    expect(() => fitPlatt(of(1), [2])).toThrow(/label, row 0/);
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rfmCuts, rfmCutsOfCounts, rfmScore, rfmScores, rfmSegment } from './rfm.js';

describe('cut-points and scores', () => {
  it('interpolates like quantile type 7', () => {
    // R: quantile(c(1, 2, 4, 8, 16, 32), 1:4 / 5)
    expect(rfmCuts([32, 1, 16, 2, 8, 4])).toEqual([2, 4, 8, 16]);
    expect(rfmCuts([1, 2, 3], 2)).toEqual([2]);
    expect(rfmCuts([0, 10], 5).map((cut) => Math.round(cut * 10) / 10)).toEqual([2, 4, 6, 8]);
    expect(rfmCuts([])).toEqual([]);
    expect(() => rfmCuts([1], 1)).toThrow(RangeError);
  });

  it('gives the same cut-points for counted values', () => {
    const count = fc.integer({ min: 0, max: 4 });
    fc.assert(
      fc.property(fc.array(count, { maxLength: 12 }), fc.integer({ min: 2, max: 7 }), (counts, bins) => {
        const each = counts.flatMap((times, value) => Array.from({ length: times }, () => value * 1.5));
        const values = counts.map((_, value) => value * 1.5);
        expect(rfmCutsOfCounts(values, counts, bins)).toEqual(rfmCuts(each, bins));
      }),
    );
  });

  it('a value on a cut-point stays in the lower group', () => {
    const cuts = [2, 4, 8, 16];
    expect([1, 2, 3, 4, 16, 17].map((value) => rfmScore(value, cuts))).toEqual([1, 1, 2, 2, 4, 5]);
    expect([1, 2, 3, 17].map((value) => rfmScore(value, cuts, true))).toEqual([5, 5, 4, 1]);
  });

  it('when most ordered once, all of them score 1', () => {
    const frequency = Float64Array.of(1, 1, 1, 1, 1, 1, 1, 2, 3, 9);
    const { scores } = rfmScores({ sinceLastOrder: frequency, frequency, monetary: frequency });
    expect([...scores.frequency]).toEqual([1, 1, 1, 1, 1, 1, 1, 4, 5, 5]);
  });

  it('scores lie in 1..5, equal values score the same, more never scores less', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 60 }), (values) => {
        const cuts = rfmCuts(values);
        const scores = values.map((value) => rfmScore(value, cuts));
        expect(scores.every((score) => score >= 1 && score <= 5)).toBe(true);
        values.forEach((value, i) =>
          values.forEach((other, j) => expect(value > other || scores[i]! <= scores[j]!).toBe(true)),
        );
      }),
    );
  });

  it('refuses columns of different length', () => {
    const column = Float64Array.of(1);
    expect(() =>
      rfmScores({ sinceLastOrder: column, frequency: column, monetary: new Float64Array(2) }),
    ).toThrow(RangeError);
  });
});

describe('rfmSegment', () => {
  it('names the eight groups', () => {
    const groups = [
      [5, 5, 5, 'important-value'],
      [5, 1, 5, 'important-develop'],
      [1, 5, 5, 'important-retain'],
      [1, 1, 5, 'important-win-back'],
      [5, 5, 1, 'general-value'],
      [5, 1, 1, 'general-develop'],
      [1, 5, 1, 'general-retain'],
      [3, 3, 3, 'general-win-back'],
    ] as const;
    for (const [r, f, m, name] of groups) expect(rfmSegment(r, f, m)).toBe(name);
    expect(rfmSegment(3, 3, 3, 2.5)).toBe('important-value');
  });
});

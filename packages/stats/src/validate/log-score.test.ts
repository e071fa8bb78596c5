import { expect, it } from 'vitest';
import { compareLogScores, logScores } from './log-score.js';

const of = (...values: number[]): Float64Array => Float64Array.from(values);

it('scores by the logarithm, and what was held for impossible by a number', () => {
  const scores = logScores(3, (i) => [0.5, 1, 0][i]!);
  expect(scores[0]).toBeCloseTo(-Math.LN2, 12);
  expect([scores[1], Number.isFinite(scores[2])]).toEqual([0, true]);
});

it('compares customer by customer, weights counting as copies', () => {
  const [a, b] = [of(-1, -2, -6), of(-2, -2, -5)];
  const { gap, standardError } = compareLogScores(a, b, of(2, 1, 1));
  // Differences 1, 1, 0, -1: mean 0.25, mean square 0.75.
  expect(gap).toBeCloseTo(0.25, 12);
  expect(standardError).toBeCloseTo(Math.sqrt((0.75 - 0.0625) / 4), 12);
  const copies = compareLogScores(of(-1, -1, -2, -6), of(-2, -2, -2, -5), of(1, 1, 1, 1));
  expect(copies).toEqual({ gap, standardError });
  expect(compareLogScores(of(), of(), of())).toEqual({ gap: 0, standardError: 0 });
  expect(() => compareLogScores(a, b, of(1))).toThrow(RangeError);
});

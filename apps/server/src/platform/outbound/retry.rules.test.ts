import { expect, it } from 'vitest';
import { mostAttempts, nextAttempt } from './retry.rules.js';

const now = new Date('2026-03-02T02:00:00Z');
const minutesAfter = (attempts: number, chance: number) =>
  ((nextAttempt(attempts, now, chance)?.getTime() ?? NaN) - now.getTime()) / 60_000;

it('waits longer after every failure, a fifth more or less', () => {
  expect([1, 2, 3, 4, 5, 6].map((attempts) => minutesAfter(attempts, 0.5))).toEqual([
    1, 5, 30, 120, 360, 720,
  ]);
  expect(minutesAfter(1, 0)).toBeCloseTo(0.8, 9);
  expect(minutesAfter(6, 1)).toBeCloseTo(864, 9);
});

it('gives up after seven attempts', () => {
  expect(mostAttempts).toBe(7);
  expect(nextAttempt(7, now, 0.5)).toBeNull();
});

import { expect, it } from 'vitest';
import { mainPart, waterfallOf } from './value-waterfall.js';

const part = (contributionMinor: number) => ({
  factor: 'spend' as const,
  before: 1,
  now: 2,
  contributionMinor,
});

it('lets each bar begin where the one before ended, on one scale from nothing', () => {
  expect(waterfallOf(100, [part(100), part(-50), part(0)])).toEqual({
    zero: 0,
    before: { from: 0, to: 50 },
    parts: [
      { from: 50, to: 100 },
      { from: 100, to: 75 },
      { from: 75, to: 75 },
    ],
    now: { from: 0, to: 75 },
  });
});

it('makes room left of nothing for steps that go below it, and draws nothing where there is nothing', () => {
  expect(waterfallOf(100, [part(-200), part(200)])).toMatchObject({
    zero: 50,
    before: { from: 50, to: 100 },
    parts: [
      { from: 100, to: 0 },
      { from: 0, to: 100 },
    ],
  });
  expect(waterfallOf(0, [part(0)]).now).toEqual({ from: 0, to: 0 });
});

it('names as the reason what went the way of the whole, not what was largest against it', () => {
  const change = (changeMinor: number, ...parts: number[]) =>
    mainPart({ changeMinor, parts: parts.map(part) } as Parameters<typeof mainPart>[0])?.contributionMinor;
  expect(change(-50, 100, -120, -30)).toBe(-120);
  expect(change(10, -200, 90, 120)).toBe(120);
  expect(change(0, 5, -5)).toBeUndefined();
});

import { usualStageRules } from '@kezi/contract';
import { describe, expect, it } from 'vitest';
import { checkStageRules, stageOf, type CustomerRhythm } from './lifecycle.rules.js';

const today = 20_000;
const rhythm = (more: Partial<CustomerRhythm> = {}): CustomerRhythm => ({
  orders: 10,
  firstDay: today - 500,
  lastDay: today - 5,
  longestGap: 16,
  backDay: Number.NaN,
  recentMinor: 100,
  earlierMinor: 100,
  ...more,
});
const stage = (more: Partial<CustomerRhythm>) => {
  const { stage: name, reason } = stageOf(rhythm(more), today, usualStageRules);
  return `${name}: ${reason}`;
};

describe('the stage of a customer', () => {
  it.each([
    ['mature: on-rhythm', {}],
    ['mature: on-rhythm', { lastDay: today - 30 }],
    ['at-risk: beyond-longest-gap', { lastDay: today - 31 }],
    ['dormant: twice-longest-gap', { lastDay: today - 61 }],
    ['lost: thrice-longest-gap', { lastDay: today - 91 }],
    // The same silence is nothing to a customer who orders twice a year.
    ['mature: on-rhythm', { lastDay: today - 91, longestGap: 180 }],
    ['growing: spend-rising', { recentMinor: 125 }],
    ['mature: on-rhythm', { recentMinor: 124 }],
    ['mature: on-rhythm', { recentMinor: 0, earlierMinor: 0 }],
    ['new: first-orders', { orders: 1, firstDay: today - 80, lastDay: today - 80, longestGap: Number.NaN }],
    [
      'at-risk: beyond-longest-gap',
      { orders: 1, firstDay: today - 91, lastDay: today - 91, longestGap: Number.NaN },
    ],
    ['growing: spend-rising', { orders: 3, firstDay: today - 80, recentMinor: 300, earlierMinor: 0 }],
    // 45 in the 82 days in which there was a customer are 100 in a half-year.
    ['mature: on-rhythm', { firstDay: today - 264, recentMinor: 100, earlierMinor: 45 }],
    ['growing: spend-rising', { firstDay: today - 264, recentMinor: 100, earlierMinor: 35 }],
    ['won-back: back-after-loss', { backDay: today - 20 }],
    ['mature: on-rhythm', { backDay: today - 182 }],
    ['at-risk: beyond-longest-gap', { backDay: today - 40, lastDay: today - 40 }],
  ])('is %s for %j', (expected, more) => expect(stage(more)).toBe(expected));

  it('follows the rules that are given', () => {
    const by = (more: Partial<CustomerRhythm>, rules: Partial<typeof usualStageRules>) =>
      stageOf(rhythm(more), today, { ...usualStageRules, ...rules }).stage;
    const silence = { lastDay: today - 61 };
    expect(by(silence, {})).toBe('dormant');
    expect(by(silence, { graceDays: 15 })).toBe('at-risk');
    expect(by(silence, { dormantTimes: 2.5 })).toBe('at-risk');
    expect(by(silence, { dormantTimes: 1.5, lostTimes: 2 })).toBe('lost');
    expect(by({ recentMinor: 125 }, { rise: 0.3 })).toBe('mature');
    expect(by({ backDay: today - 20 }, { backDays: 20 })).toBe('mature');
  });

  it('has rules in which dormant comes before lost', () => {
    expect(() => checkStageRules({ ...usualStageRules, lostTimes: 2 })).toThrow('lifecycle.times_order');
    expect(() => checkStageRules({ ...usualStageRules, dormantTimes: 1 })).toThrow('lifecycle.times_order');
    expect(() => checkStageRules(usualStageRules)).not.toThrow();
  });

  it('says since when, not only since the run that found it', () => {
    expect(stageOf(rhythm({ lastDay: today - 40 }), today, usualStageRules).sinceDay).toBe(today - 40 + 31);
    expect(stageOf(rhythm({ backDay: today - 20 }), today, usualStageRules).sinceDay).toBe(today - 20);
  });

  it('has one way only through silence: never back to an earlier stage as days pass', () => {
    const order = ['mature', 'at-risk', 'dormant', 'lost'];
    const seen = Array.from({ length: 150 }, (_, i) =>
      order.indexOf(stageOf(rhythm(), today + i, usualStageRules).stage),
    );
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(new Set(seen).size).toBe(4);
  });
});

import { describe, expect, it } from 'vitest';
import { asksForRestricted, isRestricted, withoutRestricted } from './field-wall.rules.js';

describe('an answer to somebody from whom fields are kept', () => {
  it('has the same shape, and none of the figures, however deep', () => {
    const answer = {
      items: [{ name: '星辰', clv: 12, clvLow: 3, orders: 4, score: { clvHigh: 9, age: 1 } }],
      concentration: { lorenz: [[0, 0]], gini: 0.4 },
      top: [{ name: '星辰', clv: 12 }],
      nextCursor: null,
    };
    expect(withoutRestricted(answer, { value: 'hidden' })).toEqual({
      items: [{ name: '星辰', clv: null, clvLow: null, orders: 4, score: null }],
      concentration: { lorenz: [], gini: null },
      top: [],
      nextCursor: null,
    });
  });

  it('tells amounts from margins', () => {
    // What is expected not to come says how much is owed.
    expect(isRestricted({ amounts: 'hidden' }, 'ownLossShare')).toBe(true);
    const order = { amountMinor: 100, baseMarginMinor: 20, monthlyAmountMinor: [1, 2], lineCount: 3 };
    expect(withoutRestricted(order, { margin: 'hidden' })).toEqual({ ...order, baseMarginMinor: null });
    expect(withoutRestricted(order, { amounts: 'hidden' })).toEqual({
      amountMinor: null,
      baseMarginMinor: 20,
      monthlyAmountMinor: [],
      lineCount: 3,
    });
  });

  it('keeps figures under names that anything may have, and no words under them', () => {
    const item = {
      value: 12,
      total: { value: 12, count: 1 },
      evidence: { lateAmount: 5, days: 3 },
      before: { clv: 1, pAlive: 0.5 },
      parts: [{ factor: 'spend', before: 1, now: 2 }],
      choice: { value: '华东' },
    };
    expect(withoutRestricted(item, { value: 'hidden', amounts: 'masked' })).toEqual({
      value: null,
      total: { value: null, count: 1 },
      evidence: { lateAmount: null, days: 3 },
      before: { clv: null, pAlive: 0.5 },
      parts: [{ factor: 'spend', before: null, now: null }],
      choice: { value: '华东' },
    });
  });

  it('keeps a part of texts where they are masked, and masks nothing twice', () => {
    const row = { creditCode: '91310000MA1FL0001X', phones: ['138****5678'], wechat: 'wangwu' };
    expect(withoutRestricted(row, { identifiers: 'masked', ways: 'masked' })).toEqual({
      creditCode: '9131****1X',
      phones: ['138****5678'],
      wechat: '******',
    });
    expect(withoutRestricted(row, { ways: 'hidden' })).toEqual({ ...row, phones: [], wechat: null });
  });
});

describe('a request', () => {
  it('may not sort or filter by what is kept from its sender, nor in a filter within a body', () => {
    const rules = { value: 'hidden' } as const;
    for (const asked of [{ sort: 'clv' }, { clvMin: '5' }, { state: { filter: { clvMax: 9 } } }]) {
      expect(asksForRestricted(asked, rules)).toBe(true);
      expect(asksForRestricted(asked, { margin: 'hidden' })).toBe(false);
    }
    expect(
      asksForRestricted({ sort: 'name', q: 'clv', amountMinor: 5 }, { ...rules, amounts: 'hidden' }),
    ).toBe(false);
  });
});

import { describe, expect, it } from 'vitest';
import { changedSettings, daysFrom, explainChange, partsOfChange, wholeParts } from './value-change.rules.js';

const score = (clv: number, pAlive: number | null, expectedSpend: number) => ({
  clv,
  pAlive,
  expectedSpend,
  costs: null,
});
/** Seeded, so that a failure can be looked at again (Park & Miller 1988). */
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed; ;) {
    state = (state * 48_271) % 2_147_483_647;
    yield state / 2_147_483_647;
  }
}

describe('what a change of value is made of', () => {
  it('puts a change of one factor alone down to it', () => {
    const parts = partsOfChange(score(0.5 * 4 * 100, 0.5, 100), score(0.8 * 4 * 100, 0.8, 100));
    expect(parts.map(({ factor, contribution }) => [factor, contribution])).toEqual([
      ['survival', expect.closeTo(120, 9)],
      ['orderRate', expect.closeTo(0, 9)],
      ['spend', 0],
    ]);
  });

  it('shares a change of two factors by the mean of both orders of exchange', () => {
    // 0.5 x 4 x 100 = 200 becomes 0.5 x 6 x 150 = 450: rate first 100 or last 150, spend first 100 or last 150.
    const parts = partsOfChange(score(200, 0.5, 100), score(450, 0.5, 150));
    expect(parts.map((part) => part.contribution)).toEqual([0, 125, 125].map((x) => expect.closeTo(x, 9)));
  });

  it('puts costs that a run deducted down to them', () => {
    const costs = { share: 0.1, perOrder: 0, creditLoss: 0.15, served: 0, ownLossShare: 0.3 };
    const parts = partsOfChange(score(200, 0.5, 100), { ...score(120, 0.5, 100), costs });
    expect(parts.map(({ factor, before, now, contribution }) => [factor, before, now, contribution])).toEqual(
      [
        ['survival', 0.5, 0.5, 0],
        ['orderRate', 4, expect.closeTo(4, 9), expect.closeTo(0, 9)],
        ['spend', 100, 100, 0],
        ['kept', 1, expect.closeTo(0.6, 9), expect.closeTo(-80, 9)],
      ],
    );
  });

  it('adds up to the last cent, whatever the figures', () => {
    const random = numbers(7);
    const next = () => random.next().value;
    for (let i = 0; i < 2000; i++) {
      const one = () => {
        const pAlive = next() < 0.1 ? 0 : next() < 0.2 ? null : next();
        const spend = next() < 0.1 ? 0 : 10 ** (6 * next());
        return score((pAlive ?? 1) * spend * 30 * next(), pAlive, spend);
      };
      const [before, now, digits] = [one(), one(), [0, 2, 3][i % 3] ?? 2];
      const { changeMinor, parts } = explainChange(before, now, digits);
      const cents = (major: number) => Math.round(major * 10 ** digits);
      expect(changeMinor).toBe(cents(now.clv) - cents(before.clv));
      expect(parts.reduce((sum, part) => sum + part.contributionMinor, 0)).toBe(changeMinor);
      const exact = partsOfChange(before, now);
      parts.forEach(({ contributionMinor }, at) =>
        expect(Math.abs(contributionMinor - (exact[at]?.contribution ?? 0) * 10 ** digits)).toBeLessThan(2),
      );
    }
  });

  it('has survival and rate in one factor where a run was naive', () => {
    const parts = partsOfChange(score(300, null, 100), score(160, 0.4, 80));
    expect(parts.map(({ factor, before, now }) => [factor, before, now])).toEqual([
      ['orders', 3, 2],
      ['spend', 100, 80],
    ]);
    expect(parts.reduce((sum, part) => sum + part.contribution, 0)).toBeCloseTo(-140, 9);
  });

  it('puts a value that came from nothing, or went to nothing, down to what was nothing', () => {
    const contributions = (before: [number, number, number], now: [number, number, number]) =>
      Object.fromEntries(
        partsOfChange(score(...before), score(...now)).map(({ factor, contribution }) => [
          factor,
          contribution,
        ]),
      );
    // First orders free of charge: the spend was 0.
    expect(contributions([0, 0.5, 0], [200, 0.5, 100])).toEqual({ survival: 0, orderRate: 0, spend: 200 });
    expect(contributions([200, 0.5, 100], [0, 0, 100])).toEqual({ survival: -200, orderRate: 0, spend: 0 });
    expect(contributions([0, 0, 0], [0, 0, 0])).toEqual({ survival: 0, orderRate: 0, spend: 0 });
  });
});

describe('whole parts', () => {
  it('gives what is missing to those that lost most', () => {
    expect(wholeParts([1.2, 1.7, -0.4], 2)).toEqual([1, 2, -1]);
    expect(wholeParts([0.5, 0.5], 1)).toEqual([1, 0]);
    expect(wholeParts([-0.5, -0.5, 0], -1)).toEqual([0, -1, 0]);
  });
});

describe('runs side by side', () => {
  it('names the settings that differ and are known of both', () => {
    const run = { model: 'bg-nbd', timeUnit: 'week', horizon: 52, discountRate: 0.1, valueBasis: null };
    expect(changedSettings(run, { ...run, horizon: 104, valueBasis: 'margin' })).toEqual([
      { name: 'horizon', before: 52, now: 104 },
    ]);
  });

  it('counts days over a change of summer time and a leap day', () => {
    expect(daysFrom('2024-02-28', '2024-03-01')).toBe(2);
    expect(daysFrom('2024-03-30', '2024-04-01')).toBe(2);
  });
});

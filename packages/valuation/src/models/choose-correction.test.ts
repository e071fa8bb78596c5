import { predictionErrors } from '@kezi/stats';
import { describe, expect, it } from 'vitest';
import { chooseCorrections, correctionFactors, productOf } from './choose-correction.js';
import type { Swings } from './analyse-history.js';
import type { HeldRows } from './judge-candidates.js';

/** December has twice what other months have. */
const factors = Array.from({ length: 12 }, (_, month) => (month === 11 ? 24 / 13 : 12 / 13));
const swings: Swings = {
  season: { found: true, strength: 0.9, factors },
  drift: { found: true, yearly: -0.3, recentLevel: 0.8 },
  week: { found: true, strength: 0.9, factors: [1.4, 1.4, 1.4, 1.4, 1.4, 0, 0] },
};
// 2023-01-01 to 2024-11-30 is known; December 2024 is held out.
const days = { first: 19_357, from: 20_057, to: 20_088 };

const rowsWith = (ordered: number): HeldRows => ({
  summary: {
    frequency: Float64Array.of(1, 2),
    recency: Float64Array.of(1, 2),
    age: Float64Array.of(9, 9),
    weight: Float64Array.of(50, 50),
  },
  group: null,
  heldOrders: Float64Array.of(ordered, 2 * ordered),
  periodOrders: Float64Array.of(0, 0),
  horizon: 4,
  period: 4,
});

function chosenFor(ordered: number, span = days) {
  const rows = rowsWith(ordered);
  const predicted = Float64Array.of(1, 2);
  const errors = predictionErrors(rows.heldOrders, predicted, rows.summary.weight);
  return chooseCorrections(swings, rows, { predicted, errors, calibration: [] }, span);
}

describe('corrections of expected orders', () => {
  it('use the months ahead against those that were learned from, and the level of late within bounds', () => {
    const { season, drift, week } = correctionFactors(
      swings,
      { season: true, drift: true, week: true },
      days,
    );
    expect(season!).toBeCloseTo(1.918, 2);
    expect(drift).toBe(0.8);
    // 31 days from a Sunday on have 22 working days: 4.4 weeks' worth in 4.43 weeks.
    expect(week!).toBeCloseTo((22 * 1.4) / 31 / 1, 2);
    const wild = { ...swings, drift: { found: true, yearly: 3, recentLevel: 9 } };
    expect(correctionFactors(wild, { season: false, drift: true, week: false }, days)).toEqual({
      season: null,
      drift: 2,
      week: null,
    });
    expect(productOf({ season: null, drift: null, week: null })).toBe(1);
  });

  it('over a whole year a season comes to nothing', () => {
    const year = correctionFactors(
      swings,
      { season: true, drift: false, week: false },
      { ...days, first: 19_692, to: 20_422 },
    );
    expect(Math.abs(year.season! - 1)).toBeLessThan(0.1);
  });

  it('over whole weeks the rhythm of the week comes to nothing, over a weekend to nearly nothing ordered', () => {
    const used = { season: false, drift: false, week: true };
    const whole = { first: days.to - 140, from: days.to - 70, to: days.to };
    expect(correctionFactors(swings, used, whole).week!).toBeCloseTo(1, 12);
    // 2024-11-29 is a Friday.
    const weekend = { first: 20_056 - 140, from: 20_056, to: 20_058 };
    expect(correctionFactors(swings, used, weekend).week!).toBe(0);
  });

  it('are used only where they win the back-test', () => {
    expect(chosenFor(1.9)).toMatchObject({ season: true, drift: false });
    expect(chosenFor(0.8)).toMatchObject({ season: false, drift: true });
    expect(chosenFor(1.53)).toMatchObject({ season: true, drift: true });
    expect(chosenFor(1)).toEqual({ season: false, drift: false, week: false, errors: null });
  });

  it('take up the rhythm of the week for five working days', () => {
    // Monday 2024-11-04 to Friday 2024-11-08; 50 whole weeks are known.
    const working = { first: 20_030 - 350, from: 20_030, to: 20_035 };
    expect(chosenFor(1.4, working)).toMatchObject({ season: false, drift: false, week: true });
  });
});

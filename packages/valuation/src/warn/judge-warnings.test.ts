import { describe, expect, it } from 'vitest';
import { judgeWarnings, type Judged } from './judge-warnings.js';
import { seasonOf } from './order-day-table.js';

/** Rows as [customer, day, score, yardstick, lost]. */
function judgedOf(rows: readonly (readonly [number, number, number, number, number])[]): Judged {
  const column = (place: number) => Float64Array.from(rows, (row) => row[place]!);
  return { customer: column(0), day: column(1), score: column(2), yardstick: column(3), lost: column(4) };
}

const options = { stepDays: 7, days: 7, highestScore: 3, yardstickDays: 90, cut: 1 };

describe('judging warnings', () => {
  // Counted by hand: the yardstick warns of rows 1, 2 and 3 (two true); of four true ones it finds two.
  const judged = judgedOf([
    [0, 0, 0.5, 0.6, 0],
    [0, 7, 2.0, 1.2, 1],
    [1, 0, 1.5, 1.1, 1],
    [2, 0, 0.2, 1.5, 0],
    [3, 0, 0.9, 0.4, 1],
    [3, 7, 1.1, 0.5, 1],
  ]);
  const told = judgeWarnings(judged, options);

  it('counts the yardstick and the base rate', () => {
    expect(told).toMatchObject({ rows: 6, customers: 4, baseRate: 4 / 6 });
    expect(told.yardstick).toEqual({ alarms: 3, precision: 2 / 3, recall: 1 / 2 });
  });

  it('compares at equal recall: the two rows with the highest score are both true', () => {
    expect(told.equalRecall).toMatchObject({ cut: 1.5, alarms: 2, precision: 1, recall: 1 / 2 });
    expect(told.equalRecall?.gain).toBeCloseTo(1 / 3, 12);
    // Residuals by hand: customers 0 and 1 have -(1 - 2/3)/3 each, customer 2 has +(2/3)/3.
    const error = Math.sqrt(2 * (1 / 9) ** 2 + (2 / 9) ** 2);
    expect(told.equalRecall!.gainHigh - told.equalRecall!.gain).toBeCloseTo(1.96 * error, 12);
    expect(told.equalRecall?.verdict).toBe('no-difference');
  });

  it('counts a warning where it begins, and by how much it was earlier', () => {
    expect(told.own).toMatchObject({ alarms: 3, precision: 1, recall: 3 / 4, warnings: 2, warningsAWeek: 2 });
    // Days before the ninetieth: 90 (1 - 1.2) = -18 and 90 (1 - 0.5) = 45.
    expect(told.own.leadDays).toBeCloseTo(13.5, 12);
  });

  it('warns of a row with a cut of its own from that on, and keeps it in step where recalls are made equal', () => {
    const never = Number.POSITIVE_INFINITY;
    const cut = Float64Array.of(1, 1, 3, 1, 0.8, never);
    const told = judgeWarnings({ ...judged, cut }, options);
    // Rows 2 and 6 no longer warn, row 5 does: 2.0 and 0.9 are true. In step, they are 2.0 and 0.9 / 0.8.
    expect(told.own).toMatchObject({ alarms: 2, precision: 1, recall: 1 / 2 });
    expect(told.equalRecall).toMatchObject({ cut: 0.9 / 0.8, alarms: 2, precision: 1 });
  });

  it('warns from the cut that was set, and compares at equal recall as before', () => {
    const strict = judgeWarnings(judged, { ...options, cut: 1.2 });
    expect(strict.own).toMatchObject({ alarms: 2, precision: 1, recall: 1 / 2, warnings: 1 });
    expect(strict.equalRecall).toEqual(told.equalRecall);
    // A cut above what counts as given up: whoever reaches it is warned of.
    const high = judgeWarnings(judged, { ...options, highestScore: 1, cut: 2 });
    expect(high.own.alarms).toBe(1);
  });

  it('says nothing where nothing came true or nobody was warned of', () => {
    const quiet = judgeWarnings(judgedOf([[0, 0, 0.1, 0.1, 0]]), options);
    expect(quiet.yardstick).toEqual({ alarms: 0, precision: null, recall: null });
    expect(quiet.equalRecall).toBeNull();
    expect(quiet.own).toMatchObject({ warnings: 0, warningPrecision: null, leadDays: null });
  });
});

describe('season', () => {
  it('is flat with less than two years', () => {
    expect(seasonOf(Array.from({ length: 25 }, (_, i) => i))).toEqual(Array.from({ length: 13 }, () => 1));
  });

  it('is what repeats each year, whatever the level of the year', () => {
    const shape = Array.from({ length: 13 }, (_, place) => (place === 0 ? 3 : 1));
    const factors = seasonOf([...shape.map((x) => x * 200), ...shape.map((x) => x * 100)]);
    expect(factors[0]).toBeCloseTo((3 * 13) / 15, 12);
    expect(factors[5]).toBeCloseTo(13 / 15, 12);
    expect(factors.reduce((sum, one) => sum + one, 0)).toBeCloseTo(13, 12);
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventTable, type Lifetimes } from './event-table.js';
import { kaplanMeier, survivalAt, survivalQuantile } from './kaplan-meier.js';
import { nelsonAalen } from './nelson-aalen.js';

const of = (...values: number[]): Float64Array => Float64Array.from(values);

/** Remission times of 21 leukaemia patients on 6-MP (Freireich et al. 1963), the example of most textbooks. */
const remission: Lifetimes = {
  duration: of(6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35),
  event: [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0],
};

const lifetimes = fc
  .array(fc.record({ duration: fc.integer({ min: 0, max: 12 }), event: fc.integer({ min: 0, max: 1 }) }), {
    maxLength: 40,
  })
  .map((rows) => ({
    duration: Float64Array.from(rows, (row) => row.duration),
    event: rows.map((row) => row.event),
  }));

describe('kaplanMeier', () => {
  it('gives the textbook figures for the 6-MP patients (Klein & Moeschberger 2003, table 4.1A)', () => {
    const curve = kaplanMeier(remission);
    const expected: [number, number, number][] = [
      [6, 0.857, 0.0764],
      [7, 0.807, 0.0869],
      [10, 0.753, 0.0963],
      [13, 0.69, 0.1068],
      [16, 0.627, 0.1141],
      [22, 0.538, 0.1282],
      [23, 0.448, 0.1346],
    ];
    for (const [time, survival, error] of expected) {
      const k = curve.time.indexOf(time);
      expect(Math.abs(curve.survival[k]! - survival)).toBeLessThan(6e-4);
      expect(Math.abs(curve.standardError[k]! - error)).toBeLessThan(6e-5);
    }
    expect(survivalQuantile(curve, 0.5)).toEqual({ time: 23, lower: 13, upper: null });
    expect(survivalAt(curve, 5.9).survival).toBe(1);
  });

  it('equals the empirical share when nobody is censored', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 0, max: 9 }),
        (durations, time) => {
          const curve = kaplanMeier({
            duration: Float64Array.from(durations),
            event: durations.map(() => 1),
          });
          const share = durations.filter((duration) => duration > time).length / durations.length;
          expect(survivalAt(curve, time).survival).toBeCloseTo(share, 12);
        },
      ),
    );
  });

  it('falls from 1 towards 0 inside its band, and is always a number', () => {
    fc.assert(
      fc.property(lifetimes, (data) => {
        const curve = kaplanMeier(data);
        const hazard = nelsonAalen(data);
        curve.survival.forEach((survival, k) => {
          expect(survival >= 0 && survival <= (curve.survival[k - 1] ?? 1)).toBe(true);
          expect(curve.lower[k]! >= 0 && curve.lower[k]! <= survival + 1e-12).toBe(true);
          expect(curve.upper[k]! >= survival - 1e-12 && curve.upper[k]! <= 1).toBe(true);
          expect(Number.isFinite(curve.standardError[k]!)).toBe(true);
          // exp(-H) is never below the product-limit estimate.
          expect(Math.exp(-hazard.cumulativeHazard[k]!)).toBeGreaterThanOrEqual(survival - 1e-12);
          expect(hazard.lower[k]! <= hazard.cumulativeHazard[k]!).toBe(true);
        });
      }),
    );
  });

  it('counts a weight as repeated rows', () => {
    const weighted = kaplanMeier({ duration: of(1, 2, 3), event: [1, 0, 1], weight: of(3, 0, 2) });
    const repeated = kaplanMeier({ duration: of(1, 1, 1, 3, 3), event: [1, 1, 1, 1, 1] });
    expect(weighted.survival).toEqual(repeated.survival);
    expect(weighted.upper).toEqual(repeated.upper);
    expect(weighted.customers).toBe(5);
  });

  it('counts late entries only from their entry on', () => {
    const entry = of(Number.NEGATIVE_INFINITY, 1, 2, 3);
    const table = eventTable({ duration: of(2, 3, 4, 5), event: [1, 1, 1, 0], entry });
    // By hand: before 2 are customers 0 and 1; before 3 customers 1 and 2; before 4 customers 2 and 3.
    expect(table.atRisk).toEqual([2, 2, 2, 1]);
  });

  it('says so when nobody is there or nobody had the event', () => {
    expect(kaplanMeier({ duration: of(), event: [] })).toMatchObject({ reason: 'no-rows', survival: [] });
    const censored = kaplanMeier({ duration: of(1, 2), event: [0, 0] });
    expect(censored).toMatchObject({ reason: 'no-events', survival: [1, 1], lower: [1, 1] });
    expect(survivalQuantile(censored, 0.5).time).toBeNull();
    expect(nelsonAalen({ duration: of(1, 2), event: [0, 0] })).toMatchObject({
      reason: 'no-events',
      cumulativeHazard: [0, 0],
    });
  });

  it('refuses what is no lifetime, naming the row', () => {
    expect(() => kaplanMeier({ duration: of(1, Number.NaN), event: [1, 1] })).toThrow(/duration, row 1: NaN/);
    expect(() => kaplanMeier({ duration: of(1, -1), event: [1, 1] })).toThrow(RangeError);
    expect(() => kaplanMeier({ duration: of(1), event: [2] })).toThrow(/event, row 0: 2/);
    expect(() => kaplanMeier({ duration: of(1), event: [1], entry: of(1) })).toThrow(/entry, row 0/);
    expect(() => kaplanMeier({ duration: of(1), event: [1], weight: of(-1) })).toThrow(/weight, row 0/);
    expect(() => kaplanMeier(remission, 1)).toThrow(RangeError);
    expect(() => survivalAt(kaplanMeier(remission), Number.NaN)).toThrow(RangeError);
    expect(() => survivalQuantile(kaplanMeier(remission), 0)).toThrow(RangeError);
  });
});

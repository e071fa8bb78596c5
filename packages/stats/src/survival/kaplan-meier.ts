import { checkLevel } from '../linear/coefficients.js';
import { normalQuantile } from '../special/normal.js';
import { eventTable, type EventTable, type Lifetimes } from './event-table.js';

/** Why a curve says little: there was nobody, or nobody had the event (the curve is then flat). */
export type CurveReason = 'no-rows' | 'no-events';

/** A survival curve as a step function: `survival[k]` holds from `time[k]` until the next time. Plain JSON. */
export interface SurvivalCurve extends EventTable {
  name: 'kaplan-meier';
  level: number;
  customers: number;
  survival: number[];
  /** Greenwood's standard error of the survival; 0 where the curve has come down to 0. */
  standardError: number[];
  /** Log-log interval; where the curve is 0 it reaches from 0 to the upper bound before. */
  lower: number[];
  upper: number[];
  reason: CurveReason | null;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** What may be said of a table of events: nothing when it is empty, little when nobody had the event. */
export function curveReason(table: EventTable): CurveReason | null {
  if (table.time.length === 0) return 'no-rows';
  return sum(table.events) > 0 ? null : 'no-events';
}

/**
 * Share of customers still without the event after each time, with censored customers counted as long as they were
 * seen: S(t) = product over event times u <= t of (1 - d_u / n_u).
 * Sources: Kaplan & Meier 1958 (product-limit estimate); Greenwood 1926 (variance S^2 sum d / (n (n - d)));
 * Kalbfleisch & Prentice 1980, section 1.3 (interval from log(-log S), which stays in [0, 1]); left truncation as in Turnbull
 * 1976. `level` is that of the pointwise interval, default 0.95.
 * RangeError for columns that are no lifetimes, naming the row. Nobody, or no event: `reason` says so. O(n log n).
 */
export function kaplanMeier(data: Lifetimes, level = 0.95): SurvivalCurve {
  checkLevel(level);
  const table = eventTable(data);
  const reach = normalQuantile(0.5 + level / 2);
  const curve: SurvivalCurve = {
    name: 'kaplan-meier',
    level,
    customers: sum(table.events) + sum(table.censored),
    ...table,
    survival: [],
    standardError: [],
    lower: [],
    upper: [],
    reason: curveReason(table),
  };
  let survival = 1;
  let variance = 0;
  for (let k = 0; k < table.time.length; k++) {
    const [n, d] = [table.atRisk[k]!, table.events[k]!];
    // Weights need not be whole: what is left of the last customers may be rounding.
    survival = n - d > 1e-12 * n ? survival * ((n - d) / n) : 0;
    if (survival > 0) variance += d / (n * (n - d));
    const spread = (reach * Math.sqrt(variance)) / Math.abs(Math.log(survival));
    const inside = survival > 0 && survival < 1;
    curve.survival.push(survival);
    curve.standardError.push(survival * Math.sqrt(variance));
    curve.lower.push(inside ? survival ** Math.exp(spread) : survival);
    curve.upper.push(inside ? survival ** Math.exp(-spread) : survival > 0 ? 1 : (curve.upper.at(-1) ?? 1));
  }
  return curve;
}

/** Place of the last time that is not after t, -1 before the first. */
export function stepAt(times: readonly number[], t: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! <= t) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/**
 * The curve at a time: survival with its interval. After the last observed time the curve is held at its last value.
 * RangeError for a time that is not a number. O(log m).
 */
export function survivalAt(
  curve: SurvivalCurve,
  time: number,
): { survival: number; lower: number; upper: number } {
  if (Number.isNaN(time)) throw new RangeError('survivalAt needs a time, got NaN');
  const k = stepAt(curve.time, time);
  if (k < 0) return { survival: 1, lower: 1, upper: 1 };
  return { survival: curve.survival[k]!, lower: curve.lower[k]!, upper: curve.upper[k]! };
}

/**
 * Time by which a share p of the customers had the event (p = 0.5: the median): the first time with S(t) <= 1 - p, and
 * the interval by inversion of the curve's band (Brookmeyer & Crowley 1982). Null where the curve, or its bound, does
 * not come down that far. RangeError unless 0 < p < 1. O(m).
 */
export function survivalQuantile(
  curve: SurvivalCurve,
  p: number,
): { time: number | null; lower: number | null; upper: number | null } {
  if (!(p > 0 && p < 1)) throw new RangeError(`survivalQuantile needs p between 0 and 1, got ${p}`);
  // 1 - p and a product of fractions differ in the last bits when they should be equal.
  const first = (values: readonly number[]): number | null =>
    curve.time[values.findIndex((value) => value <= 1 - p + 1e-12)] ?? null;
  return { time: first(curve.survival), lower: first(curve.lower), upper: first(curve.upper) };
}

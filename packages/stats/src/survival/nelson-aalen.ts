import { checkLevel } from '../linear/coefficients.js';
import { normalQuantile } from '../special/normal.js';
import { eventTable, type EventTable, type Lifetimes } from './event-table.js';
import { curveReason, type CurveReason } from './kaplan-meier.js';

/** Cumulative hazard as a step function of time; it may exceed 1. Plain JSON. */
export interface HazardCurve extends EventTable {
  name: 'nelson-aalen';
  level: number;
  cumulativeHazard: number[];
  standardError: number[];
  lower: number[];
  upper: number[];
  reason: CurveReason | null;
}

/**
 * Expected number of events a customer would have had by each time if he could have it again and again:
 * H(t) = sum over event times u <= t of d_u / n_u, variance sum d_u / n_u^2.
 * Sources: Nelson 1972, Aalen 1978; interval from log H (Kalbfleisch & Prentice 1980), which stays above 0.
 * RangeError for columns that are no lifetimes, naming the row. Nobody, or no event: `reason` says so. O(n log n).
 */
export function nelsonAalen(data: Lifetimes, level = 0.95): HazardCurve {
  checkLevel(level);
  const table = eventTable(data);
  const reach = normalQuantile(0.5 + level / 2);
  const curve: HazardCurve = {
    name: 'nelson-aalen',
    level,
    ...table,
    cumulativeHazard: [],
    standardError: [],
    lower: [],
    upper: [],
    reason: curveReason(table),
  };
  let hazard = 0;
  let variance = 0;
  for (let k = 0; k < table.time.length; k++) {
    hazard += table.events[k]! / table.atRisk[k]!;
    variance += table.events[k]! / table.atRisk[k]! ** 2;
    const factor = hazard > 0 ? Math.exp((reach * Math.sqrt(variance)) / hazard) : 1;
    curve.cumulativeHazard.push(hazard);
    curve.standardError.push(Math.sqrt(variance));
    curve.lower.push(hazard / factor);
    curve.upper.push(hazard * factor);
  }
  return curve;
}

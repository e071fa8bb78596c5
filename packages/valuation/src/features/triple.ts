import type { Engine } from '../engine/engine.js';

/** Above any age in days: the careful reader takes years 1900 to 2100 only. */
const MOST_DAYS = 100_000;

/**
 * SQL of a triple as one whole number below 2^53 (for up to 900,000 order days), as DOUBLE: by it triples are grouped, sorted
 * and joined in two thirds of the time that three columns take.
 */
export const tripleKey = (x: string, recencyDays: string, ageDays: string): string =>
  `((CAST(${x} AS DOUBLE) * ${MOST_DAYS} + (${recencyDays})) * ${MOST_DAYS} + (${ageDays}))`;

/** What the keys are made of. */
function ofKeys(key: Float64Array): Pick<Triples, 'frequency' | 'recencyDays' | 'ageDays'> {
  const ageDays = key.map((value) => value % MOST_DAYS);
  const rest = key.map((value, i) => (value - ageDays[i]!) / MOST_DAYS);
  const recencyDays = rest.map((value) => value % MOST_DAYS);
  return { frequency: rest.map((value, i) => (value - recencyDays[i]!) / MOST_DAYS), recencyDays, ageDays };
}

/**
 * One row: a distinct (frequency, recency, age) with what its customers have together. Recency and age in whole days;
 * weight: number of customers; repeatMinor: value of their repeat days; totalMinor: of all their days, in hundredths;
 * repeatSquares and totalSquares: the sums of the customers' own squares of these.
 */
export interface Triples {
  size: number;
  /** The triple as one whole number: see tripleKey. */
  key: Float64Array;
  frequency: Float64Array;
  recencyDays: Float64Array;
  ageDays: Float64Array;
  weight: Float64Array;
  repeatMinor: Float64Array;
  totalMinor: Float64Array;
  repeatSquares: Float64Array;
  totalSquares: Float64Array;
  /** Number of the customers' group, which sets triples apart; null where there are no groups. */
  group: Float64Array | null;
}

/** Distinct triples as of a day, in a fixed order, so that everything made of them is the same every time. */
export async function readTriples(engine: Engine, asOfDay: number, grouped = false): Promise<Triples> {
  const { dialect } = engine;
  const [own, key] = grouped ? [', CAST(grp AS DOUBLE) AS grp', ', grp'] : ['', ''];
  const keyed = `SELECT *, ${tripleKey('frequency', 'last_day - first_day', `${asOfDay} - first_day`)} AS triple FROM customer_feature`;
  const columns = await engine.numbers(
    `SELECT triple, CAST(count(*) AS DOUBLE), sum(total_minor - first_minor), sum(total_minor), ${dialect.sumOfSquares('total_minor - first_minor')}, ${dialect.sumOfSquares('total_minor')}${own} FROM (${keyed}) AS k GROUP BY triple${key} ORDER BY triple${key}`,
  );
  const none = new Float64Array(0);
  const [triple = none, weight, repeatMinor, totalMinor, repeatSquares, totalSquares, group] = columns;
  return {
    size: triple.length,
    key: triple,
    ...ofKeys(triple),
    weight: weight ?? none,
    repeatMinor: repeatMinor ?? none,
    totalMinor: totalMinor ?? none,
    repeatSquares: repeatSquares ?? none,
    totalSquares: totalSquares ?? none,
    group: grouped ? (group ?? none) : null,
  };
}

/** One row: customers who were the same at the end of calibration, in the hold-out and in the period before it. */
export interface HeldTriples {
  frequency: Float64Array;
  recencyDays: Float64Array;
  ageDays: Float64Array;
  /** Order days of the hold-out. */
  heldOrders: Float64Array;
  /** Order days of the last period of calibration that is as long as the hold-out, or of what there is of it. */
  periodOrders: Float64Array;
  weight: Float64Array;
  /** As for triples. */
  group: Float64Array | null;
}

/**
 * Customers whose first order came up to the end of calibration: all of them, or those of one of `parts` equal parts by a hash
 * of their id, the same every time.
 */
export async function readHeldTriples(
  engine: Engine,
  calibrationEnd: number,
  parts: number,
  grouped = false,
): Promise<HeldTriples> {
  const [own, key] = grouped ? [', CAST(grp AS DOUBLE) AS grp', ', grp'] : ['', ''];
  const part = parts > 1 ? ` AND ${engine.dialect.bucketOf('customer_id', parts)} = 0` : '';
  const columns = await engine.numbers(
    `SELECT CAST(held_frequency AS DOUBLE), CAST(held_last_day - first_day AS DOUBLE), CAST(${calibrationEnd} - first_day AS DOUBLE), CAST(held_orders AS DOUBLE), CAST(period_orders AS DOUBLE), CAST(count(*) AS DOUBLE)${own} FROM customer_feature WHERE first_day <= ${calibrationEnd}${part} GROUP BY 1, 2, 3, 4, 5${key} ORDER BY 1, 2, 3, 4, 5${key}`,
  );
  const none = new Float64Array(0);
  const [frequency, recencyDays, ageDays, heldOrders, periodOrders, weight, group] = columns;
  return {
    frequency: frequency ?? none,
    recencyDays: recencyDays ?? none,
    ageDays: ageDays ?? none,
    heldOrders: heldOrders ?? none,
    periodOrders: periodOrders ?? none,
    weight: weight ?? none,
    group: grouped ? (group ?? none) : null,
  };
}

import type { Engine } from '../engine/engine.js';

/**
 * One row: a distinct (frequency, recency, age) with what its customers have together. Recency and age in whole days;
 * weight: number of customers; repeatMinor: value of their repeat days; totalMinor: of all their days, in hundredths;
 * repeatSquares and totalSquares: the sums of the customers' own squares of these.
 */
export interface Triples {
  size: number;
  frequency: Float64Array;
  recencyDays: Float64Array;
  ageDays: Float64Array;
  weight: Float64Array;
  repeatMinor: Float64Array;
  totalMinor: Float64Array;
  repeatSquares: Float64Array;
  totalSquares: Float64Array;
}

/** Distinct triples as of a day, in a fixed order, so that everything made of them is the same every time. */
export async function readTriples(engine: Engine, asOfDay: number): Promise<Triples> {
  const { dialect } = engine;
  const columns = await engine.numbers(
    `SELECT CAST(frequency AS DOUBLE) AS x, CAST(last_day - first_day AS DOUBLE) AS recency, CAST(${asOfDay} - first_day AS DOUBLE) AS age, CAST(count(*) AS DOUBLE), sum(total_minor - first_minor), sum(total_minor), ${dialect.sumOfSquares('total_minor - first_minor')}, ${dialect.sumOfSquares('total_minor')} FROM customer_feature GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
  );
  const [frequency, recencyDays, ageDays, weight, repeatMinor, totalMinor, repeatSquares, totalSquares] =
    columns;
  const none = new Float64Array(0);
  return {
    size: frequency?.length ?? 0,
    frequency: frequency ?? none,
    recencyDays: recencyDays ?? none,
    ageDays: ageDays ?? none,
    weight: weight ?? none,
    repeatMinor: repeatMinor ?? none,
    totalMinor: totalMinor ?? none,
    repeatSquares: repeatSquares ?? none,
    totalSquares: totalSquares ?? none,
  };
}

/**
 * One row: a distinct (frequency, recency, age) at the end of calibration together with the order days afterwards.
 * Customers whose first order came later are not in it.
 */
export async function readHeldTriples(
  engine: Engine,
  calibrationEnd: number,
): Promise<{
  frequency: Float64Array;
  recencyDays: Float64Array;
  ageDays: Float64Array;
  heldOrders: Float64Array;
  weight: Float64Array;
}> {
  const columns = await engine.numbers(
    `SELECT CAST(held_frequency AS DOUBLE), CAST(held_last_day - first_day AS DOUBLE), CAST(${calibrationEnd} - first_day AS DOUBLE), CAST(held_orders AS DOUBLE), CAST(count(*) AS DOUBLE) FROM customer_feature WHERE first_day <= ${calibrationEnd} GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`,
  );
  const none = new Float64Array(0);
  const [frequency, recencyDays, ageDays, heldOrders, weight] = columns;
  return {
    frequency: frequency ?? none,
    recencyDays: recencyDays ?? none,
    ageDays: ageDays ?? none,
    heldOrders: heldOrders ?? none,
    weight: weight ?? none,
  };
}

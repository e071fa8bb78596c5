import type { BucketTotals } from '../lake/lake-manifest.js';
import { orderDayQuery } from './order-day.js';

/**
 * One row: a customer with at least one order day. Terms of Fader & Hardie.
 * - frequency: order days after the first (0 for one-time buyers).
 * - first_day, last_day: first and last order day, days since 1970-01-01.
 * - total_minor: value of all order days; first_minor: of the first one. Repeat value is their difference.
 * - held_frequency, held_last_day, held_orders: frequency and last day up to the end of calibration, and order days
 *   after it; period_orders: order days of the last period of calibration that is as long as what follows it. Without
 *   calibration all 0.
 * Nothing is null. All amounts in hundredths.
 */
export function createFeatureTable(): string {
  return `CREATE OR REPLACE TABLE customer_feature (customer_id VARCHAR, frequency INTEGER, first_day INTEGER, last_day INTEGER, total_minor DOUBLE, first_minor DOUBLE, held_frequency INTEGER, held_last_day INTEGER, held_orders INTEGER, period_orders INTEGER)`;
}

export interface FeatureCut {
  /** Lines after this day are left out; null for none. */
  lastDay: number | null;
  /** Last day of the calibration part; null for none. */
  calibrationEnd: number | null;
  /** First day of the period of calibration that is as long as the hold-out; null for none. */
  periodStart: number | null;
}

/** Statement that adds the customers of some lines (customer_id, day, amount_minor) to the feature table. */
export function insertFeatures(
  lines: string,
  totals: BucketTotals,
  { lastDay, calibrationEnd, periodStart }: FeatureCut,
): string {
  const held =
    calibrationEnd === null
      ? '0, 0, 0, 0'
      : `count(CASE WHEN day <= ${calibrationEnd} THEN 1 END) - 1, max(CASE WHEN day <= ${calibrationEnd} THEN day ELSE -100000 END), count(CASE WHEN day > ${calibrationEnd} THEN 1 END), count(CASE WHEN day <= ${calibrationEnd} AND day >= ${periodStart ?? calibrationEnd} THEN 1 END)`;
  const days = orderDayQuery(lines, totals, lastDay);
  return `INSERT INTO customer_feature SELECT customer_id, count(*) - 1, min(day), max(day), sum(net_minor), min_by(net_minor, day), ${held} FROM (${days}) AS o GROUP BY customer_id`;
}

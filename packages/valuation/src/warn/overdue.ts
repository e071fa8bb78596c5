import type { LakeDetector } from './lake-detector.js';

/** Two weeks of grace beyond the longest gap: a holiday, or somebody who is ill, is no loss. */
const GRACE_DAYS = 14;
/** Two gaps are the least that can be called a rhythm. */
const LEAST_ORDER_DAYS = 3;
const YARDSTICK_DAYS = 90;
const OUTCOME_DAYS = 90;

/** Days of silence that make a score of 1, of a customer whose longest gap is a column. */
export const overdueScale = (longestGap: string): string => `(${longestGap} + ${GRACE_DAYS})`;

/**
 * Overdue against the customer's own rhythm: the silence since the last order day, measured by the longest gap that this
 * customer has ever left between two (plus grace). The longest gap and not the mean: an order a week and one at Christmas
 * is a rhythm too. After three times that silence the customer counts as lost, which is no warning any more.
 */
export const overdue: LakeDetector = {
  id: 'overdue',
  evidence: ['silenceDays', 'longestGapDays', 'meanGapDays', 'orders'],
  highestScore: 3,
  // Half a year.
  longestWait: 2,
  query: ({ relation, asOfDay }) =>
    `SELECT customer_id, CAST(silence AS FLOAT8) / ${overdueScale('longest')} AS score, CAST(silence AS FLOAT8) / ${YARDSTICK_DAYS} AS yardstick,
      CAST(silence AS FLOAT8) AS silence_days, CAST(longest AS FLOAT8) AS longest_gap,
      CAST(last_day - first_day AS FLOAT8) / (orders - 1) AS mean_gap, CAST(orders AS FLOAT8) AS orders
     FROM (SELECT customer_id, ${asOfDay} - max(day) AS silence, max(gap) AS longest, min(day) AS first_day,
        max(day) AS last_day, count(*) AS orders
      FROM ${relation} WHERE day <= ${asOfDay} GROUP BY customer_id) AS h
     WHERE orders >= ${LEAST_ORDER_DAYS}`,
  outcomeDays: OUTCOME_DAYS,
  outcome: ({ relation, asOfDay }) =>
    `SELECT customer_id, CASE WHEN count(CASE WHEN day > ${asOfDay} THEN 1 END) > 0 THEN 0.0 ELSE 1.0 END AS lost
     FROM ${relation} WHERE day <= ${asOfDay + OUTCOME_DAYS} GROUP BY customer_id`,
};

import type { LakeDetector, OrderDaySource } from './lake-detector.js';

/** A period is 28 days, so that each has the same weekdays; 13 of them are a year less a day. */
export const PERIOD_DAYS = 28;
/** Half a year is watched, the last three periods are recent; what lies before, up to two years, is the customer's usual level. */
const WATCHED = 6;
const RECENT = 3;
const KNOWN = 32;
/** Whoever did not order within so many days is not judged. */
export const recentSpendDays = RECENT * PERIOD_DAYS;
/** Fewer periods say nothing about a usual level. */
const LEAST_BASE = 4;
/** Page's cumulative sum (E. S. Page, Biometrika 1954): slack of half a standard deviation, alarm at four of them. */
const SLACK = 0.5;
const ALARM = 4;
/** A level that hardly swings would make every small order an alarm. */
const LEAST_SPREAD = 0.25;

const watched = Array.from({ length: WATCHED }, (_, period) => period);

/**
 * A row a customer who ordered of late and has enough of a past: the usual level and its spread, from the periods before those
 * that are watched, and the spend of each watched period (x0 the latest), all adjusted for the season. Periods without an order
 * count as nothing, from the one after the first order on; that first one is not whole. Sums and sums of squares say all of
 * this, so no period has to be made up, and orders are gone through once.
 */
function levels({ relation, asOfDay, season }: OrderDaySource): string {
  const adjust = season.map((factor, place) => `WHEN ${place} THEN ${factor}`).join(' ');
  const base = (what: string): string =>
    `coalesce(sum(CASE WHEN period >= ${WATCHED} AND period < ${KNOWN} THEN ${what} END), 0)
      - CASE WHEN max(period) < ${KNOWN} THEN sum(CASE WHEN period = oldest THEN ${what} END) ELSE 0 END`;
  return `SELECT customer_id, level, ${watched.map((period) => `x${period}`).join(', ')},
      greatest(sqrt(greatest(0, (squares - known * level * level) / (known - 1))), ${LEAST_SPREAD} * level) AS spread
    FROM (SELECT customer_id, total / known AS level, squares, known, ${watched.map((period) => `x${period}`).join(', ')}
      FROM (SELECT customer_id, ${base('x')} AS total, ${base('x * x')} AS squares,
          least(max(period) - 1, ${KNOWN - 1}) - ${WATCHED - 1} AS known,
          ${watched.map((period) => `coalesce(sum(CASE WHEN period = ${period} THEN x END), 0) AS x${period}`).join(', ')}
        FROM (SELECT customer_id, period, max(period) OVER (PARTITION BY customer_id) AS oldest,
            spend / (CASE period % 13 ${adjust} ELSE 1.0 END) AS x
          FROM (SELECT customer_id, CAST(floor((${asOfDay} - day) / ${PERIOD_DAYS}.0) AS INTEGER) AS period,
              CAST(sum(net_minor) AS FLOAT8) / 100 AS spend
            FROM ${relation} WHERE day <= ${asOfDay} GROUP BY 1, 2) AS s) AS p
        GROUP BY customer_id HAVING min(period) < ${RECENT} AND max(period) > ${WATCHED + LEAST_BASE - 1}) AS t) AS l
    WHERE level > 0`;
}

/** The cumulative sum over the watched periods, the oldest first: it never falls below nothing. */
const fallen = watched
  .toReversed()
  .reduce(
    (before, period) => `greatest(0, ${before} + (level - ${SLACK} * spread - x${period}) / spread)`,
    '0.0',
  );
const recent = `(${watched
  .filter((period) => period < RECENT)
  .map((period) => `x${period}`)
  .join(' + ')})`;

/**
 * Spend (margin, where the value is margin) that stays below the customer's own usual level, adjusted for the season of all
 * customers: a cumulative sum over half a year. Somebody who is silent altogether is the concern of `overdue`.
 */
export const spendFall: LakeDetector = {
  id: 'spend-fall',
  evidence: ['usualSpend', 'recentSpend', 'fallShare'],
  highestScore: 1e9,
  longestWait: 1e9,
  query: (source) =>
    `SELECT customer_id, ${fallen} / ${ALARM}.0 AS score, 2 * (1 - ${recent} / (${RECENT} * level)) AS yardstick,
      level AS usual_spend, ${recent} / ${RECENT} AS recent_spend, 1 - ${recent} / (${RECENT} * level) AS fall_share
     FROM (${levels(source)}) AS f WHERE ${recent} > 0`,
  outcomeDays: 3 * PERIOD_DAYS,
  outcome: (source) =>
    `SELECT l.customer_id, CASE WHEN coalesce(a.spend, 0) < 1.5 * l.level THEN 1.0 ELSE 0.0 END AS lost
     FROM (${levels(source)}) AS l LEFT JOIN (SELECT customer_id, CAST(sum(net_minor) AS FLOAT8) / 100 AS spend
        FROM ${source.relation} WHERE day > ${source.asOfDay} AND day <= ${source.asOfDay + 3 * PERIOD_DAYS}
        GROUP BY customer_id) AS a
     ON a.customer_id = l.customer_id`,
};

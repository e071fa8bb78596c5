import type { LakeDetector, OrderDaySource } from './lake-detector.js';

/** A period is 28 days, so that each has the same weekdays; 13 of them are a year less a day. */
export const PERIOD_DAYS = 28;
/** Half a year is watched, the last three periods are recent; what lies before, up to two years, is the customer's usual level. */
const WATCHED = 6;
const RECENT = 3;
const KNOWN = 32;
/** Fewer periods say nothing about a usual level. */
const LEAST_BASE = 4;
/** Page's cumulative sum (E. S. Page, Biometrika 1954): slack of half a standard deviation, alarm at four of them. */
const SLACK = 0.5;
const ALARM = 4;
/** A level that hardly swings would make every small order an alarm. */
const LEAST_SPREAD = 0.25;

/**
 * Net spend by customer and period, the latest period 0, adjusted for the season; periods without an order are there. Only of
 * customers who ordered of late and have enough of a past: of the others nothing is said.
 */
function series({ relation, asOfDay, season }: OrderDaySource): string {
  const adjust = season.map((factor, place) => `WHEN ${place} THEN ${factor}`).join(' ');
  return `WITH s AS MATERIALIZED (SELECT customer_id, (${asOfDay} - day) // ${PERIOD_DAYS} AS period, CAST(sum(net_minor) AS DOUBLE) / 100 AS spend
        FROM ${relation} WHERE day <= ${asOfDay} GROUP BY 1, 2),
      f AS (SELECT customer_id, least(max(period) - 1, ${KNOWN - 1}) AS oldest FROM s GROUP BY customer_id
        HAVING min(period) < ${RECENT} AND max(period) > ${WATCHED + LEAST_BASE - 1})
    SELECT p.customer_id, p.period, coalesce(s.spend, 0) / (CASE p.period % 13 ${adjust} ELSE 1.0 END) AS x
    FROM (SELECT f.customer_id, n.period FROM f
      JOIN (SELECT CAST(range AS INTEGER) AS period FROM range(${KNOWN})) AS n ON n.period <= f.oldest) AS p
    LEFT JOIN s ON s.customer_id = p.customer_id AND s.period = p.period`;
}

/** Usual level and its spread from the periods before those that are watched, with the spend since. */
function levels(source: OrderDaySource): string {
  return `SELECT customer_id, period, x, avg(CASE WHEN period >= ${WATCHED} THEN x END) OVER c AS level,
      greatest(stddev_samp(CASE WHEN period >= ${WATCHED} THEN x END) OVER c,
        ${LEAST_SPREAD} * avg(CASE WHEN period >= ${WATCHED} THEN x END) OVER c) AS spread,
      count(CASE WHEN period >= ${WATCHED} THEN 1 END) OVER c AS known
    FROM (${series(source)}) AS x WINDOW c AS (PARTITION BY customer_id)`;
}

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
    `SELECT customer_id, max(fallen) / ${ALARM}.0 AS score, max(2 * (1 - recent / (${RECENT} * level))) AS yardstick,
      max(level) AS usual_spend, max(recent) / ${RECENT} AS recent_spend, max(1 - recent / (${RECENT} * level)) AS fall_share
     FROM (SELECT customer_id, period, level, recent, total - least(0, min(total) OVER w) AS fallen
      FROM (SELECT customer_id, period, level, sum(CASE WHEN period < ${RECENT} THEN x ELSE 0 END) OVER (PARTITION BY customer_id) AS recent,
          sum((level - ${SLACK} * spread - x) / spread) OVER (PARTITION BY customer_id ORDER BY period DESC) AS total
        FROM (${levels(source)}) AS l WHERE period < ${WATCHED} AND known >= ${LEAST_BASE} AND level > 0) AS t
      WINDOW w AS (PARTITION BY customer_id ORDER BY period DESC)) AS f
     WHERE period = 0 AND recent > 0 GROUP BY customer_id`,
  outcomeDays: 3 * PERIOD_DAYS,
  outcome: (source) =>
    `SELECT l.customer_id, CASE WHEN coalesce(max(a.spend), 0) < 1.5 * max(l.level) THEN 1.0 ELSE 0.0 END AS lost
     FROM (${levels(source)}) AS l LEFT JOIN (SELECT customer_id, CAST(sum(net_minor) AS DOUBLE) / 100 AS spend
        FROM ${source.relation} WHERE day > ${source.asOfDay} AND day <= ${source.asOfDay + 3 * PERIOD_DAYS}
        GROUP BY customer_id) AS a
     ON a.customer_id = l.customer_id WHERE l.level > 0 GROUP BY l.customer_id`,
};

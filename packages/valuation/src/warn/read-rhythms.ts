import type { Engine } from '../engine/engine.js';
import type { Lake } from '../lake/lake-manifest.js';
import { orderDaysOf, piecesOf } from './order-day-table.js';

/** What a stage is told by, a customer a row; days since 1970-01-01, amounts in hundredths. NaN: there is none. */
export interface Rhythms {
  customerIds: string[];
  orders: Float64Array;
  firstDay: Float64Array;
  lastDay: Float64Array;
  /** Longest gap between two order days. */
  longestGap: Float64Array;
  /** The last day on which an order ended a gap that was a silence by the patience asked for. */
  backDay: Float64Array;
  /** Net spend of the half-year up to the day, and of the one before. */
  recentMinor: Float64Array;
  earlierMinor: Float64Array;
}

const HALF_YEAR = 182;
/** What a silence is held against: the longest gap before it and some days, or so many days where there is none. */
interface Patience {
  graceDays: number;
  firstPatienceDays: number;
  /** Whoever orders after a silence so many times as long has come back. */
  dormantTimes: number;
}

function rhythmQuery(relation: string, asOfDay: number, patience: Patience): string {
  const { graceDays, firstPatienceDays, dormantTimes } = patience;
  const usual = `coalesce(before + ${graceDays}, ${firstPatienceDays})`;
  const within = (from: number, to: number): string =>
    `coalesce(sum(CASE WHEN day > ${asOfDay - from} AND day <= ${asOfDay - to} THEN net_minor END), 0)`;
  const gaps = `SELECT customer_id, day, net_minor, gap, max(gap) OVER (PARTITION BY customer_id ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before FROM ${relation} WHERE day <= ${asOfDay}`;
  return `SELECT customer_id, CAST(count(*) AS DOUBLE), CAST(min(day) AS DOUBLE), CAST(max(day) AS DOUBLE), CAST(max(gap) AS DOUBLE),
    CAST(max(CASE WHEN gap > ${dormantTimes} * ${usual} THEN day END) AS DOUBLE),
    CAST(${within(HALF_YEAR, 0)} AS DOUBLE), CAST(${within(2 * HALF_YEAR, HALF_YEAR)} AS DOUBLE)
    FROM (${gaps}) AS g GROUP BY customer_id`;
}

/** Rhythms as of a day, a piece of the lake at a time: `take` gets some ten thousand customers and is awaited. */
export async function readRhythms(
  engine: Engine,
  lake: Lake,
  { asOfDay, ...patience }: Patience & { asOfDay: number },
  take: (rhythms: Rhythms) => Promise<void>,
): Promise<void> {
  for (const piece of piecesOf(engine, lake)) {
    const relation = orderDaysOf(piece);
    for await (const { columns } of engine.stream(rhythmQuery(relation, asOfDay, patience))) {
      const [customerIds, ...figures] = columns as [string[], ...Float64Array[]];
      const [orders, firstDay, lastDay, longestGap, backDay, recentMinor, earlierMinor] = figures as [
        Float64Array,
        Float64Array,
        Float64Array,
        Float64Array,
        Float64Array,
        Float64Array,
        Float64Array,
      ];
      await take({ customerIds, orders, firstDay, lastDay, longestGap, backDay, recentMinor, earlierMinor });
    }
  }
}

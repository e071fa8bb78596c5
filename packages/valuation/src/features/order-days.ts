import type { Engine } from '../engine/engine.js';
import type { Lake } from '../lake/lake-manifest.js';
import { bucketRelation } from '../lake/write-lake.js';
import type { FeatureCut } from './customer-feature.js';
import { orderDayQuery } from './order-day.js';

/** Lines that are enough to see seasons and swings; where there is a back-test, to draw them too. Of more lines a part is counted. */
const ENOUGH_LINES = 100_000;
const ENOUGH_TO_DRAW = 1_000_000;

/**
 * Order days of all customers together, day by day from `firstDay` on. Of many customers a part is counted
 * and stands for all: `scale` is all customers over those counted.
 */
export interface OrderDays {
  firstDay: number;
  /** Order days, the customers' first ones among them. */
  orders: Float64Array;
  /** First order days: customers who came. */
  firsts: Float64Array;
  /** Order days of customers who came up to the end of calibration; all where there is none. */
  heldOrders: Float64Array;
  scale: number;
}

/** Customers of about one in `times` of a relation, the same every time. Not the hash that made the buckets: it is the same in all of one. */
function partOf(engine: Engine, relation: string, times: number): string {
  if (times < 2) return relation;
  const part = engine.dialect.bucketOf("customer_id || '-'", Math.floor(times));
  return `(SELECT * FROM ${relation} WHERE ${part} = 0) AS part`;
}

/** Counts order days by day. Cost: what the features cost for as many lines, and a look at the ids of a part of the rest. */
export async function readOrderDays(
  engine: Engine,
  lake: Lake,
  cut: FeatureCut,
  customers: number,
): Promise<OrderDays> {
  await engine.run(
    'CREATE OR REPLACE TABLE order_day_count (day INTEGER, orders DOUBLE, firsts DOUBLE, held DOUBLE)',
  );
  const statements: string[] = [];
  const enough = cut.calibrationEnd === null ? ENOUGH_LINES : ENOUGH_TO_DRAW;
  const known = cut.calibrationEnd === null ? '' : ` AND first_day <= ${cut.calibrationEnd}`;
  let lines = 0;
  for (const totals of lake.manifest.totals) {
    const relation = bucketRelation(engine, lake, totals.bucket);
    if (relation === null || lines >= enough) continue;
    lines += totals.lines;
    const days = orderDayQuery(partOf(engine, relation, totals.lines / enough), totals, cut.lastDay);
    statements.push(
      `INSERT INTO order_day_count SELECT day, count(*), count(CASE WHEN day = first_day THEN 1 END), count(CASE WHEN 1 = 1${known} THEN 1 END) FROM (SELECT day, min(day) OVER (PARTITION BY customer_id) AS first_day FROM (${days}) AS o) AS f GROUP BY day`,
    );
  }
  await engine.runEach(statements);
  const [day, orders, firsts, held] = await engine.numbers(
    'SELECT CAST(day AS DOUBLE), sum(orders), sum(firsts), sum(held) FROM order_day_count GROUP BY day ORDER BY day',
  );
  const firstDay = day?.[0] ?? 0;
  const size = day === undefined || day.length === 0 ? 0 : day.at(-1)! - firstDay + 1;
  const spread = (counts: Float64Array | undefined): Float64Array => {
    const byDay = new Float64Array(size);
    counts?.forEach((count, i) => (byDay[day![i]! - firstDay] = count));
    return byDay;
  };
  const counted = (firsts ?? new Float64Array(0)).reduce((sum, count) => sum + count, 0);
  return {
    firstDay,
    orders: spread(orders),
    firsts: spread(firsts),
    heldOrders: spread(held),
    scale: counted > 0 ? customers / counted : 1,
  };
}

import type { Engine } from '../engine/engine.js';
import type { Lake } from '../lake/lake-manifest.js';
import { bucketRelation } from '../lake/write-lake.js';
import type { FeatureCut } from './customer-feature.js';
import { orderDayQuery } from './order-day.js';

/** Lines that are enough to see seasons and swings; where there is a back-test, to draw them too. Whole buckets of customers are read until there are so many. */
const ENOUGH_LINES = 100_000;
const ENOUGH_TO_DRAW = 1_000_000;

/**
 * Order days of all customers together, day by day from `firstDay` on. Of many customers those of the first buckets are counted
 * and stand for all: `scale` is all lines over theirs.
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

/** Counts order days by day. Cost: what the features cost for as many lines. */
export async function readOrderDays(engine: Engine, lake: Lake, cut: FeatureCut): Promise<OrderDays> {
  await engine.run(
    'CREATE OR REPLACE TABLE order_day_count (day INTEGER, orders DOUBLE, firsts DOUBLE, held DOUBLE)',
  );
  const statements: string[] = [];
  const enough = cut.calibrationEnd === null ? ENOUGH_LINES : ENOUGH_TO_DRAW;
  let lines = 0;
  for (const totals of lake.manifest.totals) {
    const relation = bucketRelation(engine, lake, totals.bucket);
    if (relation === null || lines >= enough) continue;
    lines += totals.lines;
    const held = cut.calibrationEnd === null ? '' : ` AND first_day <= ${cut.calibrationEnd}`;
    statements.push(
      `INSERT INTO order_day_count SELECT day, count(*), count(CASE WHEN day = first_day THEN 1 END), count(CASE WHEN 1 = 1${held} THEN 1 END) FROM (SELECT day, min(day) OVER (PARTITION BY customer_id) AS first_day FROM (${orderDayQuery(relation, totals, cut.lastDay)}) AS o) AS f GROUP BY day`,
    );
  }
  await engine.runEach(statements);
  const [day, orders, firsts, held] = await engine.numbers(
    'SELECT CAST(day AS DOUBLE), sum(orders), sum(firsts), sum(held) FROM order_day_count GROUP BY day ORDER BY day',
  );
  const all = lake.manifest.totals.reduce((sum, totals) => sum + totals.lines, 0);
  const firstDay = day?.[0] ?? 0;
  const size = day === undefined || day.length === 0 ? 0 : day.at(-1)! - firstDay + 1;
  const spread = (counts: Float64Array | undefined): Float64Array => {
    const byDay = new Float64Array(size);
    counts?.forEach((count, i) => (byDay[day![i]! - firstDay] = count));
    return byDay;
  };
  return {
    firstDay,
    orders: spread(orders),
    firsts: spread(firsts),
    heldOrders: spread(held),
    scale: lines > 0 ? all / lines : 1,
  };
}

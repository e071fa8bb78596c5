import type { Engine } from '../engine/engine.js';
import { orderDayQuery } from '../features/order-day.js';
import type { Lake } from '../lake/lake-manifest.js';
import { bucketRelation } from '../lake/write-lake.js';
import type { FeaturePlan } from './plan-features.js';

/*
 * Terms. Cut: a day; features know the orders up to it and none after. Window: the days after the cut in which an order is
 * waited for. Silent: no order in the window.
 */

interface Cut {
  /** Day since 1970-01-01. */
  day: number;
  /** Days of the window; also the length of the stretches that are compared before the cut. */
  window: number;
  /** Share of the customers, in thousandths, taken by their id: the same ones at every cut. */
  perMille: number;
}

export type SilenceFeatureName =
  | 'recency_days'
  | 'orders'
  | 'age_days'
  | 'mean_gap_days'
  | 'last_gap_ratio'
  | 'silence_ratio'
  | 'gap_variation'
  | 'recent_orders'
  | 'earlier_orders'
  | 'same_season_orders'
  | 'order_value'
  | 'last_value_ratio'
  | 'spend_trend';

/** A feature of a customer at a cut: SQL over the aggregates of `historyQuery`, in days, orders and major units. */
interface SilenceFeature {
  name: SilenceFeatureName;
  sql: string;
  /** Null for some customers: what that means. */
  missing?: 'no second order' | 'nothing in both stretches';
  /** Spread over powers of ten: a linear model takes its logarithm. */
  log: boolean;
}

const meanGap = '((last_day - first_day) / CAST(nullif(orders - 1, 0) AS DOUBLE))';

const silenceFeatures: readonly SilenceFeature[] = [
  { name: 'recency_days', sql: 'cut_day - last_day', log: true },
  { name: 'orders', sql: 'orders', log: true },
  { name: 'age_days', sql: 'cut_day - first_day', log: true },
  { name: 'mean_gap_days', sql: meanGap, missing: 'no second order', log: true },
  { name: 'last_gap_ratio', sql: `last_gap / ${meanGap}`, missing: 'no second order', log: true },
  { name: 'silence_ratio', sql: `(cut_day - last_day) / ${meanGap}`, missing: 'no second order', log: true },
  {
    name: 'gap_variation',
    sql: `CASE WHEN orders > 2 THEN sqrt(greatest(0, gap_squares / (orders - 1) - ${meanGap} * ${meanGap})) / ${meanGap} END`,
    missing: 'no second order',
    log: false,
  },
  { name: 'recent_orders', sql: 'recent_orders', log: true },
  { name: 'earlier_orders', sql: 'earlier_orders', log: true },
  { name: 'same_season_orders', sql: 'season_orders', log: true },
  { name: 'order_value', sql: 'total_minor / (100.0 * orders)', log: true },
  {
    name: 'last_value_ratio',
    sql: 'last_minor * orders / CAST(nullif(total_minor, 0) AS DOUBLE)',
    missing: 'nothing in both stretches',
    log: true,
  },
  {
    name: 'spend_trend',
    sql: 'recent_minor / CAST(nullif(recent_minor + earlier_minor, 0) AS DOUBLE)',
    missing: 'nothing in both stretches',
    log: false,
  },
];

export const silencePlans: readonly FeaturePlan[] = silenceFeatures.map(({ name, missing, log }) => ({
  name,
  kind: 'number',
  missing: missing !== undefined,
  log,
}));

/**
 * One row a customer with an order by the cut: what he had done by then, and `silent`, 1 where no order came in the window.
 * Null: last_gap and gap_squares of one with a single order.
 */
function historyQuery(days: string, { day, window, perMille }: Cut, engine: Engine): string {
  const by = (from: number, to: number): string => `day > ${from} AND day <= ${to}`;
  const known = `day <= ${day}`;
  const recent = by(day - window, day);
  const earlier = by(day - 2 * window, day - window);
  const season = by(day - 365, day - 365 + window);
  const when = (condition: string, value: string): string => `CASE WHEN ${condition} THEN ${value} END`;
  const sample =
    perMille < 1000 ? ` WHERE ${engine.dialect.bucketOf('customer_id', 1000)} < ${perMille}` : '';
  const gaps = `SELECT customer_id, day, net_minor, day - lag(day) OVER (PARTITION BY customer_id ORDER BY day) AS gap FROM (${days}) AS o${sample}`;
  return `SELECT customer_id, ${day} AS cut_day, count(${when(known, '1')}) AS orders, min(day) AS first_day,
    max(${when(known, 'day')}) AS last_day, max_by(gap, ${when(known, 'day')}) AS last_gap,
    sum(${when(known, 'CAST(gap AS DOUBLE) * gap')}) AS gap_squares,
    sum(${when(known, 'net_minor')}) AS total_minor, max_by(net_minor, ${when(known, 'day')}) AS last_minor,
    count(${when(recent, '1')}) AS recent_orders, count(${when(earlier, '1')}) AS earlier_orders,
    count(${when(season, '1')}) AS season_orders,
    coalesce(sum(${when(recent, 'net_minor')}), 0) AS recent_minor,
    coalesce(sum(${when(earlier, 'net_minor')}), 0) AS earlier_minor,
    CASE WHEN max(day) > ${day} THEN 0 ELSE 1 END AS silent
    FROM (${gaps}) AS g GROUP BY customer_id HAVING min(day) <= ${day}`;
}

/** Fills a table with the customers at a cut, a bucket at a time: memory follows the bucket, not the lake. */
export async function buildCut(engine: Engine, lake: Lake, table: string, cut: Cut): Promise<void> {
  const columns = silenceFeatures.map(({ name }) => `${name} DOUBLE`).join(', ');
  await engine.run(
    `CREATE OR REPLACE TABLE ${table} (customer_id VARCHAR, silent DOUBLE, frequency DOUBLE, tx DOUBLE, ${columns})`,
  );
  const values = silenceFeatures.map(({ sql }) => `CAST(${sql} AS DOUBLE)`).join(', ');
  const statements = lake.manifest.totals.flatMap((totals) => {
    const lines = bucketRelation(engine, lake, totals.bucket);
    if (lines === null) return [];
    const history = historyQuery(orderDayQuery(lines, totals, cut.day + cut.window), cut, engine);
    return [
      `INSERT INTO ${table} SELECT customer_id, silent, orders - 1, last_day - first_day, ${values} FROM (${history}) AS h`,
    ];
  });
  await engine.runEach(statements);
}

/** Customers of a cut in memory: feature columns by plan, what became of them, and their triples in weeks. */
export interface CutRows {
  columns: Float64Array[];
  label: Float64Array;
  frequency: Float64Array;
  recency: Float64Array;
  age: Float64Array;
}

export async function readCut(engine: Engine, table: string): Promise<CutRows> {
  const names = silenceFeatures.map(({ name }) => name).join(', ');
  const read = await engine.numbers(
    `SELECT silent, frequency, tx / 7, age_days / 7, ${names} FROM ${table} ORDER BY customer_id`,
  );
  const none = new Float64Array(0);
  const [label = none, frequency = none, recency = none, age = none, ...columns] = read;
  return { label, frequency, recency, age, columns };
}

/** Query for the customers of a cut by id, features in the order of the plans. */
export const cutQuery = (table: string): string =>
  `SELECT customer_id, ${silenceFeatures.map(({ name }) => name).join(', ')} FROM ${table} ORDER BY customer_id`;

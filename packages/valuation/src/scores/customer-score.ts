import type { RfmCuts, SpendModel } from '@kezi/stats';
import type { Engine } from '../engine/engine.js';
import { tripleKey, type Triples } from '../features/triple.js';
import { daysPerUnit, type TimeUnit } from '../models/time-unit.js';
import { doubleLiteral } from '../engine/double-literal.js';
import { rfmExpressions, segmentExpression } from './rfm.js';
import type { TripleScores } from './score-tabled.js';
import type { Deductions } from './value-terms.js';

/** Columns of a scored customer, in the order in which they are written. */
export const SCORE_COLUMNS = [
  'customer_id',
  'first_order_on',
  'last_order_on',
  'orders',
  'frequency',
  'recency',
  'age',
  'monetary_value',
  'p_alive',
  'expected_orders',
  'expected_spend',
  'clv',
  'clv_low',
  'clv_high',
  'next_order_on',
  'rfm',
  'rfm_segment',
  'next_order_low_on',
  'next_order_high_on',
] as const;

/** What is added to them where costs are deducted: clv is the first less the other two. */
export const DEDUCTION_COLUMNS = ['gross_clv', 'cost_to_serve', 'credit_loss'] as const;

/** The customer's own expected credit loss, as a share; null where that of the run holds. For those who keep scores. */
export const OWN_LOSS_COLUMN = 'credit_loss_share';

/** Standard deviation of clv: kept by those who sum customers (streamScores), not written to files. */
export const SPREAD_COLUMN = 'clv_sd';

/** Hands the scores of the triples to the engine. */
export async function storeTripleScores(
  engine: Engine,
  triples: Triples,
  scores: TripleScores,
  unit: TimeUnit,
  spendScale: Float64Array | null,
): Promise<void> {
  const days = daysPerUnit[unit];
  const wholeDays = (waits: Float64Array): Float64Array => waits.map((wait) => Math.ceil(wait * days));
  await engine.run('DROP TABLE IF EXISTS triple_score');
  await engine.append('triple_score', [
    { name: 'triple', type: 'double', values: triples.key },
    { name: 'p_alive', type: 'double', values: scores.pAlive },
    { name: 'expected_orders', type: 'double', values: scores.expectedOrders },
    { name: 'discounted_orders', type: 'double', values: scores.discountedOrders },
    { name: 'value_low', type: 'double', values: scores.valueLow },
    { name: 'value_high', type: 'double', values: scores.valueHigh },
    { name: 'value_variance', type: 'double', values: scores.valueVariance },
    // Rounded up: an order is expected on the day by which half of the waits are over.
    { name: 'next_days', type: 'integer', values: wholeDays(scores.nextOrder) },
    { name: 'next_low_days', type: 'integer', values: wholeDays(scores.nextOrderLow) },
    { name: 'next_high_days', type: 'integer', values: wholeDays(scores.nextOrderHigh) },
    ...(triples.group === null ? [] : [{ name: 'grp', type: 'integer' as const, values: triples.group }]),
    ...(spendScale === null ? [] : [{ name: 'spend_scale', type: 'double' as const, values: spendScale }]),
  ]);
}

interface CustomerScoreOptions {
  asOfDay: number;
  unit: TimeUnit;
  spend: SpendModel | null;
  /** v of the spend model differs by triple. */
  isRegressed: boolean;
  /** Triples are set apart by the group of their customers. */
  isGrouped: boolean;
  /** Null where nothing is taken from the value of orders. */
  deductions: Deductions | null;
  cuts: RfmCuts;
}

/** Expected spend an order: Fader & Hardie 2013, eq. 5 (expectedSpend of @kezi/stats), or the customer's own mean. */
function spendExpression(spend: SpendModel | null, isRegressed: boolean): string {
  if (spend === null) return 'total_minor / (100.0 * (frequency + 1))';
  const p = doubleLiteral(spend.parameters.p);
  const q = doubleLiteral(spend.parameters.q);
  const v = `${doubleLiteral(spend.parameters.v)}${isRegressed ? ' * spend_scale' : ''}`;
  return `(${p} * (${v} + (total_minor - first_minor) / 100.0)) / (${p} * frequency + ${q} - 1)`;
}

/** Expressions of a customer's value and its interval, and the columns that say what was deducted. */
function valueExpressions(deductions: Deductions | null) {
  if (deductions === null)
    return {
      clv: 'discounted_orders * spend',
      low: 'value_low * spend',
      high: 'value_high * spend',
      each: 'spend',
      deducted: [],
    };
  const { share, perOrder, creditLoss, kept, served, hasOwnLosses } = deductions;
  const loss = hasOwnLosses ? `coalesce(own_loss, ${doubleLiteral(creditLoss)})` : doubleLiteral(creditLoss);
  const left = hasOwnLosses ? `(${doubleLiteral(1 - share)} - ${loss})` : doubleLiteral(kept);
  const each = `(spend * ${left} - ${doubleLiteral(perOrder)})`;
  const service = `(${doubleLiteral(served)} * coalesce(p_alive, 1))`;
  const gross = 'discounted_orders * spend';
  const toServe = `(${gross} * ${doubleLiteral(share)} + discounted_orders * ${doubleLiteral(perOrder)} + ${service})`;
  return {
    clv: `discounted_orders * ${each} - ${service}`,
    // Where an order costs more than it brings, many orders are the worse end.
    low: `least(value_low * ${each}, value_high * ${each}) - ${service}`,
    high: `greatest(value_low * ${each}, value_high * ${each}) - ${service}`,
    each: `abs(${each})`,
    deducted: [gross, toServe, `(${gross} * ${loss})`],
  };
}

/**
 * One row a customer with the columns of SCORE_COLUMNS, by customer id; where costs are deducted those of DEDUCTION_COLUMNS after them. Money in major units, rounded to 4 decimals;
 * times in the time unit. Sorted before the columns are made, which costs half as much. p_alive is null under the naive rule; next_order_on is null where no order is likely.
 */
export function customerScoreQuery(
  engine: Engine,
  options: CustomerScoreOptions & { withSpread?: boolean },
): string {
  const { dialect } = engine;
  const { asOfDay, unit } = options;
  const days = doubleLiteral(daysPerUnit[unit]);
  const { r, f, m } = rfmExpressions(options.cuts, asOfDay);
  const money = (expression: string): string => `round(${expression}, 4)`;
  const value = valueExpressions(options.deductions);
  const hasOwnLosses = options.deductions?.hasOwnLosses === true;
  const spread = options.withSpread
    ? `, ${money(`sqrt(value_variance) * ${value.each}`)} AS ${SPREAD_COLUMN}, ${hasOwnLosses ? 'own_loss' : 'NULL'} AS ${OWN_LOSS_COLUMN}`
    : '';
  const deducted = value.deducted
    .map((amount, k) => `, ${money(amount)} AS ${DEDUCTION_COLUMNS[k]!}`)
    .join('');
  return `SELECT customer_id, ${dialect.dayText('first_day')} AS first_order_on, ${dialect.dayText('last_day')} AS last_order_on,
    frequency + 1 AS orders, frequency, round((last_day - first_day) / ${days}, 4) AS recency,
    round((${asOfDay} - first_day) / ${days}, 4) AS age,
    CASE WHEN frequency = 0 THEN 0 ELSE ${money('(total_minor - first_minor) / (100.0 * frequency)')} END AS monetary_value,
    round(p_alive, 6) AS p_alive, round(expected_orders, 6) AS expected_orders, ${money('spend')} AS expected_spend,
    ${money(value.clv)} AS clv, ${money(value.low)} AS clv_low, ${money(value.high)} AS clv_high,
    ${dialect.dayText(`${asOfDay} + next_days`)} AS next_order_on,
    CAST(r * 100 + f * 10 + m AS VARCHAR) AS rfm, ${segmentExpression()} AS rfm_segment,
    ${dialect.dayText(`${asOfDay} + next_low_days`)} AS next_order_low_on, ${dialect.dayText(`${asOfDay} + next_high_days`)} AS next_order_high_on${deducted}${spread}
    FROM (SELECT *, ${spendExpression(options.spend, options.isRegressed)} AS spend, ${r} AS r, ${f} AS f, ${m} AS m FROM (
      SELECT c.customer_id, c.frequency, c.first_day, c.last_day, c.total_minor, c.first_minor, t.p_alive,
        t.expected_orders, t.discounted_orders, t.value_low, t.value_high, t.value_variance, t.next_days, t.next_low_days, t.next_high_days${options.isRegressed ? ', t.spend_scale' : ''}${hasOwnLosses ? ', l.share AS own_loss' : ''}
      FROM customer_feature AS c JOIN triple_score AS t
        ON t.triple = ${tripleKey('c.frequency', 'c.last_day - c.first_day', `${asOfDay} - c.first_day`)}${options.isGrouped ? ' AND t.grp = c.grp' : ''}${hasOwnLosses ? ' LEFT JOIN credit_loss AS l ON l.customer_id = c.customer_id' : ''}
      ORDER BY customer_id) AS o) AS s`;
}

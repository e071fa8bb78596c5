import type { ValueAtRun, ValueChange } from '@kezi/contract';
import { minorDigits } from '@kezi/contract/currencies';
import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { readSettings } from '../../people/settings/index.js';
import { mustSeeCustomer, type CardCosts } from '../../records/customers/index.js';
import { changedSettings, daysFrom, explainChange, type RunSettings } from './value-change.rules.js';

interface SeenByRun {
  value: ValueAtRun;
  costs: CardCosts | null;
  settings: RunSettings;
}

type ScoreRow = Omit<ValueAtRun, 'modelName' | 'silentDays'> & Omit<SeenByRun, 'value'>;

/** The customer's last two values in published runs whose scores are kept, newest first. */
async function lastTwo(db: Db, customerId: number): Promise<SeenByRun[]> {
  const { rows } = await sql<ScoreRow>`
    select s.valuation_run_id as "valuationRunId", r.as_of as "asOf", s.clv, s.clv_low as "clvLow",
      s.clv_high as "clvHigh", s.p_alive as "pAlive", s.expected_orders as "expectedOrders",
      s.expected_spend as "expectedSpend", s.orders as "orderDays", s.last_order_on as "lastOrderOn",
      r.card -> 'costs' || jsonb_build_object('ownLossShare', s.credit_loss_share) as costs,
      jsonb_build_object('model', r.card -> 'model' -> 'name', 'timeUnit', r.card -> 'timeUnit', 'horizon', r.card -> 'horizon',
        'discountRate', r.card -> 'discountRate', 'valueBasis', r.card -> 'valueBasis') as settings
    from customer_score s join valuation_run r using (valuation_run_id)
    where s.customer_id = ${customerId}::bigint and r.status = 'published'
    order by r.published_at desc, r.valuation_run_id desc limit 2`.execute(db);
  return rows.map(seenBy);
}

function seenBy({ settings, costs, ...row }: ScoreRow): SeenByRun {
  const silentDays = row.lastOrderOn === null ? null : daysFrom(row.lastOrderOn, row.asOf);
  return { value: { ...row, modelName: String(settings.model ?? ''), silentDays }, costs, settings };
}

async function publishedRuns(db: Db): Promise<number[]> {
  const rows = await db
    .selectFrom('valuation_run')
    .where('status', '=', 'published')
    .select('valuation_run_id')
    .orderBy('published_at', 'desc')
    .orderBy('valuation_run_id', 'desc')
    .limit(2)
    .execute();
  return rows.map((row) => row.valuation_run_id);
}

/** Orders after `from`, up to and with `to`. */
async function ordersBetween(db: Db, customerId: number, from: string, to: string) {
  const { rows } = await sql<{ orders: number; returns: number; amountMinor: string }>`
    select count(*) filter (where base_amount_minor >= 0) as orders,
      count(*) filter (where base_amount_minor < 0) as returns,
      coalesce(sum(base_amount_minor), 0) as "amountMinor"
    from customer_order
    where customer_id = ${customerId}::bigint and ordered_on > ${from}::date and ordered_on <= ${to}::date`.execute(
    db,
  );
  const row = rows[0];
  return {
    orders: row?.orders ?? 0,
    returns: row?.returns ?? 0,
    amountMinor: Number(row?.amountMinor ?? 0),
  };
}

const notSeen = { orders: null, returns: null, amountMinor: null };

/**
 * What became of a customer's value since the run before. Nothing that the reader may not see counts: the scores and
 * orders are read under his role.
 * @throws CodedError customers.not_found, also for a customer that the reader may not see
 */
export async function getValueChange(
  db: Db,
  customerId: number,
  canSeeOrders: boolean,
): Promise<ValueChange> {
  await mustSeeCustomer(db, customerId);
  const { baseCurrency: currency } = await readSettings(db);
  const [latestRun, runBefore] = await publishedRuns(db);
  const one = {
    currency,
    before: null,
    now: null,
    changeMinor: null,
    parts: [],
    between: null,
    settings: [],
  };
  const [last, earlier] = await lastTwo(db, customerId);
  if (last === undefined) return { ...one, kind: 'not-valued' };
  if (last.value.valuationRunId !== latestRun) return { ...one, kind: 'gone', before: last.value };
  if (earlier === undefined) {
    return { ...one, kind: runBefore === undefined ? 'first-run' : 'new', now: last.value };
  }
  const [before, now] = [earlier.value, last.value];
  const orders = canSeeOrders ? await ordersBetween(db, customerId, before.asOf, now.asOf) : notSeen;
  return {
    kind: 'compared',
    currency,
    before,
    now,
    ...explainChange(
      { ...before, costs: earlier.costs },
      { ...now, costs: last.costs },
      minorDigits(currency),
    ),
    between: {
      days: daysFrom(before.asOf, now.asOf),
      newOrderDays: now.orderDays - before.orderDays,
      ...orders,
    },
    settings: changedSettings(earlier.settings, last.settings),
  };
}

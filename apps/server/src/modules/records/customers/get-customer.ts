import type { CustomerDetail, CustomerRow, CustomerScore, ValuationOptions } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { minorDigits } from '@kezi/contract/currencies';
import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { FieldRules } from '../../../platform/http/field-wall.rules.js';
import { valueOrder } from '../../../platform/http/value-order.js';
import { fewestInSum } from '../../../platform/http/few-customers.js';
import { readSettings } from '../../people/settings/index.js';
import {
  deductedFrom,
  explainValue,
  factorsOf,
  type CardCosts,
  type ValueFactors,
} from './customers.rules.js';
import { survivorOf } from './former-numbers.js';
import { rowColumns, rowSource } from './list-customers.js';

/** Enough for a family tree on a page; larger groups are a filtered register. */
const mostSubsidiaries = 200;

type CustomerFields = CustomerRow &
  Pick<
    CustomerDetail,
    | 'legalName'
    | 'creditCode'
    | 'registryCountry'
    | 'registryNo'
    | 'formerNumbers'
    | 'custom'
    | 'addresses'
    | 'rowVersion'
    | 'createdAt'
    | 'updatedAt'
    | 'parentName'
  > & {
    scoreRunId: number | null;
  };

async function findFields(db: Db, customerId: number): Promise<CustomerFields> {
  const { rows } = await sql<CustomerFields>`
    select ${rowColumns}, customer.legal_name as "legalName", customer.credit_code as "creditCode",
      customer.registry_country as "registryCountry", customer.registry_no as "registryNo",
      array(select a.customer_no from customer_alias a where a.customer_id = c.customer_id order by 1) as "formerNumbers",
      customer.custom, coalesce(cp.addresses, '[]') as addresses, customer.row_version as "rowVersion", customer.created_at as "createdAt",
      customer.updated_at as "updatedAt", c.score_run_id as "scoreRunId", p.name as "parentName"
    from ${rowSource} join customer on customer.customer_id = c.customer_id
      left join customer p on p.customer_id = c.parent_customer_id
    where c.customer_id = ${customerId}::bigint`.execute(db);
  const row = rows[0];
  if (!row) throw new CodedError('customers.not_found');
  return row;
}

async function subsidiariesOf(
  db: Db,
  rules: FieldRules,
  customerId: number,
): Promise<CustomerDetail['subsidiaries']> {
  return db
    .selectFrom('register_entry')
    .where('parent_customer_id', '=', customerId)
    .select(['customer_id as customerId', 'name', 'clv'])
    .orderBy(valueOrder(rules, 'clv').by, (order) => order.desc().nullsLast())
    .orderBy('customer_id')
    .limit(mostSubsidiaries)
    .execute();
}

interface ScoreFields extends Omit<CustomerScore, 'modelName' | 'timeUnit' | 'horizon' | 'reasons'> {
  options: ValuationOptions;
  modelName: string | null;
  costs: CardCosts | null;
  ownLossShare: number | null;
  /** What is kept is null in references of runs before that was told apart. */
  reference: (Omit<ValueFactors, 'kept'> & { kept: number | null }) | null;
}

/** A year, where the run does not say. */
const usualHorizon = { day: 365, week: 52, month: 12 } as const;

async function digitsOfBase(db: Db): Promise<number> {
  const { baseCurrency } = await readSettings(db);
  return minorDigits(baseCurrency);
}

async function scoreOf(db: Db, customerId: number, runId: number): Promise<CustomerScore | null> {
  const { rows } = await sql<ScoreFields>`
    select s.valuation_run_id as "valuationRunId", r.as_of as "asOf", s.first_order_on as "firstOrderOn",
      s.last_order_on as "lastOrderOn", s.orders, s.frequency, s.recency, s.age,
      s.monetary_value as "monetaryValue", s.p_alive as "pAlive", s.expected_orders as "expectedOrders",
      s.expected_spend as "expectedSpend", s.clv, s.clv_low as "clvLow", s.clv_high as "clvHigh",
      s.next_order_on as "nextOrderOn", s.rfm, s.rfm_segment as "rfmSegment", r.options,
      r.card -> 'model' ->> 'name' as "modelName", r.card -> 'costs' as costs,
      s.credit_loss_share as "ownLossShare",
      -- The middle of few customers is one of them: not for who does not see them all.
      case when m.valuation_run_id is not null
        and (current_user = 'kezi_all' or coalesce((r.card ->> 'customers')::int, ${fewestInSum}) >= ${fewestInSum}) then
        jsonb_build_object('survival', m.survival, 'orderRate', m.order_rate, 'spend', m.spend, 'kept', m.kept) end as reference
    from customer_score s join valuation_run r using (valuation_run_id)
      left join customer_score_reference m using (valuation_run_id)
    where s.valuation_run_id = ${runId}::bigint and s.customer_id = ${customerId}::bigint`.execute(db);
  const row = rows[0];
  if (!row) return null;
  const { options, modelName, costs, ownLossShare, reference, ...score } = row;
  const deducts = costs && { ...costs, ownLossShare };
  const own = factorsOf(score, typeof reference?.kept === 'number' ? deducts : null);
  const timeUnit = options.timeUnit ?? 'week';
  return {
    ...score,
    modelName: modelName ?? '',
    timeUnit,
    horizon: options.horizon ?? usualHorizon[timeUnit],
    ...(deducts ? { deducted: deductedFrom(score, deducts, await digitsOfBase(db)) } : {}),
    reasons: own && reference ? explainValue(own, { ...reference, kept: reference.kept ?? 1 }) : [],
  };
}

/** The value that the published run before the given one saw. */
async function previousClvOf(db: Db, customerId: number, runId: number): Promise<number | null> {
  const row = await db
    .selectFrom('customer_score as s')
    .innerJoin('valuation_run as r', 'r.valuation_run_id', 's.valuation_run_id')
    .where('s.customer_id', '=', customerId)
    .where('r.status', '=', 'published')
    .where('s.valuation_run_id', '<', runId)
    .select('s.clv')
    .orderBy('s.valuation_run_id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.clv ?? null;
}

/**
 * One customer. The id of one that was merged leads to the one that remains.
 * @throws CodedError customers.not_found, also for a customer that the reader may not see
 */
export async function getCustomer(db: Db, rules: FieldRules, askedId: number): Promise<CustomerDetail> {
  const customerId = (await survivorOf(db, askedId)) ?? askedId;
  const { scoreRunId, ...fields } = await findFields(db, customerId);
  return {
    ...fields,
    subsidiaries: await subsidiariesOf(db, rules, customerId),
    score: scoreRunId === null ? null : await scoreOf(db, customerId, scoreRunId),
    previousClv: scoreRunId === null ? null : await previousClvOf(db, customerId, scoreRunId),
  };
}

/** @throws CodedError customers.not_found */
export async function mustSeeCustomer(db: Db, customerId: number): Promise<void> {
  const row = await db
    .selectFrom('customer')
    .where('customer_id', '=', customerId)
    .select('customer_id')
    .executeTakeFirst();
  if (!row) throw new CodedError('customers.not_found');
}

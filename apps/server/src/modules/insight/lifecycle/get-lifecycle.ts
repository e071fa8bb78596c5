import type { CustomerStages, LifecycleCohorts, LifecycleOverview, StageStay } from '@kezi/contract';
import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { readSettings } from '../../people/settings/index.js';
import { mustSeeCustomer, type Among } from '../../records/customers/index.js';

const staying = ['new', 'growing', 'mature', 'won-back'];
const away = ['dormant', 'lost'];

type Flow = LifecycleOverview['flows'][number];

/** Where customers stood on a day and where they stand now. */
async function flowsSince(db: Db, since: string, among: Among): Promise<Flow[]> {
  const { rows } = await sql<Flow>`
    select before.stage as "from", now.stage as "to", count(*)::int as customers
    from customer_stage before join customer_stage now
      on now.customer_id = before.customer_id and now.left_on is null
    where before.entered_on <= ${since}::date and (before.left_on is null or before.left_on > ${since}::date)
      and ${among('now.customer_id')}
    group by 1, 2 order by 3 desc, 1, 2`.execute(db);
  return rows;
}

function share(flows: readonly Flow[], from: readonly string[], to: readonly string[]): number | null {
  const began = flows.filter((flow) => from.includes(flow.from));
  const all = began.reduce((sum, { customers }) => sum + customers, 0);
  if (all === 0) return null;
  const arrived = began.filter((flow) => to.includes(flow.to));
  return arrived.reduce((sum, { customers }) => sum + customers, 0) / all;
}

/** Stages of the customers whom the reader sees and who are meant, and how they moved within so many days. */
export async function getLifecycle(db: Db, days: number, among: Among): Promise<LifecycleOverview> {
  const { rows: stages } = await sql<LifecycleOverview['stages'][number]>`
    select s.stage, count(*) filter (where s.left_on is null)::int as customers,
      coalesce(sum(c.clv) filter (where s.left_on is null), 0) as clv,
      percentile_cont(0.5) within group (order by s.left_on - s.entered_on)
        filter (where s.left_on > s.entered_on) as "medianDays"
    from customer_stage s join register_entry c on c.customer_id = s.customer_id
    where ${among('c.customer_id')}
    group by s.stage`.execute(db);
  const { rows } = await sql<{ asOf: string | null; since: string | null }>`
    select d.day as "asOf", d.day - ${days}::int as since
    from (select greatest(max(entered_on), (select max(ordered_on) from customer_order)) as day from customer_stage
      having count(*) > 0) d`.execute(db);
  const { asOf = null, since = null } = rows[0] ?? {};
  const flows = since === null ? [] : await flowsSince(db, since, among);
  return {
    asOf,
    since,
    stages,
    flows,
    rates: {
      retention: share(flows, staying, staying),
      churn: share(flows, staying, away),
      winBack: share(flows, away, ['won-back']),
    },
    currency: (await readSettings(db)).baseCurrency,
  };
}

/** Quarters that are shown: three years. */
const mostQuarters = 12;

const quarterOf = (name: string): number => Number(name.slice(0, 4)) * 4 + Number(name.slice(5));

/** The quarter of the newest order, and that day where the quarter goes on after it. */
async function quartersKnown(db: Db): Promise<{ last: number; unfinishedUntil: string | null }> {
  const { rows } = await sql<{ newest: string | null; quarter: string | null; isOver: boolean }>`
    select max(ordered_on) as newest, to_char(max(ordered_on), 'YYYY"Q"Q') as quarter,
      max(ordered_on) + 1 = date_trunc('quarter', max(ordered_on) + 1)::date as "isOver"
    from customer_order`.execute(db);
  const { newest = null, quarter = null, isOver = true } = rows[0] ?? {};
  return { last: quarter === null ? 0 : quarterOf(quarter), unfinishedUntil: isOver ? null : newest };
}

/** Customers by the quarter of their first order: who ordered in each quarter after, and for how much. */
export async function getCohorts(db: Db, among: Among): Promise<LifecycleCohorts> {
  const { rows } = await sql<{ cohort: string; age: number; customers: number; amount: string }>`
    with firsts as (select customer_id, date_trunc('quarter', min(ordered_on)) as quarter
      from customer_order where ${among('customer_id')} group by 1)
    select to_char(f.quarter, 'YYYY"Q"Q') as cohort,
      ((extract(year from o.ordered_on) - extract(year from f.quarter)) * 4
        + extract(quarter from o.ordered_on) - extract(quarter from f.quarter))::int as age,
      count(distinct o.customer_id)::int as customers, sum(o.base_amount_minor) as amount
    from customer_order o join firsts f on f.customer_id = o.customer_id
    where f.quarter >= (select date_trunc('quarter', max(ordered_on)) - interval '33 months' from customer_order)
    group by 1, 2 order by 1, 2`.execute(db);
  const { last, unfinishedUntil } = await quartersKnown(db);
  const cohorts = new Map<string, LifecycleCohorts['items'][number]>();
  for (const { cohort, age, customers, amount } of rows) {
    const found = cohorts.get(cohort) ?? { cohort, customers, retention: [], amountMinor: [] };
    cohorts.set(cohort, found);
    // A quarter in which nobody of the cohort ordered has no row.
    while (found.retention.length < age) {
      found.retention.push(0);
      found.amountMinor.push(0);
    }
    found.retention.push(customers / found.customers);
    found.amountMinor.push(Number(amount));
  }
  const items = [...cohorts.values()].slice(-mostQuarters);
  for (const { cohort, retention, amountMinor } of items) {
    const quarters = last - quarterOf(cohort) + 1;
    retention.push(...Array<number>(quarters - retention.length).fill(0));
    amountMinor.push(...Array<number>(quarters - amountMinor.length).fill(0));
  }
  return {
    items,
    unfinishedUntil,
    currency: (await readSettings(db)).baseCurrency,
  };
}

/**
 * The stays of one customer, the latest first.
 * @throws CodedError customers.not_found
 */
export async function getStages(db: Db, customerId: number): Promise<CustomerStages> {
  await mustSeeCustomer(db, customerId);
  const { rows: items } = await sql<StageStay>`
    select s.stage, s.entered_on as "enteredOn", s.left_on as "leftOn", s.reason, s.evidence, u.name as "pinnedByName",
      s.pin_note as "pinNote", s.pinned_until as "pinnedUntil", s.pin_released_on as "pinReleasedOn"
    from customer_stage s left join colleague u on u.user_id = s.pinned_by
    where s.customer_id = ${customerId}::bigint
    order by s.left_on is null desc, s.entered_on desc, s.customer_stage_id desc limit 200`.execute(db);
  return { now: items.find(({ leftOn }) => leftOn === null) ?? null, items };
}

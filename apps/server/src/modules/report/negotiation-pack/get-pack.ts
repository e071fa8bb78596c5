import type { NegotiationPack } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { FieldRules } from '../../../platform/http/field-wall.rules.js';
import { valueOrder } from '../../../platform/http/value-order.js';
import { readSettings } from '../../people/settings/index.js';
import { findWarnings } from '../../action/alerts/index.js';
import { costsOfTiers } from '../../policy/entitlements/index.js';
import { walkAwayOf } from './walk-away.rules.js';

interface Head extends Pick<
  NegotiationPack,
  'customerId' | 'customerNo' | 'name' | 'ownerName' | 'tierName' | 'stage' | 'industry' | 'region' | 'score'
> {
  tierId: number | null;
}

async function headOf(db: Db, customerId: number): Promise<Head> {
  const { rows } = await sql<Head>`
    select c.customer_id as "customerId", c.customer_no as "customerNo", c.name, u.name as "ownerName", t.name as "tierName",
      e.tier_id as "tierId", g.stage, c.industry, c.region,
      case when s.customer_id is not null then jsonb_build_object('asOf', r.as_of, 'clv', s.clv, 'clvLow', s.clv_low,
        'clvHigh', s.clv_high, 'pAlive', s.p_alive) end as score
    from customer c left join register_entry e on e.customer_id = c.customer_id
      left join colleague u on u.user_id = c.owner_id left join tier t on t.tier_id = e.tier_id
      left join customer_stage g on g.customer_id = c.customer_id and g.left_on is null
      left join customer_score s on s.customer_id = c.customer_id and s.valuation_run_id = e.score_run_id
      left join valuation_run r on r.valuation_run_id = s.valuation_run_id
    where c.customer_id = ${customerId}::bigint`.execute(db);
  const [head] = rows;
  if (!head) throw new CodedError('customers.not_found');
  return head;
}

type Year = Omit<NegotiationPack['year'], 'serviceMarginMinor'>;

/** The last twelve months and the twelve before; margin only where every order has its cost. */
async function yearOf(db: Db, customerId: number, today: string): Promise<Year> {
  const { rows } = await sql<Year>`
    select count(*) filter (where is_now)::int as orders,
      coalesce(sum(base_amount_minor) filter (where is_now), 0)::float8 as "amountMinor",
      coalesce(sum(base_amount_minor) filter (where not is_now), 0)::float8 as "amountBeforeMinor",
      case when count(*) filter (where is_now and base_margin_minor is null) = 0
        then sum(base_margin_minor) filter (where is_now) end::float8 as "marginMinor",
      case when count(*) filter (where not is_now and base_margin_minor is null) = 0
        then sum(base_margin_minor) filter (where not is_now) end::float8 as "marginBeforeMinor"
    from (select *, ordered_on > (${today}::date - interval '1 year')::date as is_now from customer_order
      where customer_id = ${customerId}::bigint and ordered_on <= ${today}::date
        and ordered_on > (${today}::date - interval '2 years')::date) o`.execute(db);
  return rows[0]!;
}

/** What is owed, and how it was paid before; bills of other currencies count for the days alone. */
async function paymentsOf(db: Db, customerId: number, today: string): Promise<NegotiationPack['payments']> {
  const { rows } = await sql<NegotiationPack['payments']>`
    select coalesce(sum(r.amount_minor - r.received_minor) filter (where r.currency = o.base_currency), 0)::float8 as "openMinor",
      coalesce(sum(r.amount_minor - r.received_minor) filter (where r.currency = o.base_currency and r.due_on < ${today}::date), 0)::float8
        as "overdueMinor",
      coalesce(max(${today}::date - r.due_on) filter (where r.received_minor < r.amount_minor and r.due_on < ${today}::date), 0)::int
        as "oldestDays",
      avg(paid.last_on - r.due_on)::float8 as "meanDelayDays",
      (count(*) filter (where paid.last_on > r.due_on))::float8 / nullif(count(paid.last_on), 0) as "lateShare",
      count(paid.last_on)::int as bills
    from receivable r cross join organisation o
    left join lateral (
      select max(p.received_on) as last_on from payment_allocation a join payment p on p.payment_id = a.payment_id
      where a.receivable_id = r.receivable_id and p.deleted_at is null and r.received_minor = r.amount_minor
        and r.due_on > ${today}::date - 730) paid on true
    where r.customer_id = ${customerId}::bigint and r.deleted_at is null`.execute(db);
  return rows[0]!;
}

/** The ten products with most spend of a year, with the price of the last half-year and of the one before. */
async function productsOf(db: Db, customerId: number, today: string): Promise<NegotiationPack['products']> {
  const { rows } = await sql<NegotiationPack['products'][number]>`
    select name, unit, amount as "amountMinor", share, price as "priceMinor", price_before as "priceBeforeMinor",
      price / nullif(price_before, 0) - 1 as "priceChange"
    from (
      select p.name, p.unit, sum(l.base_amount_minor)::float8 as amount,
        (sum(l.base_amount_minor) / nullif(sum(sum(l.base_amount_minor)) over (), 0))::float8 as share,
        (sum(l.base_amount_minor) filter (where is_late) / nullif(sum(l.quantity) filter (where is_late), 0))::float8 as price,
        (sum(l.base_amount_minor) filter (where not is_late) / nullif(sum(l.quantity) filter (where not is_late), 0))::float8 as price_before
      from (select order_id, ordered_on > ${today}::date - 182 as is_late from customer_order
        where customer_id = ${customerId}::bigint and ordered_on > ${today}::date - 364 and ordered_on <= ${today}::date) o
      join order_line l on l.order_id = o.order_id join product p on p.product_id = l.product_id
      group by p.product_id having sum(l.base_amount_minor) > 0) sums
    order by amount desc limit 10`.execute(db);
  return rows;
}

async function contractsOf(db: Db, customerId: number, today: string): Promise<NegotiationPack['contracts']> {
  const { rows } = await sql<NegotiationPack['contracts'][number]>`
    select contract_no as "contractNo", title, starts_on as "startsOn", ends_on as "endsOn", currency,
      amount_minor as "amountMinor", minimum_minor as "minimumMinor", payment_days as "paymentDays", terms,
      case when status <> 'signed' then status when starts_on > ${today}::date then 'upcoming'
        when ends_on < ${today}::date then 'ended'
        when ends_on - notice_days <= ${today}::date then 'ending' else 'running' end as stage
    from contract where customer_id = ${customerId}::bigint and deleted_at is null
    order by ends_on desc nulls first, contract_id desc limit 5`.execute(db);
  return rows;
}

async function spokenOf(
  db: Db,
  customerId: number,
  timeZone: string,
): Promise<Pick<NegotiationPack, 'notes' | 'contacts' | 'interactions'>> {
  const notes = await sql<NegotiationPack['notes'][number]>`
    select kind, title, detail, noted_on as "notedOn", share_percent as "sharePercent" from customer_note
    where customer_id = ${customerId}::bigint and deleted_at is null
      and ((kind = 'need' and status = 'open') or (kind = 'competitor' and status = 'present'))
    order by kind, noted_on desc limit 20`.execute(db);
  const contacts = await sql<NegotiationPack['contacts'][number]>`
    select name, title, decision_role as "decisionRole", influence, attitude from contact
    where customer_id = ${customerId}::bigint and deleted_at is null and left_on is null
      and (decision_role is not null or influence is not null or is_primary)
    order by (decision_role = 'decider') desc nulls last, influence desc nulls last, contact_id limit 12`.execute(
    db,
  );
  const interactions = await sql<NegotiationPack['interactions'][number]>`
    select kind, (happened_at at time zone ${timeZone})::date as "on", left(summary, 300) as summary from interaction
    where customer_id = ${customerId}::bigint and deleted_at is null
    order by happened_at desc, interaction_id desc limit 6`.execute(db);
  return { notes: notes.rows, contacts: contacts.rows, interactions: interactions.rows };
}

/** The discount that the tier of the customer may be given, as a share. */
async function ceilingOf(db: Db, tierId: number | null): Promise<number | null> {
  const { rows } = await sql<{ most: number | null }>`
    select max(p.quantity) / 100 as most from tier_entitlement p join entitlement e on e.entitlement_id = p.entitlement_id
    where e.kind = 'discount' and p.tier_id = ${tierId}::int and p.quantity > 0`.execute(db);
  return rows[0]?.most ?? null;
}

/**
 * Everything that one takes into a negotiation, as far as the reader sees it.
 * @throws CodedError customers.not_found
 */
export async function getPack(
  db: Db,
  rules: FieldRules,
  customerId: number,
  today: string,
): Promise<NegotiationPack> {
  const { tierId, ...head } = await headOf(db, customerId);
  const { baseCurrency: currency, timeZone } = await readSettings(db);
  const year = await yearOf(db, customerId, today);
  const warnings = await findWarnings(
    db,
    sql`w.customer_id = ${customerId}::bigint and w.status in ('open', 'snoozed')`,
    sql`${valueOrder(rules, 'w.value_at_risk').by} desc, w.warning_id`,
    20,
  );
  const serviceMarginMinor = tierId === null ? null : ((await costsOfTiers(db)).get(tierId) ?? null);
  return {
    ...head,
    today,
    currency,
    year: { ...year, serviceMarginMinor },
    payments: await paymentsOf(db, customerId, today),
    products: await productsOf(db, customerId, today),
    contracts: await contractsOf(db, customerId, today),
    warnings,
    ...(await spokenOf(db, customerId, timeZone)),
    walkAway: walkAwayOf({
      amountMinor: year.amountMinor ?? 0,
      marginMinor: year.marginMinor,
      serviceMinor: serviceMarginMinor ?? 0,
      pAlive: head.score?.pAlive ?? null,
      // Of the value that the customer has if he stays. What is owed is no value that is lost with him.
      warned: warnings
        .filter(({ detectorId, clv }) => detectorId !== 'payment-late' && clv > 0)
        .map(({ valueAtRisk, clv }) => (valueAtRisk * Math.max(head.score?.pAlive ?? 1, 0.05)) / clv),
      ceilingRate: await ceilingOf(db, tierId),
    }),
  };
}

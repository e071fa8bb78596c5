import {
  limitKinds,
  type Capacity,
  type CustomerEntitlements,
  type Entitlement,
  type EntitlementList,
  type EntitlementUses,
} from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { minorDigits } from '@kezi/contract/currencies';
import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { everybody, mustSeeCustomer, type Among } from '../../records/customers/index.js';
import { readSettings } from '../../people/settings/index.js';
import { clockPromises } from '../clocks/index.js';
import { costlyUnits } from './costs-of-tiers.js';
import { creditOf } from './credit-limit.js';
import { meetingRhythm, withMetDays } from './meeting-rhythm.js';

/** When it is asked: the day and the very moment. */
export interface Moment {
  today: string;
  now: Date;
}

async function calendarAndMoney(db: Db) {
  const { timeZone, baseCurrency: currency } = await readSettings(db);
  return { timeZone, currency, minorUnit: 10 ** minorDigits(currency) };
}

/**
 * The catalogue with what it means for those whom the reader sees of these customers: units promised by today's tiers, units used and
 * promises broken in the twelve months before `today`. Meetings are counted from visits and meetings, and so are those that
 * were missed; answers and solutions by their clocks; a limit of credit by what is open today; of everything else people write
 * down what was used and broken.
 */
export async function listEntitlements(
  db: Db,
  among: Among,
  { today, now }: Moment,
): Promise<EntitlementList> {
  const { timeZone, ...money } = await calendarAndMoney(db);
  const { rows: items } = await sql<Entitlement>`
    with ${withMetDays(today, timeZone)},
      rhythm as (select entitlement_id, sum(used) as used, sum(missed) as missed
        from (${meetingRhythm(today, among('c.customer_id'))}) r group by entitlement_id),
      held as (select tier_id, count(*) as customers from register_entry
        where tier_id is not null and ${among('customer_id')} group by tier_id),
      used as (select entitlement_id, sum(quantity) filter (where not is_breach) as used,
          count(*) filter (where is_breach) as breached
        from entitlement_use where used_on > ${today}::date - interval '12 months' and used_on <= ${today}::date
          and ${among('customer_id')}
        group by entitlement_id),
      clock as (select entitlement_id, count(*) filter (where is_kept) as used, count(*) filter (where is_late) as breached
        from (${clockPromises(now, timeZone)}) p where ${among('p.customer_id')} group by entitlement_id),
      credit as (select entitlement_id, count(*) filter (where is_over) as breached
        from (${creditOf(money)}) l where ${among('l.customer_id')} group by entitlement_id)
    select e.entitlement_id as "entitlementId", e.kind, e.name, e.unit_cost_minor as "unitCostMinor",
      e.unit_hours as "unitHours", e.row_version as "rowVersion",
      coalesce(jsonb_agg(jsonb_build_object('tierId', p.tier_id, 'quantity', p.quantity) order by p.tier_id)
        filter (where p.tier_id is not null), '[]') as promises,
      coalesce(sum(p.quantity * held.customers) filter (where e.kind <> all (${[...limitKinds]}::text[])), 0)::float8
        as promised,
      (coalesce(max(rhythm.used), max(used.used), 0) + coalesce(max(clock.used), 0))::float8 as used,
      (coalesce(max(rhythm.missed), 0) + coalesce(max(used.breached), 0) + coalesce(max(clock.breached), 0)
        + coalesce(max(credit.breached), 0))::int as breached,
      coalesce(sum(${costlyUnits} * held.customers) * e.unit_cost_minor, 0)::float8 as "costMinor",
      coalesce(sum(${costlyUnits} * held.customers) * e.unit_hours, 0)::float8 as hours
    from entitlement e left join tier_entitlement p on p.entitlement_id = e.entitlement_id
      left join held on held.tier_id = p.tier_id left join used on used.entitlement_id = e.entitlement_id
      left join rhythm on rhythm.entitlement_id = e.entitlement_id
      left join clock on clock.entitlement_id = e.entitlement_id
      left join credit on credit.entitlement_id = e.entitlement_id
    group by e.entitlement_id order by e.entitlement_id`.execute(db);
  const inForce = await db
    .selectFrom('tier_run as r')
    .innerJoin('tier_policy as p', 'p.tier_policy_id', 'r.tier_policy_id')
    .where('r.status', '=', 'in_force')
    .select('p.tier_set_id as tierSetId')
    .executeTakeFirst();
  return { items, tierSetId: inForce?.tierSetId ?? null };
}

/** @throws CodedError entitlements.not_found */
export async function getEntitlement(db: Db, entitlementId: number, moment: Moment): Promise<Entitlement> {
  const found = (await listEntitlements(db, everybody, moment)).items.find(
    (each) => each.entitlementId === entitlementId,
  );
  if (!found) throw new CodedError('entitlements.not_found');
  return found;
}

/** What one customer may claim, and what of it was used. @throws CodedError customers.not_found */
export async function customerEntitlements(
  db: Db,
  customerId: number,
  { today, now }: Moment,
): Promise<CustomerEntitlements> {
  await mustSeeCustomer(db, customerId);
  const { timeZone, ...money } = await calendarAndMoney(db);
  const { rows: items } = await sql<CustomerEntitlements['items'][number]>`
    with ${withMetDays(today, timeZone)},
      rhythm as materialized (${meetingRhythm(today, sql`c.customer_id = ${customerId}::bigint`)}),
      clock as (select entitlement_id, count(*) filter (where is_kept) as used, count(*) filter (where is_late) as breached,
          max(asked_on) as last_on
        from (${clockPromises(now, timeZone)}) p where p.customer_id = ${customerId}::bigint group by entitlement_id),
      credit as (select entitlement_id, open_minor, is_over
        from (${creditOf(money)}) l where l.customer_id = ${customerId}::bigint)
    select e.entitlement_id as "entitlementId", e.kind, e.name, p.quantity,
      (coalesce(max(rhythm.used), sum(u.quantity) filter (where not u.is_breach), 0) + coalesce(max(clock.used), 0))::float8
        as used,
      (coalesce(max(rhythm.missed), 0) + count(*) filter (where u.is_breach) + coalesce(max(clock.breached), 0)
        + coalesce(bool_or(credit.is_over)::int, 0))::int as breached,
      greatest(coalesce(max(rhythm.last_on), max(u.used_on)), max(clock.last_on)) as "lastUsedOn",
      max(rhythm.next_on) as "nextOn", max(credit.open_minor)::float8 as "exposureMinor"
    from register_entry c join tier_entitlement p on p.tier_id = c.tier_id and p.quantity > 0
      join entitlement e on e.entitlement_id = p.entitlement_id
      left join entitlement_use u on u.entitlement_id = e.entitlement_id and u.customer_id = c.customer_id
        and u.used_on > ${today}::date - interval '12 months' and u.used_on <= ${today}::date
      left join rhythm on rhythm.entitlement_id = e.entitlement_id
      left join clock on clock.entitlement_id = e.entitlement_id
      left join credit on credit.entitlement_id = e.entitlement_id
    where c.customer_id = ${customerId}::bigint
    group by e.entitlement_id, p.quantity order by e.entitlement_id`.execute(db);
  return { items };
}

/** @throws CodedError customers.not_found */
export async function listUses(db: Db, customerId: number, today: string): Promise<EntitlementUses> {
  await mustSeeCustomer(db, customerId);
  const { rows: items } = await sql<EntitlementUses['items'][number]>`
    select u.entitlement_use_id as "entitlementUseId", u.entitlement_id as "entitlementId", e.name, u.used_on as "usedOn",
      u.quantity, u.is_breach as "isBreach", u.note, p.name as "createdByName"
    from entitlement_use u join entitlement e on e.entitlement_id = u.entitlement_id
      left join colleague p on p.user_id = u.created_by
    where u.customer_id = ${customerId}::bigint and u.used_on > ${today}::date - interval '12 months'
    order by u.used_on desc, u.entitlement_use_id desc limit 200`.execute(db);
  return { items };
}

/** Promised hours of each owner's customers, and how much of one manager they take by the limits of their tiers. */
export async function showCapacity(db: Db, among: Among, hoursEach: number): Promise<Capacity> {
  const { rows: items } = await sql<Capacity['items'][number]>`
    with tier_hours as (select p.tier_id, sum(${costlyUnits} * e.unit_hours) as hours,
        min(p.quantity) filter (where e.kind = 'manager' and p.quantity > 0) as most
      from tier_entitlement p join entitlement e on e.entitlement_id = p.entitlement_id group by p.tier_id)
    select c.owner_id as "ownerId", u.name as "ownerName", count(*)::int as customers,
      coalesce(sum(h.hours), 0)::float8 as "promisedHours", sum(1 / h.most)::float8 as "managerShare",
      own.hours_year as "ownHours", coalesce(own.row_version, 0) as "rowVersion"
    from register_entry c left join tier_hours h on h.tier_id = c.tier_id left join colleague u on u.user_id = c.owner_id
      left join user_capacity own on own.user_id = c.owner_id
    where c.tier_id is not null and ${among('c.customer_id')}
    group by c.owner_id, u.name, own.hours_year, own.row_version order by "promisedHours" desc, c.owner_id limit 500`.execute(
    db,
  );
  return { hoursEach, items };
}

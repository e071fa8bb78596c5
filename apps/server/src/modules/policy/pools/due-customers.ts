import { sql, type RawBuilder } from 'kysely';
import { standingPeriod } from '../ownership/index.js';
import { dayOf, realm } from './realm.js';

/** When customers fall into a pool, with the pool's own terms. */
export interface RuleTerms {
  poolId: number;
  daysWithoutContact: number | null;
  daysWithoutOrder: number | null;
  daysAfterContract: number | null;
  clvBelow: number | null;
  segments: string[] | null;
  tierIds: number[] | null;
  protectDays: number;
}

/**
 * Value, segment and tier as they are now; a customer without figures counts as one without value, one without a tier is of
 * none.
 */
export function narrowed({ clvBelow, segments, tierIds }: RuleTerms): RawBuilder<unknown> {
  const value = clvBelow === null ? sql`true` : sql`coalesce(e.clv, 0) < ${clvBelow}::float8`;
  const segment = segments === null ? sql`true` : sql`e.rfm_segment = any (${segments}::text[])`;
  const tier = tierIds === null ? sql`true` : sql`e.tier_id = any (${tierIds}::int[])`;
  return sql`(${value} and ${segment} and ${tier})`;
}

/**
 * `looked`: customers with an owner in the departments of the pool, with the day on which the present owner's time began.
 * Where nobody knows of a change of hands it is the day of the first order or of the record, whichever is earlier.
 * A customer whose owner is disputed waits for the decision.
 */
function looked(poolId: number, timeZone: string, among: readonly number[] | undefined): RawBuilder<unknown> {
  const some = among === undefined ? sql`true` : sql`c.customer_id = any (${[...among]}::bigint[])`;
  return sql`
    looked as (
      select c.customer_id, c.owner_id, c.team_id, coalesce(${dayOf(sql`own.started_at`, timeZone)},
          least(${dayOf(sql`c.created_at`, timeZone)}, first.ordered_on)) as began_on
      from customer c join realm using (team_id)
        left join lateral ${standingPeriod} own on own.manner <> 'start'
        left join lateral (select o.ordered_on from customer_order o where o.customer_id = c.customer_id
          order by o.ordered_on limit 1) first on true
      where realm.pool_id = ${poolId}::int and c.owner_id is not null and ${some}
        and not exists (select from ownership_dispute d where d.customer_id = c.customer_id and d.status = 'open'))`;
}

/** The day on which a condition is fulfilled, counted from the last time that something happened. */
function dueAfter(last: RawBuilder<unknown>, days: number | null): RawBuilder<unknown> {
  return days === null ? sql`null::date` : sql`greatest(${last}, l.began_on) + ${days}::int`;
}

/**
 * `due(customer_id, owner_id, team_id, clv, due_on)`: every customer that the rule looks at and will take if nothing happens,
 * with the first day on which it may; of some customers alone where they are given. Needs `with recursive`; brings `realm` and
 * `looked` along.
 */
export function due(rule: RuleTerms, timeZone: string, among?: readonly number[]): RawBuilder<unknown> {
  const contact = dueAfter(sql`contact.last_on`, rule.daysWithoutContact);
  const order = dueAfter(sql`ordered.last_on`, rule.daysWithoutOrder);
  const contract =
    rule.daysAfterContract === null ? sql`null::date` : sql`ended.last_on + ${rule.daysAfterContract}::int`;
  const hasContract = rule.daysAfterContract === null ? sql`true` : sql`ended.last_on is not null`;
  return sql`
    ${realm}, ${looked(rule.poolId, timeZone, among)},
    due as (
      select l.customer_id, l.owner_id, l.team_id, e.clv,
        greatest(${contact}, ${order}, ${contract}, l.began_on + ${rule.protectDays}::int) as due_on
      from looked l join register_entry e using (customer_id)
        left join lateral (select ${dayOf(sql`max(i.happened_at)`, timeZone)} as last_on from interaction i
          where i.customer_id = l.customer_id and i.deleted_at is null) contact on ${rule.daysWithoutContact !== null}
        left join lateral (select max(o.ordered_on) as last_on from customer_order o
          where o.customer_id = l.customer_id) ordered on ${rule.daysWithoutOrder !== null}
        left join lateral (${lastContractEnd}) ended on ${rule.daysAfterContract !== null}
      where ${narrowed(rule)} and ${hasContract})`;
}

/** The day on which the last contract of a customer `l` ended; null without one, and while one goes on by itself or has no end. */
const lastContractEnd = sql`
  select case when bool_or(k.ends_on is null or k.is_renewed_by_itself) then null else max(k.ends_on) end as last_on
  from contract k where k.customer_id = l.customer_id and k.deleted_at is null and k.status = 'signed'`;

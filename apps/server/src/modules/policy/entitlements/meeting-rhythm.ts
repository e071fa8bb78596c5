import { sql, type RawBuilder } from 'kysely';

/** Whoever was met a week late was met. */
const graceDays = 7;

/** Days on which customers were met in the year before: visits and meetings, and meetings written down as used. */
const metDays = (today: string, timeZone: string) => sql`
  select i.customer_id, (i.happened_at at time zone ${timeZone})::date as day from interaction i
  where i.deleted_at is null and i.kind in ('visit', 'meeting')
    and i.happened_at > ${today}::date - interval '1 year' and i.happened_at < ${today}::date + 2
  union
  select u.customer_id, u.used_on from entitlement_use u join entitlement e on e.entitlement_id = u.entitlement_id
  where e.kind = 'meeting' and not u.is_breach and u.used_on > ${today}::date - interval '1 year'`;

/**
 * The meeting rhythm that tiers promise: a row a customer and promise, with the days between two meetings, meetings of the last
 * twelve months (two on one day are one), due days that passed without one since the customer has the tier, a week of grace
 * each, and the day on which the next is due. Nothing needs to be counted by hand.
 * @param which condition on the customer `c`
 */
export function meetingRhythm(today: string, which: RawBuilder<unknown> = sql`true`): RawBuilder<unknown> {
  return sql`
    select promised.*, met.used, met.last_on, met.missed, coalesce(met.last_on, promised.since) + promised.every_days as next_on
    from (
      select c.customer_id, c.owner_id, c.team_id, e.entitlement_id, p.quantity,
        greatest(1, round(365 / p.quantity))::int as every_days,
        greatest(coalesce(g.since, ${today}::date), ${today}::date - 365) as since
      from register_entry c
      join tier_entitlement p on p.tier_id = c.tier_id and p.quantity > 0
      join entitlement e on e.entitlement_id = p.entitlement_id and e.kind = 'meeting'
      left join tier_result g on g.customer_id = c.customer_id
        and g.tier_run_id = (select tier_run_id from tier_run where status = 'in_force')
      where ${which}) promised
    cross join lateral (
      select count(*) filter (where is_met)::int as used, max(day) filter (where is_met) as last_on,
        coalesce(sum(greatest(0, (gap - 1 - ${graceDays}::int) / promised.every_days)) filter (where day > promised.since), 0)::int
          as missed
      from (
        select day, is_met, day - greatest(promised.since, lag(day, 1, promised.since) over (order by day)) as gap
        from (
          select met_day.day, true as is_met from met_day where met_day.customer_id = promised.customer_id
          union all select ${today}::date, false) d) gaps) met`;
}

/** To stand before a query that reads `meetingRhythm`. Read customer by customer along the index, not all of it first. */
export function withMetDays(today: string, timeZone: string): RawBuilder<unknown> {
  return sql`met_day as not materialized (${metDays(today, timeZone)})`;
}

import { sql, type RawBuilder } from 'kysely';
import { dayBegin, organisationDay } from '../../../platform/db/organisation-day.js';

export const halfYear = 182;
/** Nearly a third less than in the half-year before, and still ordering: a share goes elsewhere. */
const fallen = 0.7;
/** Those who matter most: a night's work, not a page's. */
const mostLooked = 200_000;
const newsDays = 365;
const endingDays = 90;
/** What people write when somebody complains of the price. */
const priceWords =
  '太贵|价格高|价格偏高|报价高|降价|压价|便宜|比价|price is too|too expensive|cheaper|lower price|price complaint';

/**
 * A row a customer who ordered in the half-year before the day: the signs as one could see them then. Whether a competitor of long
 * ago has gone since is not looked at for days past: that was not known.
 */
export function signsOn(day: RawBuilder<unknown>, isPast: boolean): RawBuilder<unknown> {
  return sql`
    select o.customer_id, o.late, o.early,
      case when o.early > 0 and o.late < ${fallen}::float8 * o.early then 1 - o.late / o.early end as falling,
      complaint.on_day as complained_on, rival.title as competitor, ending.ends_on as ending_on
    from (
      select customer_id, coalesce(sum(base_amount_minor) filter (where ordered_on > ${day} - ${halfYear}::int), 0)::float8 as late,
        coalesce(sum(base_amount_minor) filter (where ordered_on <= ${day} - ${halfYear}::int), 0)::float8 as early
      from customer_order where ordered_on > ${day} - ${2 * halfYear}::int and ordered_on <= ${day}
      group by customer_id
      having sum(base_amount_minor) filter (where ordered_on > ${day} - ${halfYear}::int) > 0
      order by sum(base_amount_minor) desc, customer_id limit ${mostLooked}) o
    left join (
      select customer_id, ${organisationDay(sql`max(happened_at)`)} as on_day from interaction
      where deleted_at is null and happened_at >= ${dayBegin(sql`${day} - ${halfYear - 1}::int`)}
        and happened_at < ${dayBegin(sql`${day} + 1`)} and summary ~* ${priceWords}
      group by customer_id) complaint on complaint.customer_id = o.customer_id
    left join (
      select distinct on (customer_id) customer_id, title from customer_note
      where kind = 'competitor' and deleted_at is null and noted_on between ${day} - ${newsDays}::int and ${day}
        and (${isPast} or status = 'present')
      order by customer_id, share_percent desc nulls last, noted_on desc) rival on rival.customer_id = o.customer_id
    left join (
      select k.customer_id, min(k.ends_on) as ends_on from contract k
      where k.deleted_at is null and k.status <> 'draft' and not k.is_renewed_by_itself
        and k.ends_on between ${day} and ${day} + ${endingDays}::int and k.starts_on <= ${day}
        and not exists (
          select from contract later where later.customer_id = k.customer_id and later.deleted_at is null
            and later.contract_id <> k.contract_id and later.starts_on <= ${day} + ${endingDays}::int
            and (later.ends_on is null or later.ends_on > k.ends_on)
            and (not ${isPast}::boolean or coalesce(later.signed_on, later.starts_on) <= ${day}))
      group by k.customer_id) ending on ending.customer_id = o.customer_id`;
}

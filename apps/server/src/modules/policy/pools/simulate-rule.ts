import type { RuleSimulation } from '@kezi/contract';
import { sql, type RawBuilder } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { due, narrowed, type RuleTerms } from './due-customers.js';
import { needsCount } from './pools.rules.js';
import { dayOf } from './realm.js';

const yearDays = 365;

/**
 * The mornings on which a customer `l` had been left alone for so many days, as one set of days. After something happened on
 * day d, they begin on d + days and end on the day on which it happens again, for the rule looks before anybody works.
 * `events` gives the days on which it happened; the day on which the owner's time began counts as one.
 */
function idle(events: RawBuilder<unknown>, days: number | null, today: string): RawBuilder<unknown> {
  if (days === null) return sql`datemultirange(daterange(null, null))`;
  return sql`(
    select coalesce(range_agg(daterange(e.on_day + ${days}::int, e.next_on, '[]'))
      filter (where e.on_day + ${days}::int <= e.next_on), '{}'::datemultirange)
    from (
      select on_day, lead(on_day, 1, ${today}::date) over (order by on_day) as next_on
      from (${events} union select l.began_on) happened
      where on_day <= ${today}::date) e)`;
}

/**
 * What a rule would do: whom it takes now, and whom it would have taken within the past year, had it been on. A customer
 * counts once, on the first day. Owners, value and segments are those of today; what people would have done
 * when warned nobody knows, so this is the most that could have happened.
 */
export async function simulateRule(
  db: Db,
  rule: RuleTerms,
  { today, timeZone }: { today: string; timeZone: string },
): Promise<RuleSimulation> {
  const contact = idle(
    sql`select distinct ${dayOf(sql`i.happened_at`, timeZone)} as on_day from interaction i
      where i.customer_id = l.customer_id and i.deleted_at is null`,
    rule.daysWithoutContact,
    today,
  );
  const order = idle(
    sql`select distinct o.ordered_on as on_day from customer_order o where o.customer_id = l.customer_id`,
    rule.daysWithoutOrder,
    today,
  );
  // What contracts will be known to have ended is not replayed: a rule with a contract is shown for today alone.
  const window =
    rule.daysAfterContract === null
      ? sql`datemultirange(daterange(greatest(${today}::date - ${yearDays}::int, l.began_on + ${rule.protectDays}::int),
          ${today}::date, '[]'))`
      : sql`'{}'::datemultirange`;
  const { rows } = await sql<{ simulation: Omit<RuleSimulation, 'asOf' | 'needsCount'> }>`
    with recursive ${due(rule, timeZone)},
    replayed as materialized (
      select l.customer_id, l.owner_id, coalesce(e.clv, 0) as clv, lower(${contact} * ${order} * ${window}) as taken_on
      from looked l join register_entry e using (customer_id)
      where ${narrowed(rule)} and l.began_on + ${rule.protectDays}::int <= ${today}::date),
    taken as (
      select r.*, exists (select from customer_order o
        where o.customer_id = r.customer_id and o.ordered_on > r.taken_on) as ordered_later
      from replayed r where r.taken_on is not null),
    now_due as materialized (select * from due where due_on <= ${today}::date),
    owner as (
      select l.owner_id, count(*) as owns, count(n.customer_id) as due_now, count(t.customer_id) as in_year,
        coalesce(sum(t.clv), 0) as value
      from looked l left join now_due n using (customer_id) left join taken t using (customer_id)
      group by l.owner_id)
    select jsonb_build_object(
      'looksAt', (select count(*) from looked),
      'dueNow', (select count(*) from now_due),
      'dueNowValue', (select coalesce(sum(clv), 0) from now_due),
      'inYear', (select count(*) from taken),
      'inYearValue', (select coalesce(sum(clv), 0) from taken),
      'orderedLater', (select count(*) from taken where ordered_later),
      'months', (select coalesce(jsonb_agg(jsonb_build_object('month', m.month, 'customers', coalesce(k.customers, 0),
          'value', coalesce(k.value, 0)) order by m.month), '[]')
        from (select to_char(${today}::date - make_interval(months => back), 'YYYY-MM') as month
          from generate_series(0, 12) back) m
        left join (select to_char(taken_on, 'YYYY-MM') as month, count(*) as customers, sum(clv) as value
          from taken group by 1) k using (month)),
      'owners', (select coalesce(jsonb_agg(jsonb_build_object('ownerId', o.owner_id, 'name', u.name, 'owns', o.owns,
          'dueNow', o.due_now, 'inYear', o.in_year, 'value', o.value) order by o.in_year desc, o.due_now desc, o.owner_id), '[]')
        from (select * from owner where due_now > 0 or in_year > 0 order by in_year desc, due_now desc, owner_id limit 50) o
        left join colleague u on u.user_id = o.owner_id)) as simulation`.execute(db);
  const found = rows[0]?.simulation;
  if (!found) throw new Error('The simulation gave no answer.');
  return { ...found, asOf: today, needsCount: needsCount(found.dueNow, found.looksAt) };
}

/** How many customers the rule looks at, and how many are due. */
export async function countDue(
  db: Db,
  rule: RuleTerms,
  { today, timeZone }: { today: string; timeZone: string },
): Promise<{ dueNow: number; looksAt: number }> {
  const { rows } = await sql<{ dueNow: number; looksAt: number }>`
    with recursive ${due(rule, timeZone)}
    select (select count(*)::int from due where due_on <= ${today}::date) as "dueNow",
      (select count(*)::int from looked) as "looksAt"`.execute(db);
  return rows[0] ?? { dueNow: 0, looksAt: 0 };
}

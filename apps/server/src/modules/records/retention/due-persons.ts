import { retentionKinds, retentionNoticeDays, type Retention, type RetentionPeriods } from '@kezi/contract';
import { sql, type RawBuilder } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { unnest } from '../../../platform/db/unnest.js';

/** So many are named on the page. */
const mostNamed = 100;

interface DueOptions {
  periods: RetentionPeriods;
  /** Of the organisation. */
  timeZone: string;
  /** yyyy-mm-dd: who is due after it is left out. */
  until: RawBuilder<unknown>;
}

/**
 * `due(contact_id, customer_id, name, kind, due_on)`: of each person the period that is over first. Of a customer counts
 * whatever happened last: an order, an interaction, or that the person was written down. For `with`.
 */
export function duePersons({ periods, timeZone, until }: DueOptions): RawBuilder<unknown> {
  const given = retentionKinds.flatMap((kind) => {
    const months = periods[kind];
    return months === undefined ? [] : [{ kind, months }];
  });
  const dayOf = (moment: string) => sql`(${sql.ref(moment)} at time zone ${timeZone})::date`;
  // Orders and interactions are looked up of those alone who were written down long enough ago. The register would be
  // quicker, but what it says of orders is as old as the last valuation.
  return sql`
    begun as (
      select c.contact_id, c.customer_id, c.name, p.kind, p.months, case p.kind
        when 'deleted' then ${dayOf('c.deleted_at')}
        when 'left' then c.left_on
        else ${dayOf('c.created_at')} end as since
      from contact c cross join ${unnest('p', {
        kind: { type: 'text', values: given.map(({ kind }) => kind) },
        months: { type: 'int', values: given.map(({ months }) => months) },
      })}
      where c.erased_at is null),
    ended as (
      select b.contact_id, b.customer_id, b.name, b.kind,
        (case b.kind when 'silent' then greatest(b.since,
            (select max(o.ordered_on) from customer_order o where o.customer_id = b.customer_id),
            (select max(${dayOf('i.happened_at')}) from interaction i
              where i.customer_id = b.customer_id and i.deleted_at is null)) else b.since end
          + make_interval(months => b.months))::date as due_on
      from begun b where b.since + make_interval(months => b.months) <= ${until}),
    due as (
      select distinct on (contact_id) * from ended where due_on <= ${until} order by contact_id, due_on)`;
}

/** What periods do today: how many are due, how many will be soon, and who is next. */
export async function showDue(
  db: Db,
  periods: RetentionPeriods,
  { today, timeZone }: { today: string; timeZone: string },
): Promise<{ counts: Map<string, { dueNow: number; dueSoon: number }>; next: Retention['next'] }> {
  const due = duePersons({ periods, timeZone, until: sql`(${today}::date + ${retentionNoticeDays}::int)` });
  const { rows } = await sql<{ kind: string; dueNow: number; dueSoon: number }>`
    with ${due}
    select kind, count(*) filter (where due_on <= ${today}::date)::int as "dueNow",
      count(*) filter (where due_on > ${today}::date)::int as "dueSoon"
    from due group by kind`.execute(db);
  const { rows: next } = await sql<Retention['next'][number]>`
    with ${due}
    select d.contact_id as "contactId", d.name, d.customer_id as "customerId", k.name as "customerName", d.kind,
      d.due_on as "dueOn"
    from due d join customer k using (customer_id) order by d.due_on, d.contact_id limit ${mostNamed}`.execute(
    db,
  );
  return { counts: new Map(rows.map(({ kind, ...count }) => [kind, count])), next };
}

import type { DisputeEvent, DisputeEvidence, DisputeSide } from '@kezi/contract';
import { sql, type RawBuilder } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { readSettings } from '../../people/settings/index.js';

interface Parties {
  customerId: number;
  claimantId: number;
  respondentId: number | null;
}

/** As many as a manager reads; the sums beside them count everything. */
const mostEvents = 200;
const summaryLength = 300;

/** Whose a deed is: the claimant's, the owner's, or somebody else's. */
function sideOf(userId: RawBuilder<unknown>, { claimantId, respondentId }: Parties): RawBuilder<unknown> {
  return sql`case when ${userId} = ${claimantId}::int then 'claimant'
    when ${userId} = ${respondentId}::int then 'respondent' else 'other' end`;
}

/**
 * `held`: stretches of time for which the customer was somebody's. Whoever had it when the record was made counts from the
 * day before the first order, whatever the time zone: records are often made later, when the customer is brought in from a file.
 */
function held(customerId: number): RawBuilder<unknown> {
  const first = sql`(select min(o.ordered_on)::timestamptz - interval '1 day' from customer_order o where o.customer_id = ${customerId}::bigint)`;
  return sql`
    held as (
      select p.holder_id, case when p.manner = 'start' then least(p.started_at, ${first}) else p.started_at end
        as started_at, coalesce(p.ended_at, now()) as ended_at
      from ownership_period p where p.customer_id = ${customerId}::bigint
      union all
      select c.owner_id, least(c.created_at, ${first}), now() from customer c
      where c.customer_id = ${customerId}::bigint
        and not exists (select from ownership_period p where p.customer_id = c.customer_id))`;
}

async function sideBy(
  db: Db,
  customerId: number,
  userId: number | null,
  timeZone: string,
): Promise<DisputeSide> {
  const { rows } = await sql<DisputeSide>`
    with ${held(customerId)}
    select ${userId}::int as "userId", (select name from colleague where user_id = ${userId}::int) as name,
      (select count(*)::int from interaction i where i.customer_id = ${customerId}::bigint and i.deleted_at is null
        and (i.created_by = ${userId}::int or ${userId}::int = any (i.user_ids))) as interactions,
      (select max(i.happened_at) from interaction i where i.customer_id = ${customerId}::bigint
        and i.deleted_at is null and (i.created_by = ${userId}::int or ${userId}::int = any (i.user_ids)))
        as "lastInteractionAt",
      coalesce(o.orders, 0)::int as orders, coalesce(o.amount, 0)::bigint as "ordersAmountMinor",
      (select coalesce(round(extract(epoch from sum(ended_at - started_at)) / 86400), 0)::int from held
        where holder_id = ${userId}::int) as "daysHeld"
    from (select count(*) as orders, sum(o.base_amount_minor) as amount from customer_order o
      where o.customer_id = ${customerId}::bigint and exists (select from held
        where held.holder_id = ${userId}::int
          and o.ordered_on between (held.started_at at time zone ${timeZone})::date
            and (held.ended_at at time zone ${timeZone})::date)) o`.execute(db);
  const [side] = rows;
  if (!side) throw new Error('A side of a dispute gave no answer.');
  return side;
}

async function eventsOf(db: Db, parties: Parties, timeZone: string): Promise<DisputeEvent[]> {
  const id = parties.customerId;
  const { rows } = await sql<DisputeEvent>`
    with ${held(id)}, happened as (
      select i.happened_at as at, 'interaction' as kind, ${sideOf(sql`i.created_by`, parties)} as side,
        left(i.summary, ${summaryLength}::int) as text, i.created_by as by_id, null::bigint as amount
      from interaction i where i.customer_id = ${id}::bigint and i.deleted_at is null
      union all
      select o.at, 'order', ${sideOf(sql`h.holder_id`, parties)}, o.order_no, h.holder_id, o.amount
      from (select o.ordered_on::timestamp at time zone ${timeZone} as at, coalesce(o.order_no, '') as order_no,
          o.base_amount_minor as amount from customer_order o where o.customer_id = ${id}::bigint) o
        left join held h on o.at >= h.started_at and o.at < h.ended_at
      union all
      select p.started_at, 'owner', ${sideOf(sql`p.holder_id`, parties)}, coalesce(p.reason, ''), p.holder_id, null
      from ownership_period p where p.customer_id = ${id}::bigint),
    newest as (select * from happened order by at desc limit ${mostEvents})
    select n.at, n.kind, n.side, n.text, u.name as "byName", n.amount as "amountMinor"
    from newest n left join colleague u on u.user_id = n.by_id order by n.at, n.kind`.execute(db);
  return rows;
}

/** What both have done with the customer, for whoever decides. */
export async function disputeEvidence(db: Db, parties: Parties): Promise<DisputeEvidence> {
  const { timeZone, baseCurrency } = await readSettings(db);
  return {
    currency: baseCurrency,
    claimant: await sideBy(db, parties.customerId, parties.claimantId, timeZone),
    respondent: await sideBy(db, parties.customerId, parties.respondentId, timeZone),
    events: await eventsOf(db, parties, timeZone),
  };
}

import { sql } from 'kysely';
import { isAfter, type Asked, type PlacedEntry } from './timeline-sources.js';

/** Contracts on the day of their signature; where nobody said it, when they were written down. A customer has some dozens. */
export async function contractEntries(asked: Asked): Promise<PlacedEntry[]> {
  const { timeZone } = asked;
  const at = sql`coalesce(k.signed_on::timestamp at time zone ${timeZone}, date_trunc('milliseconds', k.created_at))`;
  const { rows } = await sql<{
    at: string;
    contractId: number;
    contractNo: string;
    title: string;
    startsOn: string;
    endsOn: string | null;
  }>`
    select ${at} as at, k.contract_id as "contractId", k.contract_no as "contractNo", k.title,
      k.starts_on as "startsOn", k.ends_on as "endsOn"
    from contract k
    where k.customer_id = ${asked.customerId}::bigint and k.deleted_at is null and k.status <> 'draft'
      and ${isAfter(asked, at, sql`k.contract_id`)}
    order by 1 desc, k.contract_id desc limit ${asked.limit}`.execute(asked.db);
  return rows.map(({ at: moment, ...contract }) => ({
    place: { at: moment, rank: asked.rank, id: contract.contractId },
    entry: { source: 'contract', at: moment, contract },
  }));
}

/** What has come in; it has a day and no hour, and stands at its beginning, in the organisation's time zone. */
export async function paymentEntries(asked: Asked): Promise<PlacedEntry[]> {
  const { timeZone } = asked;
  const at = sql`(p.received_on::timestamp at time zone ${timeZone})`;
  // As with orders: the day alone is asked of the index.
  const byDay =
    asked.after === null
      ? sql`true`
      : sql`p.received_on <= (${asked.after.at}::timestamptz at time zone ${timeZone})::date`;
  const { rows } = await sql<{
    at: string;
    paymentId: number;
    receivedOn: string;
    amountMinor: number;
    currency: string;
    method: string | null;
  }>`
    select ${at} as at, p.payment_id as "paymentId", p.received_on as "receivedOn", p.amount_minor as "amountMinor",
      p.currency, p.method
    from payment p
    where p.customer_id = ${asked.customerId}::bigint and p.deleted_at is null and ${byDay}
      and ${isAfter(asked, at, sql`p.payment_id`)}
    order by p.received_on desc, p.payment_id desc limit ${asked.limit}`.execute(asked.db);
  return rows.map(({ at: moment, ...payment }) => ({
    place: { at: moment, rank: asked.rank, id: payment.paymentId },
    entry: { source: 'payment', at: moment, payment },
  }));
}

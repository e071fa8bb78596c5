import { minorDigits } from '@kezi/contract/currencies';
import { sql, type RawBuilder } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { readSettings } from '../../people/settings/index.js';
import { findLookalikes, type YearOfCustomer } from './lookalikes.rules.js';

const yearDays = 365;
/** A year to learn from and the year after it; a month short of both says the same. */
const neededDays = 2 * yearDays - 30;
/** Enough to learn from, and some seconds in the database. */
const mostCustomers = 40_000;

/** A year of each customer up to a day, with the spend of the year after where it has passed. */
async function yearsOn(
  db: Db,
  day: RawBuilder<unknown>,
  hasAfter: boolean,
  minorUnit: number,
): Promise<YearOfCustomer[]> {
  const after = hasAfter
    ? sql`coalesce((select sum(a.base_amount_minor) from customer_order a where a.customer_id = o.customer_id
        and a.ordered_on > ${day} and a.ordered_on <= ${day} + ${yearDays}::int), 0) / ${minorUnit}::float8`
    : sql`null::float8`;
  const { rows } = await sql<YearOfCustomer>`
    select o.customer_id as "customerId", o.spend / ${minorUnit}::float8 as spend, o.orders, ${day} - o.last_on as "recencyDays",
      (2 * o.late - o.spend) / nullif(o.spend, 0) as trend,
      ${day} - (select min(f.ordered_on) from customer_order f where f.customer_id = o.customer_id) as "tenureDays",
      ${after} as "spendAfter"
    from (
      select customer_id, sum(base_amount_minor)::float8 as spend, count(*)::int as orders, max(ordered_on) as last_on,
        coalesce(sum(base_amount_minor) filter (where ordered_on > ${day} - 182), 0)::float8 as late
      from customer_order where ordered_on > ${day} - ${yearDays}::int and ordered_on <= ${day}
      group by customer_id having sum(base_amount_minor) > 0
      -- An even pick where there are very many.
      order by hashint8(customer_id), customer_id limit ${mostCustomers}) o`.execute(db);
  return rows;
}

async function historyDays(db: Db, asOf: string): Promise<number> {
  const { rows } = await sql<{ days: number | null }>`
    select ${asOf}::date - min(ordered_on) as days from customer_order`.execute(db);
  return rows[0]?.days ?? 0;
}

/** Customers of the middle, judged by what those were like a year ago who are among the best now; or what lacks. */
export async function judgeLookalikes(db: Db, asOf: string): Promise<ReturnType<typeof findLookalikes>> {
  const days = await historyDays(db, asOf);
  if (days < neededDays) return { lack: { reason: 'history', days, needed: neededDays }, judged: [] };
  const minorUnit = 10 ** minorDigits((await readSettings(db)).baseCurrency);
  const then = await yearsOn(db, sql`(${asOf}::date - ${yearDays}::int)`, true, minorUnit);
  const now = await yearsOn(db, sql`${asOf}::date`, false, minorUnit);
  return findLookalikes(then, now);
}

import type { Lookalikes } from '@kezi/contract';
import { minorDigits } from '@kezi/tabular';
import { sql, type RawBuilder } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { lastOrderDay } from '../../insight/valuation/index.js';
import { readSettings } from '../../people/settings/index.js';
import { findLookalikes, type YearOfCustomer } from './lookalikes.rules.js';

const yearDays = 365;
/** Enough to learn from, and a second in the database. */
const mostCustomers = 40_000;
const mostListed = 30;

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

/** Customers of the middle who look today like those looked a year ago who are among the best now; as far as the reader sees. */
export async function getLookalikes(db: Db): Promise<Lookalikes> {
  const asOf = await lastOrderDay(db);
  if (asOf === null) return { asOf, model: null, items: [] };
  const minorUnit = 10 ** (minorDigits((await readSettings(db)).baseCurrency) ?? 2);
  const then = await yearsOn(db, sql`(${asOf}::date - ${yearDays}::int)`, true, minorUnit);
  const now = await yearsOn(db, sql`${asOf}::date`, false, minorUnit);
  const found = findLookalikes(then, now);
  if (found === null) return { asOf, model: null, items: [] };
  const top = found.judged.slice(0, mostListed);
  const { rows } = await sql<Omit<Lookalikes['items'][number], 'probability' | 'because'>>`
    select c.customer_id as "customerId", c.customer_no as "customerNo", c.name, u.name as "ownerName", t.name as "tierName", e.clv
    from customer c left join register_entry e on e.customer_id = c.customer_id left join app_user u on u.id = c.owner_id
      left join tier t on t.tier_id = e.tier_id
    where c.customer_id = any (${top.map(({ customerId }) => customerId)}::bigint[])`.execute(db);
  const byId = new Map(rows.map((row) => [row.customerId, row]));
  return {
    asOf,
    model: found.model,
    items: top.flatMap(({ customerId, probability, because }) => {
      const row = byId.get(customerId);
      return row === undefined ? [] : [{ ...row, probability, because }];
    }),
  };
}

import type { PreferenceProfile } from '@kezi/contract';
import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { gapQuartiles, mustSeeCustomer } from '../customers/index.js';
import { todayOf } from '../today-of.js';
import { priceElasticity } from './elasticity.rules.js';

const mostProducts = 5;
/** As many lines as a customer of a supermarket writes in two years; the latest ones where there are more. */
const mostLines = 20_000;
const monday = 1;

/** Days of orders of two years, oldest first. */
async function orderDays(
  db: Db,
  customerId: number,
  today: string,
): Promise<{ day: string; orders: number }[]> {
  const { rows } = await sql<{ day: string; orders: number }>`
    select ordered_on as day, count(*)::int as orders from customer_order
    where customer_id = ${customerId}::bigint and base_amount_minor > 0
      and ordered_on > (${today}::date - interval '2 years')::date and ordered_on <= ${today}::date
    group by ordered_on order by ordered_on`.execute(db);
  return rows;
}

interface Line {
  orderId: number;
  productId: number;
  name: string;
  quantity: number;
  amount: number;
}

async function linesOf(db: Db, customerId: number, today: string): Promise<Line[]> {
  const { rows } = await sql<Line>`
    select l.order_id as "orderId", l.product_id as "productId", p.name, l.quantity::float8 as quantity,
      l.base_amount_minor::float8 as amount
    from customer_order o join order_line l using (order_id) join product p using (product_id)
    where o.customer_id = ${customerId}::bigint and l.base_amount_minor > 0 and l.quantity > 0
      and o.ordered_on > (${today}::date - interval '2 years')::date and o.ordered_on <= ${today}::date
    order by o.ordered_on desc limit ${mostLines}`.execute(db);
  return rows;
}

function favourites(lines: readonly Line[]): PreferenceProfile['products'] {
  const total = lines.reduce((sum, line) => sum + line.amount, 0);
  const found = new Map<number, { name: string; amount: number; orders: Set<number> }>();
  for (const { productId, name, amount, orderId } of lines) {
    const product = found.get(productId) ?? { name, amount: 0, orders: new Set() };
    product.amount += amount;
    product.orders.add(orderId);
    found.set(productId, product);
  }
  return [...found]
    .sort(([, a], [, b]) => b.amount - a.amount)
    .slice(0, mostProducts)
    .map(([productId, { name, amount, orders }]) => ({
      productId,
      name,
      share: amount / total,
      orders: orders.size,
    }));
}

function rhythm(days: readonly string[]): PreferenceProfile['rhythm'] {
  const gaps = gapQuartiles(days);
  if (gaps === null || days.length < 4) return null;
  const weekdays = Array<number>(7).fill(0);
  for (const day of days) {
    const place = (new Date(`${day}T00:00:00Z`).getUTCDay() - monday + 7) % 7;
    weekdays[place] = (weekdays[place] ?? 0) + 1 / days.length;
  }
  return { medianDays: gaps.median, weekdays, gaps: days.length - 1 };
}

/**
 * What the orders of two years say about a customer.
 * @throws CodedError customers.not_found
 */
export async function getPreferences(db: Db, customerId: number, now: Date): Promise<PreferenceProfile> {
  await mustSeeCustomer(db, customerId);
  const today = await todayOf(db, now);
  const days = await orderDays(db, customerId, today);
  const lines = await linesOf(db, customerId, today);
  return {
    orders: days.reduce((sum, { orders }) => sum + orders, 0),
    products: favourites(lines),
    rhythm: rhythm(days.map(({ day }) => day)),
    price: priceElasticity(lines.map((line) => ({ ...line, price: line.amount / line.quantity }))),
  };
}

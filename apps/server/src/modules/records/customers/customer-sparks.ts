import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { twelveMonthsUntil } from './customers.rules.js';

/** The day that the register's figures are true for; null before the first published run. */
export async function figuresAsOf(db: Db): Promise<string | null> {
  const run = await db
    .selectFrom('valuation_run')
    .where('status', '=', 'published')
    .select('as_of')
    .orderBy('published_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return run?.as_of ?? null;
}

/**
 * Each customer's amounts of the twelve months before the day the figures are true for (`today` while there are none),
 * oldest first, minor units of the base currency. One query for a page.
 */
export async function monthlyAmounts(
  db: Db,
  customerIds: readonly number[],
  today: string,
): Promise<Map<number, number[]>> {
  const days = twelveMonthsUntil((await figuresAsOf(db)) ?? today);
  const amounts = new Map(customerIds.map((id) => [id, Array.from({ length: 12 }, () => 0)]));
  if (customerIds.length === 0) return amounts;
  const { rows } = await sql<{ customer_id: number; month: number; amount: string }>`
    select customer_id, width_bucket(ordered_on, ${days}::date[]) as month, sum(base_amount_minor) as amount
    from customer_order
    where customer_id = any(${[...customerIds]}::bigint[])
      and ordered_on >= ${days[0]}::date and ordered_on < ${days[12]}::date
    group by 1, 2`.execute(db);
  for (const { customer_id, month, amount } of rows) {
    const months = amounts.get(customer_id);
    if (months) months[month - 1] = Number(amount);
  }
  return amounts;
}

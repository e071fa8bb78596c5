import type { CustomerProducts, CustomerRhythm } from '@kezi/contract';
import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { readSettings } from '../../people/settings/index.js';
import { figuresAsOf } from './customer-sparks.js';
import { gapQuartiles, nextOrderWindow } from './customers.rules.js';
import { survivorOf } from './former-numbers.js';
import { mustSeeCustomer } from './get-customer.js';

/** Products shown of one customer, best first. */
const mostProducts = 200;

/**
 * The days with orders, returns netted within their day, and when the next one is expected. A day whose returns outweigh
 * its orders is shown but is no order day. A page asks for them beside the customer, by the id that it was opened with: that of
 * one that was merged leads to the one that remains.
 * @throws CodedError customers.not_found
 */
export async function customerRhythm(db: Db, askedId: number): Promise<CustomerRhythm> {
  const customerId = (await survivorOf(db, askedId)) ?? askedId;
  await mustSeeCustomer(db, customerId);
  const { rows } = await sql<{ on: string; amount: string }>`
    select ordered_on as on, sum(base_amount_minor) as amount from customer_order
    where customer_id = ${customerId}::bigint group by ordered_on order by ordered_on`.execute(db);
  const days = rows.map((row) => ({ on: row.on, amountMinor: Number(row.amount) }));
  const gapDays = gapQuartiles(days.filter((day) => day.amountMinor > 0).map((day) => day.on));
  const customer = await db
    .selectFrom('register_entry')
    .where('customer_id', '=', customerId)
    .select('next_order_on')
    .executeTakeFirstOrThrow();
  const asOf = await figuresAsOf(db);
  const nextOrderOn = customer.next_order_on;
  const window = nextOrderOn && asOf && gapDays ? nextOrderWindow(nextOrderOn, asOf, gapDays) : null;
  return {
    currency: (await readSettings(db)).baseCurrency,
    days,
    gapDays,
    asOf,
    nextOrderOn,
    nextOrderFrom: window?.from ?? null,
    nextOrderTo: window?.to ?? null,
  };
}

/**
 * What the customer buys, by amount.
 * @throws CodedError customers.not_found
 */
export async function customerProducts(db: Db, customerId: number): Promise<CustomerProducts> {
  await mustSeeCustomer(db, customerId);
  const { rows } = await sql<
    Omit<CustomerProducts['items'][number], 'quantity' | 'amountMinor'> & { quantity: string; amount: string }
  >`
    select p.product_id as "productId", p.product_no as "productNo", p.name, p.category,
      count(distinct l.order_id) as orders, coalesce(sum(l.quantity), 0) as quantity,
      sum(l.base_amount_minor) as amount, max(o.ordered_on) as "lastOrderOn"
    from order_line l join customer_order o on o.order_id = l.order_id join product p on p.product_id = l.product_id
    where o.customer_id = ${customerId}::bigint
    group by p.product_id order by sum(l.base_amount_minor) desc, p.product_id limit ${mostProducts}`.execute(
    db,
  );
  return {
    items: rows.map(({ quantity, amount, ...row }) => ({
      ...row,
      quantity: Number(quantity),
      amountMinor: Number(amount),
    })),
  };
}

import { sql, type RawBuilder } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { arrayBytes, unnest, type Column } from '../../../platform/db/unnest.js';
import {
  looksNoFurther,
  standInNumber,
  withoutStandIn,
  type BatchContext,
} from '../../intake/imports/index.js';
import type { KnownCustomer } from '../customers/index.js';
import type { KnownOrder } from './import-orders.find.js';
import { contentHash, contentOf } from './import-orders.rules.js';
import type { OrderPart, OrderWindow } from './import-orders.window.js';

/** A part of an order with everything that was looked up for it. */
export interface PlacedPart {
  part: OrderPart;
  /** Its place in the window. */
  place: number;
  customer: KnownCustomer;
  order: KnownOrder | null;
}

/** A part whose order has a number in the database; its lines follow on those that are there. */
export interface NumberedPart extends PlacedPart {
  orderId: number;
  linesBefore: number;
}

const bigint = (values: readonly (number | null)[]): Column => ({
  type: 'bigint',
  bytes: arrayBytes('bigint', values),
});
const int = (values: readonly (number | null)[]): Column => ({
  type: 'int',
  bytes: arrayBytes('int', values),
});
const text = (values: readonly (string | null)[]): Column => ({ type: 'text', values });

/**
 * All lines of a window as `l`: the place of their part, the place in it, and their values. Amounts that are those of the base
 * currency are not sent twice: what goes to the database costs as much as making it.
 */
export function lineColumns(
  { lines, products }: OrderWindow,
  productIds: ReadonlyMap<string, number>,
): RawBuilder<unknown> {
  const ids = products.map(({ productNo }) => productIds.get(productNo) ?? null);
  const { arrays, quantity } = lines;
  const { baseAmount } = arrays;
  const columns = unnest('l', {
    place: { type: 'int', bytes: arrays.part },
    nth: { type: 'int', bytes: arrays.nth },
    product_id: bigint(Array.from(lines.product, (product) => ids[product] ?? null)),
    quantity: { type: 'numeric', text: quantity },
    amount_minor: { type: 'bigint', bytes: arrays.amount },
    base_margin_minor: { type: 'bigint', bytes: arrays.baseMargin },
    ...(baseAmount === null ? {} : { base_amount_minor: { type: 'bigint', bytes: baseAmount } }),
  });
  return baseAmount === null
    ? sql`(select l.*, l.amount_minor as base_amount_minor from ${columns}) as l`
    : columns;
}

/** The lines of these parts. */
export async function insertLines(
  db: Db,
  lines: RawBuilder<unknown>,
  parts: readonly NumberedPart[],
): Promise<void> {
  if (parts.length === 0) return;
  await sql`
    insert into order_line (order_id, line_no, customer_id,
      product_id, quantity, amount_minor, base_amount_minor, base_margin_minor)
    select p.order_id, p.lines_before + l.nth, p.customer_id,
      l.product_id, l.quantity, l.amount_minor, l.base_amount_minor, l.base_margin_minor
    from ${lines} join ${unnest('p', {
      place: int(parts.map(({ place }) => place)),
      order_id: bigint(parts.map(({ orderId }) => orderId)),
      lines_before: int(parts.map(({ linesBefore }) => linesBefore)),
      customer_id: bigint(parts.map(({ customer }) => customer.customerId)),
    })} using (place)`.execute(db);
}

/** Orders as the columns of `customer_order` that `insertOrders` names. */
export function orderColumns(batch: BatchContext, placed: readonly PlacedPart[]): RawBuilder<unknown> {
  const keyOf = looksNoFurther(batch) ? standInNumber : (key: string) => key;
  const of = <Value>(value: (part: OrderPart) => Value) => placed.map(({ part }) => value(part));
  const columns = unnest('o', {
    order_key: text(of((part) => keyOf(part.orderKey))),
    order_no: text(of((part) => part.orderNo)),
    customer_id: bigint(placed.map(({ customer }) => customer.customerId)),
    ordered_on: { type: 'date', values: of((part) => part.orderedOn) },
    currency: text(of((part) => part.currency)),
    amount_minor: bigint(of((part) => part.amountMinor)),
    base_amount_minor: bigint(of((part) => part.baseAmountMinor)),
    base_margin_minor: bigint(of((part) => part.baseMarginMinor)),
    line_count: int(of((part) => part.lines)),
    content_hash: text(placed.map(({ part, customer }) => hashOf(part, customer))),
  });
  return sql`select o.*, ${batch.importBatchId}::bigint from ${columns}`;
}

/** Orders that the database has not seen. @param orders them, as `orderColumns` gives them */
export async function insertOrders(
  db: Db,
  orders: RawBuilder<unknown>,
  placed: readonly PlacedPart[],
): Promise<NumberedPart[]> {
  if (placed.length === 0) return [];
  const { rows } = await sql<{ orderId: number; orderKey: string }>`
    insert into customer_order (order_key, order_no, customer_id, ordered_on, currency,
      amount_minor, base_amount_minor, base_margin_minor, line_count, content_hash, import_batch_id)
    ${orders}
    returning order_id as "orderId", order_key as "orderKey"`.execute(db);
  const ids = new Map(rows.map((row) => [withoutStandIn(row.orderKey), row.orderId]));
  return placed.flatMap((one) => {
    const orderId = ids.get(one.part.orderKey);
    return orderId === undefined ? [] : [{ ...one, orderId, linesBefore: 0 }];
  });
}

function hashOf(part: OrderPart, customer: KnownCustomer): string {
  const { orderedOn, currency, hashA, hashB, lines } = part;
  return contentHash({
    customerId: customer.customerId,
    orderedOn,
    currency,
    lines,
    hashA,
    hashB,
  });
}

/** More lines of orders that an earlier window of the same batch has written. */
export async function appendParts(db: Db, placed: readonly PlacedPart[]): Promise<NumberedPart[]> {
  if (placed.length === 0) return [];
  const next = placed.flatMap((one) => {
    const { part, order } = one;
    if (order === null) return [];
    const before = contentOf(order.contentHash);
    const content = {
      ...before,
      orderedOn: part.orderedOn < before.orderedOn ? part.orderedOn : before.orderedOn,
      lines: before.lines + part.lines,
      hashA: before.hashA + part.hashA,
      hashB: before.hashB + part.hashB,
    };
    return [{ ...one, orderId: order.orderId, linesBefore: before.lines, content }];
  });
  await sql`
    update customer_order o set
      amount_minor = o.amount_minor + p.amount_minor,
      base_amount_minor = o.base_amount_minor + p.base_amount_minor,
      base_margin_minor = o.base_margin_minor + p.base_margin_minor,
      ordered_on = p.ordered_on, line_count = p.line_count, content_hash = p.content_hash
    from ${unnest('p', {
      order_id: bigint(next.map(({ orderId }) => orderId)),
      amount_minor: bigint(next.map(({ part }) => part.amountMinor)),
      base_amount_minor: bigint(next.map(({ part }) => part.baseAmountMinor)),
      base_margin_minor: bigint(next.map(({ part }) => part.baseMarginMinor)),
      ordered_on: { type: 'date', values: next.map(({ content }) => content.orderedOn) },
      line_count: int(next.map(({ content }) => content.lines)),
      content_hash: text(next.map(({ content }) => contentHash(content))),
    })}
    where o.order_id = p.order_id`.execute(db);
  return next;
}

/** Says that the customers' part of the lake has to be written again. */
export async function markDirty(db: Db, customerIds: readonly number[]): Promise<void> {
  if (customerIds.length === 0) return;
  await sql`insert into lake_dirty_customer (customer_id)
    select customer_id from ${unnest('dirty', { customer_id: bigint(customerIds) })}`.execute(db);
}

import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { unnest, type Column } from '../../../platform/db/unnest.js';
import type { KnownCustomer } from '../customers/index.js';
import type { KnownOrder } from './import-orders.find.js';
import { contentHash, contentOf } from './import-orders.rules.js';
import type { OrderPart, WindowLine } from './import-orders.window.js';

/** A part of an order with everything that was looked up for it. */
export interface PlacedPart {
  part: OrderPart;
  customer: KnownCustomer;
  order: KnownOrder | null;
  /** product_id by number. */
  products: ReadonlyMap<string, number>;
}

const bigint = (values: Column['values']): Column => ({ type: 'bigint', values });
const int = (values: Column['values']): Column => ({ type: 'int', values });
const text = (values: Column['values']): Column => ({ type: 'text', values });

/** Columns of order lines, filled row by row: an object a line would be a million objects. */
export class LineColumns {
  private readonly productIds: (number | null)[] = [];
  private readonly quantities: (string | null)[] = [];
  private readonly amounts: number[] = [];
  private readonly baseAmounts: number[] = [];
  private readonly baseMargins: (number | null)[] = [];

  add({ input }: WindowLine, products: PlacedPart['products']): void {
    this.productIds.push(input.productNo === null ? null : (products.get(input.productNo) ?? null));
    this.quantities.push(input.quantity);
    this.amounts.push(input.amountMinor);
    this.baseAmounts.push(input.baseAmountMinor);
    this.baseMargins.push(input.baseMarginMinor);
  }

  columns() {
    return {
      product_id: bigint(this.productIds),
      quantity: { type: 'numeric' as const, values: this.quantities },
      amount_minor: bigint(this.amounts),
      base_amount_minor: bigint(this.baseAmounts),
      base_margin_minor: bigint(this.baseMargins),
    };
  }
}

/** A part whose order has a number in the database; its lines follow on those that are there. */
interface NumberedPart extends Omit<PlacedPart, 'order'> {
  orderId: number;
  linesBefore: number;
}

async function insertLines(db: Db, parts: readonly NumberedPart[]): Promise<void> {
  const orderIds: number[] = [];
  const lineNos: number[] = [];
  const customers: KnownCustomer[] = [];
  const columns = new LineColumns();
  for (const { part, customer, products, orderId, linesBefore } of parts) {
    part.lines.forEach((line, at) => {
      orderIds.push(orderId);
      lineNos.push(linesBefore + at + 1);
      customers.push(customer);
      columns.add(line, products);
    });
  }
  await sql`
    insert into order_line (order_id, line_no, customer_id, owner_id, team_id,
      product_id, quantity, amount_minor, base_amount_minor, base_margin_minor)
    select * from ${unnest('line', {
      order_id: bigint(orderIds),
      line_no: int(lineNos),
      customer_id: bigint(customers.map((customer) => customer.customerId)),
      owner_id: int(customers.map((customer) => customer.ownerId)),
      team_id: int(customers.map((customer) => customer.teamId)),
      ...columns.columns(),
    })}`.execute(db);
}

/** Orders that the database has not seen. */
export async function insertOrders(
  db: Db,
  importBatchId: number,
  placed: readonly PlacedPart[],
): Promise<void> {
  if (placed.length === 0) return;
  const of = (value: (part: OrderPart) => string | number | null) => placed.map(({ part }) => value(part));
  const { rows } = await sql<{ orderId: number; orderKey: string }>`
    insert into customer_order (order_key, order_no, customer_id, owner_id, team_id, ordered_on, currency,
      amount_minor, base_amount_minor, base_margin_minor, line_count, content_hash, import_batch_id)
    select o.*, ${importBatchId}::bigint from ${unnest('o', {
      order_key: text(of((part) => part.orderKey)),
      order_no: text(of((part) => part.orderNo)),
      customer_id: bigint(placed.map(({ customer }) => customer.customerId)),
      owner_id: int(placed.map(({ customer }) => customer.ownerId)),
      team_id: int(placed.map(({ customer }) => customer.teamId)),
      ordered_on: { type: 'date', values: of((part) => part.orderedOn) },
      currency: text(of((part) => part.currency)),
      amount_minor: bigint(of((part) => part.amountMinor)),
      base_amount_minor: bigint(of((part) => part.baseAmountMinor)),
      base_margin_minor: bigint(of((part) => part.baseMarginMinor)),
      line_count: int(of((part) => part.lines.length)),
      content_hash: text(placed.map(({ part, customer }) => hashOf(part, customer))),
    })}
    returning order_id as "orderId", order_key as "orderKey"`.execute(db);
  const ids = new Map(rows.map((row) => [row.orderKey, row.orderId]));
  const numbered = placed.flatMap((one) => {
    const orderId = ids.get(one.part.orderKey);
    return orderId === undefined ? [] : [{ ...one, orderId, linesBefore: 0 }];
  });
  await insertLines(db, numbered);
}

function hashOf(part: OrderPart, customer: KnownCustomer): string {
  const { orderedOn, currency, hashA, hashB, lines } = part;
  return contentHash({
    customerId: customer.customerId,
    orderedOn,
    currency,
    lines: lines.length,
    hashA,
    hashB,
  });
}

/** More lines of orders that an earlier window of the same batch has written. */
export async function appendParts(db: Db, placed: readonly PlacedPart[]): Promise<void> {
  if (placed.length === 0) return;
  const next = placed.flatMap(({ part, order, customer, products }) => {
    if (order === null) return [];
    const before = contentOf(order.contentHash);
    const content = {
      ...before,
      orderedOn: part.orderedOn < before.orderedOn ? part.orderedOn : before.orderedOn,
      lines: before.lines + part.lines.length,
      hashA: before.hashA + part.hashA,
      hashB: before.hashB + part.hashB,
    };
    return [{ part, customer, products, orderId: order.orderId, linesBefore: before.lines, content }];
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
  await insertLines(db, next);
}

/** Says that the customers' part of the lake has to be written again. */
export async function markDirty(db: Db, customerIds: readonly number[]): Promise<void> {
  if (customerIds.length === 0) return;
  await sql`insert into lake_dirty_customer (customer_id)
    select customer_id from ${unnest('dirty', { customer_id: bigint(customerIds) })}`.execute(db);
}

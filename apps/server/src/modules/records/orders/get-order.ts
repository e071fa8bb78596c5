import type { OrderDetail } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import type { Db } from '../../../platform/db/scoped-db.js';
import { orderColumns } from './list-orders.js';

/** @throws CodedError orders.not_found, also for an order that the reader may not see */
export async function getOrder(db: Db, orderId: number): Promise<OrderDetail> {
  const order = await db
    .selectFrom('customer_order')
    .where('order_id', '=', orderId)
    .select(orderColumns)
    .executeTakeFirst();
  if (!order) throw new CodedError('orders.not_found');
  const lines = await db
    .selectFrom('order_line as l')
    .leftJoin('product as p', 'p.product_id', 'l.product_id')
    .where('l.order_id', '=', orderId)
    .select([
      'l.line_no as lineNo',
      'p.product_no as productNo',
      'p.name as productName',
      'l.quantity',
      'l.amount_minor as amountMinor',
    ])
    .orderBy('l.line_no')
    .execute();
  return {
    ...order,
    lines: lines.map((line) => ({
      ...line,
      quantity: line.quantity === null ? null : Number(line.quantity),
    })),
  };
}

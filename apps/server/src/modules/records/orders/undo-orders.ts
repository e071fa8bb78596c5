import { sql } from 'kysely';
import type { Db, Viewer } from '../../../platform/db/scoped-db.js';
import { undoCustomers } from '../customers/index.js';
import { undoProducts } from '../products/index.js';

/** Takes back the orders of a batch, then the products and customers that it made and nobody else uses. */
export async function undoOrders(db: Db, importBatchId: number, viewer: Viewer): Promise<number> {
  await markDirty(db, importBatchId);
  const restored = await restoreChanged(db, importBatchId);
  // The restored orders name an earlier batch again, so these are the orders that the batch made.
  await markDirty(db, importBatchId);
  const removed = await sql`delete from customer_order where import_batch_id = ${importBatchId}`.execute(db);
  const products = await undoProducts(db, importBatchId, viewer);
  const customers = await undoCustomers(db, importBatchId);
  return restored + Number(removed.numAffectedRows ?? 0) + products + customers;
}

async function markDirty(db: Db, importBatchId: number): Promise<void> {
  await sql`
    insert into lake_dirty_customer (customer_id)
    select distinct customer_id from customer_order where import_batch_id = ${importBatchId}`.execute(db);
}

/** Orders that the batch changed and nobody after it. */
async function restoreChanged(db: Db, importBatchId: number): Promise<number> {
  await sql`
    create temporary table undo_order on commit drop as
    select o.order_id, c.before
    from import_change c join customer_order o on o.order_id = c.record_id
    where c.import_batch_id = ${importBatchId} and c.record_kind = 'order'
      and o.import_batch_id = ${importBatchId}
      and exists (select from customer where customer_id = (c.before -> 'order' ->> 'customer_id')::bigint)`.execute(
    db,
  );
  await sql`delete from order_line l using undo_order u where l.order_id = u.order_id`.execute(db);
  const restored = await sql`
    update customer_order o set customer_id = b.customer_id,
      ordered_on = b.ordered_on, currency = b.currency, amount_minor = b.amount_minor,
      base_amount_minor = b.base_amount_minor, base_margin_minor = b.base_margin_minor,
      line_count = b.line_count, content_hash = b.content_hash, import_batch_id = b.import_batch_id, updated_at = now()
    from undo_order u, jsonb_populate_record(null::customer_order, u.before -> 'order') b
    where o.order_id = u.order_id`.execute(db);
  await sql`
    insert into order_line (order_id, line_no, customer_id,
      product_id, quantity, amount_minor, base_amount_minor, base_margin_minor)
    select l.order_id, l.line_no, o.customer_id,
      l.product_id, l.quantity, l.amount_minor, l.base_amount_minor, l.base_margin_minor
    from undo_order u join customer_order o using (order_id),
      jsonb_populate_recordset(null::order_line, u.before -> 'lines') l`.execute(db);
  await sql`
    insert into lake_dirty_customer (customer_id)
    select distinct o.customer_id from undo_order u join customer_order o using (order_id)`.execute(db);
  return Number(restored.numAffectedRows ?? 0);
}

import { sql } from 'kysely';
import type { Db, Viewer } from '../../../platform/db/scoped-db.js';
import { withAllRows } from '../../../platform/db/with-all-rows.js';

/** Takes back what a batch did to products, where nobody has touched them since and no order needs them. */
export async function undoProducts(db: Db, importBatchId: number, viewer: Viewer): Promise<number> {
  const restored = await sql`
    update product p set name = b.name, category = b.category, unit = b.unit, custom = b.custom,
      import_batch_id = b.import_batch_id, row_version = p.row_version + 1, updated_at = now()
    from import_change g, jsonb_populate_record(null::product, g.before) b
    where g.import_batch_id = ${importBatchId} and g.record_kind = 'product' and p.product_id = g.record_id
      and p.import_batch_id = ${importBatchId} and p.row_version = b.row_version + 1`.execute(db);
  const made = await sql<{ id: number }>`
    select p.product_id as id from product p
    where p.import_batch_id = ${importBatchId} and p.row_version = 1
      and not exists (
        select from import_change g
        where g.import_batch_id = ${importBatchId} and g.record_kind = 'product' and g.record_id = p.product_id)`.execute(
    db,
  );
  const ids = made.rows.map(({ id }) => id);
  if (ids.length === 0) return Number(restored.numAffectedRows ?? 0);
  // Products are everybody's: an order that the user does not see needs them as well.
  const used = await withAllRows(db, viewer, () =>
    sql<{ id: number }>`
      select distinct product_id as id from order_line where product_id = any (${ids}::bigint[])`.execute(db),
  );
  const inUse = new Set(used.rows.map(({ id }) => id));
  const free = ids.filter((id) => !inUse.has(id));
  await sql`delete from product where product_id = any (${free}::bigint[])`.execute(db);
  return Number(restored.numAffectedRows ?? 0) + free.length;
}

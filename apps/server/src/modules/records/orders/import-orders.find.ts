import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import {
  findTaken,
  looksNoFurther,
  standInNumber,
  withoutStandIn,
  type BatchContext,
} from '../../intake/imports/index.js';

export interface KnownOrder {
  orderId: number;
  /** The batch that wrote it last. */
  importBatchId: number | null;
  contentHash: string;
  /** Whose order it is by earlier lines of this file; null where this is the first time the file names it. */
  begun: { customerNo: string; formerNumbers: string[]; currency: string } | null;
}

export interface FoundOrders {
  /** By order key. */
  known: ReadonlyMap<string, KnownOrder>;
  /** Keys of orders that are not the user's. */
  taken: ReadonlySet<string>;
}

interface Row {
  orderKey: string;
  orderId: number;
  importBatchId: number | null;
  contentHash: string;
  customerNo: string | null;
  /** Numbers of customers that were merged into this one; lines under them are lines of this one. */
  formerNumbers: string[];
  currency: string | null;
}

/** The orders of a window that exist already; those that a dry run made are found under the keys that it gave them. */
export async function findOrders(db: Db, batch: BatchContext, keys: string[]): Promise<FoundOrders> {
  const sought = looksNoFurther(batch) ? [...keys, ...keys.map(standInNumber)] : keys;
  const { rows } = await sql<Row>`
    select o.order_key as "orderKey", o.order_id as "orderId", o.import_batch_id as "importBatchId",
      o.content_hash as "contentHash",
      case when o.import_batch_id = ${batch.importBatchId} then c.customer_no else p.customer_no end as "customerNo",
      case when o.import_batch_id = ${batch.importBatchId} then o.currency else p.currency end as currency,
      array(select a.customer_no from customer_alias a where a.customer_id = o.customer_id) as "formerNumbers"
    from customer_order o
    join customer c on c.customer_id = o.customer_id
    left join lateral (
      select kept.customer_no, kept.currency from import_order_part kept where kept.order_id = o.order_id limit 1
    ) p on true
    where o.order_key = any (${sought}::text[])`.execute(db);
  const known = new Map<string, KnownOrder>();
  for (const { orderKey, customerNo, formerNumbers, currency, ...order } of rows) {
    const begun =
      customerNo === null || currency === null
        ? null
        : { customerNo: withoutStandIn(customerNo), formerNumbers, currency };
    known.set(withoutStandIn(orderKey), { ...order, begun });
  }
  const unseen = keys.filter((key) => !known.has(key));
  const taken = await findTaken(db, batch, { table: 'customer_order', column: 'order_key' }, unseen);
  return { known, taken };
}

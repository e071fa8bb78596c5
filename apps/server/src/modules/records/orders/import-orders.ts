import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RawBuilder } from 'kysely';
import {
  importKind,
  type BatchContext,
  type ImportTarget,
  type RefusedRow,
  type RowRefusal,
  type TargetCounts,
} from '../../intake/imports/index.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { NamedCustomers } from '../customers/index.js';
import { NamedProducts, type ProductMention } from '../products/index.js';
import { ChangedOrders } from './import-orders.changed.js';
import { findOrders, type FoundOrders } from './import-orders.find.js';
import { missingOrderFields, orderFields } from './import-orders.rules.js';
import {
  readOrderWindow,
  refuseParts,
  type OrderPart,
  type OrderWindow,
  type PartRefusal,
} from './import-orders.window.js';
import {
  appendParts,
  insertLines,
  insertOrders,
  lineColumns,
  markDirty,
  orderColumns,
  type NumberedPart,
  type PlacedPart,
} from './import-orders.write.js';
import { undoOrders } from './undo-orders.js';

/** What is written of a window, as PostgreSQL takes it. */
interface ReadyWindow {
  placed: readonly PlacedPart[];
  /** Those of them that make an order. */
  fresh: readonly PlacedPart[];
  orders: RawBuilder<unknown>;
  lines: RawBuilder<unknown>;
}

/**
 * Orders are written window by window. An order that the database does not know is written at once; one that an earlier
 * window of this file began is continued; one that was there before waits (in `ChangedOrders`) until all of its lines have
 * come, and is then compared and written again only where its content has changed.
 */
class OrderTarget implements ImportTarget<OrderWindow> {
  private readonly customers: NamedCustomers;
  private readonly products: NamedProducts;
  private readonly changed: ChangedOrders;
  private readonly dirty = new Set<number>();
  /** Lines of the last window, whose orders are written. */
  private waiting: { lines: RawBuilder<unknown>; parts: NumberedPart[] } | null = null;
  private added = 0;
  private returns = 0;

  constructor(
    private readonly db: Db,
    private readonly batch: BatchContext,
  ) {
    this.customers = new NamedCustomers(db, batch);
    this.products = new NamedProducts(db, batch.importBatchId);
    this.changed = new ChangedOrders(db, batch.importBatchId);
  }

  async finish(): Promise<RefusedRow[]> {
    await this.insertWaiting();
    await this.changed.write();
    return [];
  }

  counts(): TargetCounts {
    const { changed, unchanged } = this.changed;
    const made = (added: number) => ({ added, changed: 0, unchanged: 0 });
    return {
      records: {
        orders: { added: this.added, changed, unchanged },
        customers: made(this.customers.added),
        products: made(this.products.added),
      },
      returns: this.returns,
    };
  }

  /**
   * PostgreSQL inserts the lines of a window while the next one is made ready; nothing is under way when this ends, as the
   * transaction may end then. What the next window has to find is in the database before: orders, not their lines.
   */
  async write(window: OrderWindow): Promise<RefusedRow[]> {
    const { placed, refused } = await this.lookUp(window);
    const productIds = await this.products.resolve(productsOf(window, placed));
    const [inserted, ready] = await Promise.allSettled([
      this.insertWaiting(),
      this.makeReady(window, placed, productIds),
    ]);
    if (inserted.status === 'rejected') throw inserted.reason;
    if (ready.status === 'rejected') throw ready.reason;
    await this.place(ready.value);
    for (const { part } of placed) this.returns += part.returns;
    return refuseParts(window, refused);
  }

  /** Whose the orders are, and which of them are there already. */
  private async lookUp({ parts, customers: mentions }: OrderWindow) {
    const refused: PartRefusal[] = [];
    const numbered = parts.map((part, place) => ({ part, place }));
    const keys = parts.map(({ orderKey }) => orderKey);
    const found = await findOrders(this.db, this.batch, keys);
    const own = numbered.filter(({ part, place }) => {
      const refusal = refusalOfKnown(part, found);
      if (refusal) refused.push({ part: place, ...refusal });
      return refusal === null;
    });
    const named = new Set(own.map(({ part }) => part.customerNo));
    const customers = await this.customers.resolve(
      mentions.filter(({ customerNo }) => named.has(customerNo)),
    );
    const placed: PlacedPart[] = [];
    for (const { part, place } of own) {
      const customer = customers.get(part.customerNo);
      if (customer) placed.push({ part, place, customer, order: found.known.get(part.orderKey) ?? null });
      else refused.push({ part: place, ...refusalOfForeign(part) });
    }
    return { placed, refused };
  }

  private async makeReady(
    window: OrderWindow,
    placed: readonly PlacedPart[],
    productIds: ReadonlyMap<string, number>,
  ): Promise<ReadyWindow> {
    // A statement that was begun just before leaves in the next turn of the event loop.
    await nextTurn();
    const fresh = placed.filter(({ order }) => order === null);
    const orders = orderColumns(this.batch, fresh);
    return { placed, fresh, orders, lines: lineColumns(window, productIds) };
  }

  private async insertWaiting(): Promise<void> {
    const { waiting } = this;
    this.waiting = null;
    if (waiting) await insertLines(this.db, waiting.lines, waiting.parts);
  }

  private async place({ placed, fresh, orders, lines }: ReadyWindow): Promise<void> {
    const { db, batch } = this;
    const isBegun = ({ order }: PlacedPart) => order?.importBatchId === batch.importBatchId;
    const begun = placed.filter(isBegun);
    const earlier = placed.filter((one) => one.order !== null && !isBegun(one));
    const parts = [...(await insertOrders(db, orders, fresh)), ...(await appendParts(db, begun))];
    this.waiting = { lines, parts };
    await this.changed.keep(lines, earlier);
    this.added += fresh.length;
    await this.noteDirty([...fresh, ...begun]);
  }

  /** Their part of the lake has to be written again. Once a batch is enough, as the batch is one transaction. */
  private async noteDirty(parts: readonly PlacedPart[]): Promise<void> {
    const ids = parts.map(({ customer }) => customer.customerId).filter((id) => !this.dirty.has(id));
    if (this.dirty.size > 500_000) this.dirty.clear();
    for (const id of ids) this.dirty.add(id);
    await markDirty(this.db, [...new Set(ids)]);
  }
}

/** What the lines of these parts name. */
function productsOf(
  { parts, lines, products }: OrderWindow,
  placed: readonly PlacedPart[],
): ProductMention[] {
  if (placed.length === parts.length) return products;
  const taken = new Set(placed.map(({ place }) => place));
  const named = new Set(lines.product.filter((_, at) => taken.has(lines.part[at] ?? -1)));
  return products.filter((_, at) => named.has(at));
}

/** Of an order whose customer the user may not use. */
function refusalOfForeign({ customerNo }: OrderPart): RowRefusal {
  return {
    field: 'customerId',
    code: 'imports.customer_not_available',
    params: { customer: customerNo },
  };
}

/** Of an order that is not the user's, or that an earlier line of this file gave to somebody else. */
function refusalOfKnown(part: OrderPart, found: FoundOrders): RowRefusal | null {
  const order = part.orderNo ?? part.orderKey;
  const begun = found.known.get(part.orderKey)?.begun;
  if (found.taken.has(part.orderKey)) {
    return { field: 'orderId', code: 'imports.order_not_available', params: { order } };
  }
  if (begun && ![begun.customerNo, ...begun.formerNumbers].includes(part.customerNo)) {
    const params = { order, customer: begun.customerNo };
    return { field: 'customerId', code: 'imports.order_of_two_customers', params };
  }
  if (begun && begun.currency !== part.currency) {
    const params = { order, currency: begun.currency };
    return { field: 'currency', code: 'imports.order_in_two_currencies', params };
  }
  return null;
}

export const ordersImport = importKind({
  kind: 'orders',
  fields: orderFields,
  hasCustomFields: false,
  missing: missingOrderFields,
  reader: (fields) => (rows) => readOrderWindow(fields, rows),
  open: async (db, batch) => {
    const target = new OrderTarget(db, batch);
    await ChangedOrders.prepare(db);
    return target;
  },
  undo: undoOrders,
});

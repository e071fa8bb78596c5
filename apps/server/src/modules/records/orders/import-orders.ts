import type {
  BatchContext,
  ImportKindDefinition,
  ImportTarget,
  RefusedRow,
  SourceRow,
} from '../../intake/imports/index.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { NamedCustomers, type CustomerMention, type KnownCustomer } from '../customers/index.js';
import { NamedProducts, type ProductMention } from '../products/index.js';
import { ChangedOrders } from './import-orders.changed.js';
import { missingOrderFields, orderFields, readOrderLine } from './import-orders.rules.js';
import { readOrderWindow, refusePart, type OrderWindow } from './import-orders.window.js';
import { findOrders, type FoundOrders } from './import-orders.find.js';
import { appendParts, insertOrders, markDirty, type PlacedPart } from './import-orders.write.js';
import { undoOrders } from './undo-orders.js';

/**
 * Orders are written window by window. An order that the database does not know is written at once; one that an earlier
 * window of this file began is continued; one that was there before waits (in `ChangedOrders`) until all of its lines have
 * come, and is then compared and written again only where its content has changed.
 */
class OrderTarget implements ImportTarget {
  private readonly customers: NamedCustomers;
  private readonly products: NamedProducts;
  private readonly changed: ChangedOrders;
  private readonly dirty = new Set<number>();
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

  async read(rows: readonly SourceRow[]): Promise<() => Promise<RefusedRow[]>> {
    const window = await readOrderWindow(this.batch.fields, rows);
    return () => this.write(window);
  }

  async finish(): Promise<RefusedRow[]> {
    await this.changed.write();
    return [];
  }

  counts(): ReturnType<ImportTarget['counts']> {
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

  private async write(window: OrderWindow): Promise<RefusedRow[]> {
    const found = await findOrders(this.db, this.batch, [...window.parts.keys()]);
    refuseKnown(window, found);
    const customers = await this.customers.resolve(customersOf(window));
    refuseForeign(window, customers);
    const products = await this.products.resolve(productsOf(window));
    const fresh: PlacedPart[] = [];
    const begun: PlacedPart[] = [];
    const earlier: PlacedPart[] = [];
    for (const part of window.parts.values()) {
      const customer = customers.get(part.customerNo);
      if (!customer) continue;
      const order = found.known.get(part.orderKey) ?? null;
      if (order === null) fresh.push({ part, customer, order, products });
      else if (order.importBatchId === this.batch.importBatchId)
        begun.push({ part, customer, order, products });
      else earlier.push({ part, customer, order, products });
    }
    await insertOrders(this.db, this.batch.importBatchId, fresh);
    await appendParts(this.db, begun);
    await this.changed.keep(earlier);
    this.added += fresh.length;
    this.returns += window.returns;
    await this.noteDirty([...fresh, ...begun]);
    return window.refused;
  }

  /** Their part of the lake has to be written again. Once a batch is enough, as the batch is one transaction. */
  private async noteDirty(parts: readonly PlacedPart[]): Promise<void> {
    const ids = parts.map(({ customer }) => customer.customerId).filter((id) => !this.dirty.has(id));
    if (this.dirty.size > 500_000) this.dirty.clear();
    for (const id of ids) this.dirty.add(id);
    await markDirty(this.db, [...new Set(ids)]);
  }
}

function customersOf(window: OrderWindow): Map<string, CustomerMention> {
  const mentions = new Map<string, CustomerMention>();
  for (const { customerNo, lines } of window.parts.values()) {
    if (mentions.has(customerNo)) continue;
    const first = (lines.find(({ input }) => input.customerName !== null) ?? lines[0])?.input;
    mentions.set(customerNo, {
      customerNo,
      name: first?.customerName ?? null,
      region: first?.region ?? null,
    });
  }
  return mentions;
}

function productsOf(window: OrderWindow): Map<string, ProductMention> {
  const mentions = new Map<string, ProductMention>();
  for (const { lines } of window.parts.values()) {
    for (const { input } of lines) {
      const { productNo, productName, category } = input;
      if (productNo === null) continue;
      const known = mentions.get(productNo);
      if (known && (known.name !== null || productName === null)) continue;
      mentions.set(productNo, { productNo, name: productName, category });
    }
  }
  return mentions;
}

/** Orders of customers that the user may not use. */
function refuseForeign(window: OrderWindow, customers: ReadonlyMap<string, KnownCustomer | null>): void {
  for (const part of window.parts.values()) {
    if (customers.get(part.customerNo)) continue;
    const params = { customer: part.customerNo };
    refusePart(window, part, { field: 'customerId', code: 'imports.customer_not_available', params });
  }
}

/** Orders that are not the user's, or that an earlier line of this file gave to somebody else. */
function refuseKnown(window: OrderWindow, found: FoundOrders): void {
  for (const part of window.parts.values()) {
    const order = part.orderNo ?? part.orderKey;
    const begun = found.known.get(part.orderKey)?.begun;
    if (found.taken.has(part.orderKey)) {
      refusePart(window, part, { field: 'orderId', code: 'imports.order_not_available', params: { order } });
    } else if (begun && ![begun.customerNo, ...begun.formerNumbers].includes(part.customerNo)) {
      const params = { order, customer: begun.customerNo };
      refusePart(window, part, { field: 'customerId', code: 'imports.order_of_two_customers', params });
    } else if (begun && begun.currency !== part.currency) {
      const params = { order, currency: begun.currency };
      refusePart(window, part, { field: 'currency', code: 'imports.order_in_two_currencies', params });
    }
  }
}

export const ordersImport: ImportKindDefinition = {
  kind: 'orders',
  fields: orderFields,
  hasCustomFields: false,
  missing: missingOrderFields,
  refusalOf: (fields, cells) => {
    fields.open(cells);
    readOrderLine(fields);
    return fields.refusal;
  },
  open: async (db, batch) => {
    const target = new OrderTarget(db, batch);
    await ChangedOrders.prepare(db);
    return target;
  },
  undo: undoOrders,
};

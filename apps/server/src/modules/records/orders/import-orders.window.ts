import { arrayBytes, arrayText } from '../../../platform/db/unnest.js';
import type {
  ReadRow,
  ReadWindow,
  RefusedRow,
  RowFields,
  RowRefusal,
  SourceRow,
} from '../../intake/imports/index.js';
import type { CustomerMention } from '../customers/index.js';
import type { ProductMention } from '../products/index.js';
import { lineHash, readOrderLine, type OrderLineInput } from './import-orders.rules.js';
import { packRows, unpackRows, type PackedRows } from './packed-rows.js';

/*
 * Order lines by the thousand, made on the thread that reads for the one that writes. What the writer needs not look into (the
 * values of lines) comes as arrays that PostgreSQL takes as they are; what it does is by order, which are fewer.
 */

/** The lines of one order that stand in one window. */
export interface OrderPart {
  orderKey: string;
  orderNo: string | null;
  customerNo: string;
  orderedOn: string;
  currency: string;
  amountMinor: number;
  baseAmountMinor: number;
  /** Null as soon as one line does not say. */
  baseMarginMinor: number | null;
  hashA: number;
  hashB: number;
  lines: number;
  /** Lines that take something back. */
  returns: number;
}

/** Lines in the order of the file. */
export interface OrderLines {
  /** Place of the line's order in `parts`. */
  part: Int32Array;
  /** Place of its product in `products`; -1 without one. */
  product: Int32Array;
  /** Arrays as PostgreSQL takes them; `nth` is the line's place in its part, from 1. */
  arrays: Record<'part' | 'nth' | 'amount' | 'baseMargin', Uint8Array> & {
    /** Null where all of them are the amounts. */
    baseAmount: Uint8Array | null;
  };
  quantity: string;
  /** As they came, for those that are refused after all. */
  rows: PackedRows;
}

export interface OrderWindow {
  parts: OrderPart[];
  lines: OrderLines;
  customers: CustomerMention[];
  products: ProductMention[];
}

export function emptyPart(line: OrderLineInput): OrderPart {
  const { orderKey, orderNo, customerNo, orderedOn, currency } = line;
  return {
    orderKey,
    orderNo,
    customerNo,
    orderedOn,
    currency,
    amountMinor: 0,
    baseAmountMinor: 0,
    baseMarginMinor: 0,
    hashA: 0,
    hashB: 0,
    lines: 0,
    returns: 0,
  };
}

/** Sums are numbers, not BigInt, for speed; beyond 2^53 they would lose cents, and no order is worth 90 trillion. */
const isExact = Number.isSafeInteger;

/** An order has one customer and one currency; its day is that of its first line in time. A refused line changes nothing. */
export function addLine(part: OrderPart, { input: line, row }: ReadRow<OrderLineInput>): RefusedRow | null {
  const order = part.orderNo ?? part.orderKey;
  if (line.customerNo !== part.customerNo) {
    const params = { order, customer: part.customerNo };
    return { row, field: 'customerId', code: 'imports.order_of_two_customers', params };
  }
  if (line.currency !== part.currency) {
    const params = { order, currency: part.currency };
    return { row, field: 'currency', code: 'imports.order_in_two_currencies', params };
  }
  const amountMinor = part.amountMinor + line.amountMinor;
  const baseAmountMinor = part.baseAmountMinor + line.baseAmountMinor;
  const baseMarginMinor =
    part.baseMarginMinor === null || line.baseMarginMinor === null
      ? null
      : part.baseMarginMinor + line.baseMarginMinor;
  if (!isExact(amountMinor) || !isExact(baseAmountMinor) || !isExact(baseMarginMinor ?? 0)) {
    return { row, field: 'amount', code: 'imports.number_absurd', params: { text: String(amountMinor) } };
  }
  part.amountMinor = amountMinor;
  part.baseAmountMinor = baseAmountMinor;
  part.baseMarginMinor = baseMarginMinor;
  const [hashA, hashB] = lineHash(line);
  part.hashA += hashA;
  part.hashB += hashB;
  if (line.orderedOn < part.orderedOn) part.orderedOn = line.orderedOn;
  part.lines += 1;
  if (isReturn(line)) part.returns += 1;
  return null;
}

function isReturn(line: OrderLineInput): boolean {
  return line.amountMinor < 0 || (line.quantity?.startsWith('-') ?? false);
}

/** What is named in a window, each with its place; who is named first without a name gets it from a later line. */
class Mentions<Mention extends { name: string | null }> {
  readonly list: Mention[] = [];
  private readonly places = new Map<string, number>();

  place(no: string, name: string | null, make: () => Mention): number {
    const known = this.places.get(no);
    if (known === undefined) {
      this.places.set(no, this.list.length);
      return this.list.push(make()) - 1;
    }
    if (name !== null && this.list[known]?.name === null) this.list[known] = make();
    return known;
  }
}

/** Puts a window together, row by row. */
class WindowBuilder {
  readonly refused: RefusedRow[] = [];
  private readonly parts = new Map<string, { part: OrderPart; place: number }>();
  private readonly customers = new Mentions<CustomerMention>();
  private readonly products = new Mentions<ProductMention>();
  private readonly rows: SourceRow[] = [];
  private readonly part: number[] = [];
  private readonly nth: number[] = [];
  private readonly product: number[] = [];
  private readonly quantity: (string | null)[] = [];
  private readonly amount: number[] = [];
  private readonly baseAmount: number[] = [];
  private readonly baseMargin: (number | null)[] = [];

  add(row: SourceRow, line: OrderLineInput): void {
    const found = this.parts.get(line.orderKey) ?? { part: emptyPart(line), place: this.parts.size };
    const refusal = addLine(found.part, { input: line, row });
    if (refusal) {
      this.refused.push(refusal);
      return;
    }
    // Not before: an order whose lines are all refused would come in without lines.
    if (found.part.lines === 1) this.parts.set(line.orderKey, found);
    const { customerNo, customerName, region, productNo, productName, category } = line;
    this.customers.place(customerNo, customerName, () => ({ customerNo, name: customerName, region }));
    this.rows.push(row);
    this.part.push(found.place);
    this.nth.push(found.part.lines);
    this.product.push(
      productNo === null
        ? -1
        : this.products.place(productNo, productName, () => ({ productNo, name: productName, category })),
    );
    this.quantity.push(line.quantity);
    this.amount.push(line.amountMinor);
    this.baseAmount.push(line.baseAmountMinor);
    this.baseMargin.push(line.baseMarginMinor);
  }

  private isInBase(): boolean {
    return this.baseAmount.every((amount, at) => amount === this.amount[at]);
  }

  window(): OrderWindow {
    return {
      parts: Array.from(this.parts.values(), ({ part }) => part),
      lines: {
        part: Int32Array.from(this.part),
        product: Int32Array.from(this.product),
        arrays: {
          part: arrayBytes('int', this.part),
          nth: arrayBytes('int', this.nth),
          amount: arrayBytes('bigint', this.amount),
          baseAmount: this.isInBase() ? null : arrayBytes('bigint', this.baseAmount),
          baseMargin: arrayBytes('bigint', this.baseMargin),
        },
        quantity: arrayText(this.quantity),
        rows: packRows(this.rows),
      },
      customers: this.customers.list,
      products: this.products.list,
    };
  }
}

/** Reads the rows of a window and puts the lines of an order together. */
export function readOrderWindow(fields: RowFields, rows: readonly SourceRow[]): ReadWindow<OrderWindow> {
  const builder = new WindowBuilder();
  for (const row of rows) {
    fields.open(row.cells);
    const line = readOrderLine(fields);
    if (line !== null) builder.add(row, line);
    else if (fields.refusal) builder.refused.push({ row, ...fields.refusal });
  }
  return { content: builder.window(), refused: builder.refused };
}

/** A part that cannot be taken in, for a reason found in the database. */
export type PartRefusal = RowRefusal & { part: number };

/** The rows of refused parts. */
export function refuseParts({ lines }: OrderWindow, refusals: readonly PartRefusal[]): RefusedRow[] {
  if (refusals.length === 0) return [];
  const rows = unpackRows(lines.rows);
  const byPart = new Map(refusals.map(({ part, ...refusal }) => [part, refusal]));
  return rows.flatMap((row, at) => {
    const refusal = byPart.get(lines.part[at] ?? -1);
    return refusal ? [{ row, ...refusal }] : [];
  });
}

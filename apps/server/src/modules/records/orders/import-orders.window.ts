import { setImmediate } from 'node:timers/promises';
import type { RefusedRow, RowFields, SourceRow } from '../../intake/imports/index.js';
import { lineHash, readOrderLine, type OrderLineInput } from './import-orders.rules.js';

/** A line with the row that it was read from. */
export interface WindowLine {
  input: OrderLineInput;
  row: SourceRow;
}

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
  lines: WindowLine[];
}

export interface OrderWindow {
  parts: Map<string, OrderPart>;
  refused: RefusedRow[];
  returns: number;
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
    lines: [],
  };
}

/** Sums are numbers, not BigInt, for speed; beyond 2^53 they would lose cents, and no order is worth 90 trillion. */
const isExact = Number.isSafeInteger;

/** An order has one customer and one currency; its day is that of its first line in time. A refused line changes nothing. */
export function addLine(part: OrderPart, { input: line, row }: WindowLine): RefusedRow | null {
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
  part.lines.push({ input: line, row });
  return null;
}

function isReturn(line: OrderLineInput): boolean {
  return line.amountMinor < 0 || (line.quantity?.startsWith('-') ?? false);
}

/** Rows between two turns of others: some 12 ms. */
const rowsATurn = 1024;

/** Reads the rows of a window and puts the lines of an order together. */
export async function readOrderWindow(fields: RowFields, rows: readonly SourceRow[]): Promise<OrderWindow> {
  const window: OrderWindow = { parts: new Map(), refused: [], returns: 0 };
  for (let from = 0; from < rows.length; from += rowsATurn) {
    if (from > 0) await setImmediate();
    for (const row of rows.slice(from, from + rowsATurn)) readRow(window, fields, row);
  }
  return window;
}

function readRow(window: OrderWindow, fields: RowFields, row: SourceRow): void {
  fields.open(row.cells);
  const line = readOrderLine(fields);
  if (line === null) {
    if (fields.refusal) window.refused.push({ row, ...fields.refusal });
    return;
  }
  let part = window.parts.get(line.orderKey);
  if (part === undefined) {
    part = emptyPart(line);
    window.parts.set(line.orderKey, part);
  }
  const refusal = addLine(part, { input: line, row });
  if (refusal) window.refused.push(refusal);
  else if (isReturn(line)) window.returns += 1;
}

/** Takes a part out of the window; its rows are refused for a reason found in the database. */
export function refusePart(window: OrderWindow, part: OrderPart, refusal: Omit<RefusedRow, 'row'>): void {
  window.parts.delete(part.orderKey);
  for (const line of part.lines) {
    window.refused.push({ row: line.row, ...refusal });
    if (isReturn(line.input)) window.returns -= 1;
  }
}

import { lineAmountMinor } from '@kezi/tabular';
import type { RowFields } from '../../intake/imports/index.js';

export const orderFields = [
  'orderId',
  'customerId',
  'customerName',
  'orderDate',
  'amount',
  'quantity',
  'unitPrice',
  'margin',
  'cost',
  'serviceCost',
  'productId',
  'productName',
  'category',
  'currency',
  'region',
] as const;

/** One row of an order file as values. Money is in minor units. */
export interface OrderLineInput {
  /** What makes lines one order, and an order that comes again the same order. */
  orderKey: string;
  orderNo: string | null;
  customerNo: string;
  customerName: string | null;
  region: string | null;
  orderedOn: string;
  currency: string;
  quantity: string | null;
  amountMinor: number;
  baseAmountMinor: number;
  baseMarginMinor: number | null;
  productNo: string | null;
  productName: string | null;
  category: string | null;
}

export function missingOrderFields(mapped: ReadonlySet<string>): string[][] {
  const missing = [['customerId'], ['orderDate']].filter(([field]) => !mapped.has(field ?? ''));
  const hasAmount = mapped.has('amount') || (mapped.has('quantity') && mapped.has('unitPrice'));
  return hasAmount ? missing : [...missing, ['amount', 'quantity + unitPrice']];
}

/** The order's number where the file has one; else what a customer bought on a day in a currency is one order. */
export function orderKeyOf(
  orderNo: string | null,
  customerNo: string,
  orderedOn: string,
  currency: string,
): string {
  return orderNo === null ? `d:${orderedOn}:${currency}:${customerNo}` : `n:${orderNo}`;
}

function amountOf(fields: RowFields, currency: string): number | null {
  if (fields.has('amount')) {
    const amount = fields.money('amount', currency);
    if (amount !== null || fields.refusal !== null) return amount;
  }
  const quantity = fields.decimal('quantity');
  const unitPrice = fields.decimal('unitPrice');
  if (quantity === null || unitPrice === null) {
    return fields.required(
      fields.has('amount') ? 'amount' : quantity === null ? 'quantity' : 'unitPrice',
      null,
    );
  }
  const text = `${fields.decimalText('quantity')} × ${fields.decimalText('unitPrice')}`;
  return fields.sane('unitPrice', Number(lineAmountMinor(quantity, unitPrice, currency)), text);
}

/** The margin as given, or what is left of the amount when the cost of the line is taken off. */
function grossMarginOf(fields: RowFields, amountMinor: number, currency: string): number | null {
  const margin = fields.has('margin') ? fields.money('margin', currency) : null;
  if (margin !== null || !fields.has('cost')) return margin;
  const cost = fields.money('cost', currency);
  return cost === null ? null : amountMinor - cost;
}

/**
 * The margin less what the line costs to serve. An empty service cost is none; where the file tells of no other cost it comes off
 * the amount, as in `kezi value --cost`.
 */
function marginOf(fields: RowFields, amountMinor: number, currency: string): number | null {
  const margin = grossMarginOf(fields, amountMinor, currency);
  if (!fields.has('serviceCost')) return margin;
  const isKnown = fields.has('margin') || fields.has('cost');
  const gross = isKnown ? margin : amountMinor;
  return gross === null ? null : gross - (fields.money('serviceCost', currency) ?? 0);
}

/** The row that `fields` stands on, or null with `fields.refusal` saying why. */
export function readOrderLine(fields: RowFields): OrderLineInput | null {
  const customerNo = fields.required('customerId', fields.id('customerId'));
  const orderedOn = fields.required('orderDate', fields.day('orderDate'));
  const currency = fields.currency('currency');
  const quantity = fields.decimalText('quantity');
  if (customerNo === null || orderedOn === null || currency === null || fields.refusal) return null;
  const amount = amountOf(fields, currency);
  if (amount === null || fields.refusal) return null;
  const margin = marginOf(fields, amount, currency);
  const baseAmount = fields.rates.toBase(amount, currency, orderedOn);
  const baseMargin = margin === null ? null : fields.rates.toBase(margin, currency, orderedOn);
  if (baseAmount === null) {
    return fields.refuse('currency', 'imports.rate_missing', {
      currency,
      base: fields.baseCurrency,
      on: orderedOn,
    });
  }
  fields.sane('amount', baseAmount, String(baseAmount));
  const orderNo = fields.id('orderId');
  const line: OrderLineInput = {
    orderKey: orderKeyOf(orderNo, customerNo, orderedOn, currency),
    orderNo,
    customerNo,
    customerName: fields.text('customerName', 400),
    region: fields.text('region', 200),
    orderedOn,
    currency,
    quantity,
    amountMinor: amount,
    baseAmountMinor: baseAmount,
    baseMarginMinor: baseMargin,
    productNo: fields.id('productId'),
    productName: fields.text('productName', 400),
    category: fields.text('category', 200),
  };
  return fields.refusal ? null : line;
}

/**
 * Two 32-bit hashes of a line (Murmur-like mixing). Those of an order's lines are added up, so that the sum knows the
 * lines but not their order, and grows when lines come later. Guards against accident, not against an enemy.
 */
export function lineHash(line: OrderLineInput): [number, number] {
  const text = `${line.productNo ?? ''}\t${line.quantity ?? ''}\t${line.amountMinor}\t${line.baseAmountMinor}\t${line.baseMarginMinor ?? ''}`;
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 0x9e3779b1);
    b = Math.imul(b ^ code, 0x5f356495);
  }
  a = Math.imul(a ^ (a >>> 16), 0x85ebca6b) ^ Math.imul(b ^ (b >>> 13), 0xc2b2ae35);
  b = Math.imul(b ^ (b >>> 16), 0x85ebca6b) ^ Math.imul(a ^ (a >>> 13), 0xc2b2ae35);
  return [a >>> 0, b >>> 0];
}

/** What is kept of an order's content in `customer_order.content_hash`. */
interface OrderContent {
  customerId: number;
  orderedOn: string;
  currency: string;
  lines: number;
  hashA: number;
  hashB: number;
}

export function contentHash(content: OrderContent): string {
  const { customerId, orderedOn, currency, lines, hashA, hashB } = content;
  return `${customerId}:${orderedOn}:${currency}:${lines}:${hashA}:${hashB}`;
}

export function contentOf(hash: string): OrderContent {
  const [customerId, orderedOn = '', currency = '', lines, hashA, hashB] = hash.split(':');
  return {
    customerId: Number(customerId),
    orderedOn,
    currency,
    lines: Number(lines),
    hashA: Number(hashA),
    hashB: Number(hashB),
  };
}

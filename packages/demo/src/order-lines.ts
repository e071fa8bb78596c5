import type { Blueprint } from './blueprint.js';
import type { Day } from './calendar.js';
import { currencyOf, customerNoOf, type Currency } from './customer.js';
import type { Plan } from './plan.js';
import { RandomStream } from './random.js';
import type { Timeline } from './timeline.js';

export type OrderKind = 'sale' | 'return' | 'cancellation';

/** One line of an order document. Amounts are whole minor units of `currency`; a return has them below zero. */
export interface OrderLine {
  readonly orderNo: string;
  readonly lineNo: number;
  readonly kind: OrderKind;
  /** The order that is returned or cancelled; null for a sale. */
  readonly originalOrderNo: string | null;
  readonly orderedOn: string;
  readonly customerNo: string;
  readonly productNo: string;
  readonly quantity: number;
  readonly unitPriceMinor: number;
  /** quantity x unitPriceMinor, exactly. */
  readonly amountMinor: number;
  readonly marginMinor: number;
  readonly currency: Currency;
}

/** What one unit of a currency costs in yuan (fixed for the whole history) and its digits after the point. */
export const currencies: Record<Currency, { readonly yuan: number; readonly digits: number }> = {
  CNY: { yuan: 1, digits: 2 },
  USD: { yuan: 7.12, digits: 2 },
  EUR: { yuan: 7.85, digits: 2 },
  JPY: { yuan: 0.0485, digits: 0 },
};

const mostLines = 12;

interface Item {
  readonly productNo: string;
  readonly quantity: number;
  readonly unitPriceMinor: number;
  readonly unitCostMinor: number;
}

interface Counter {
  readonly plan: Plan;
  readonly stream: RandomStream;
  readonly currency: Currency;
  /** Minor units of the currency for one fen of list price. */
  readonly minorAFen: number;
}

function itemOf(counter: Counter, place: number, quantity: number, priceIndex: number): Item {
  const product = counter.plan.assortment[place];
  if (product === undefined) throw new RangeError(`There is no product ${place} in this assortment.`);
  const list = product.listPriceMinor * priceIndex * counter.minorAFen;
  return {
    productNo: product.productNo,
    quantity,
    unitPriceMinor: Math.max(1, Math.round(list * counter.plan.discount)),
    unitCostMinor: Math.round(list * product.costRate),
  };
}

/**
 * Splits an order's value over products. Quantities are rounded up or down by chance, so that the expected value of
 * the basket is the drawn one; a line that rounds to nothing is left out.
 */
function fillBasket(counter: Counter, priceIndex: number): Item[] {
  const { plan, stream } = counter;
  const { assortment, industry } = plan;
  const value = stream.gamma(industry.spend.p) * plan.spendScale * 100;
  const count = Math.min(assortment.length, mostLines, 1 + stream.poisson(industry.extraLines));
  const shares: number[] = [];
  let total = 0;
  for (let i = 0; i < count; i++) {
    const share = stream.exponential();
    shares.push(share);
    total += share;
  }
  const items: Item[] = [];
  let used = 0;
  for (const share of shares) {
    let place = stream.pickWeighted(plan.assortmentWeights);
    while ((used >> place) & 1) place = (place + 1) % assortment.length;
    used |= 1 << place;
    const price = (assortment[place]?.listPriceMinor ?? 0) * plan.discount;
    const quantity = Math.floor((value * share) / total / price + stream.uniform());
    if (quantity > 0) items.push(itemOf(counter, place, quantity, priceIndex));
  }
  if (items.length === 0) items.push(itemOf(counter, cheapestPlace(plan), 1, priceIndex));
  return items;
}

function cheapestPlace(plan: Plan): number {
  let cheapest = 0;
  plan.assortment.forEach((product, i) => {
    if (product.listPriceMinor < (plan.assortment[cheapest]?.listPriceMinor ?? 0)) cheapest = i;
  });
  return cheapest;
}

/** What comes back: a random part of some lines, at least one unit. */
function drawReturn(items: readonly Item[], stream: RandomStream): Item[] {
  const kept = items.filter(() => stream.uniform() < 0.4);
  const lines = kept.length > 0 ? kept : items.slice(0, 1);
  return lines.map((item) => ({ ...item, quantity: 1 + stream.below(item.quantity) }));
}

interface Document {
  readonly day: Day;
  readonly number: string;
  readonly kind: OrderKind;
  readonly original: string | null;
  readonly items: readonly Item[];
}

function linesOf(blueprint: Blueprint, counter: Counter, document: Document): OrderLine[] {
  const sign = document.kind === 'sale' ? 1 : -1;
  return document.items.map((item, i) => ({
    orderNo: document.number,
    lineNo: i + 1,
    kind: document.kind,
    originalOrderNo: document.original,
    orderedOn: blueprint.isoDays[document.day - blueprint.start] ?? '',
    customerNo: customerNoOf(counter.plan.index),
    productNo: item.productNo,
    quantity: sign * item.quantity,
    unitPriceMinor: item.unitPriceMinor,
    amountMinor: sign * item.quantity * item.unitPriceMinor,
    marginMinor: sign * item.quantity * (item.unitPriceMinor - item.unitCostMinor),
    currency: counter.currency,
  }));
}

function documentNumber(prefix: string, iso: string, index: number, sequence: number): string {
  const date = iso.slice(2, 4) + iso.slice(5, 7) + iso.slice(8, 10);
  const stem = `${prefix}${date}-${String(index + 1).padStart(7, '0')}`;
  return sequence === 1 ? stem : `${stem}-${sequence}`;
}

/** All order lines of one customer by date, returns and cancellations among them on the day they were booked. */
export function orderLinesOf(blueprint: Blueprint, plan: Plan, timeline: Timeline): OrderLine[] {
  const { start, end, isoDays, options } = blueprint;
  const stream = new RandomStream(options.seed, plan.index, 'basket');
  const currency = currencyOf(blueprint, plan.index);
  const { yuan, digits } = currencies[currency];
  const counter: Counter = { plan, stream, currency, minorAFen: 10 ** (digits - 2) / yuan };
  const index = blueprint.priceIndex[plan.industry.key];
  const textbook = options.process === 'textbook';
  const documents: Document[] = [];
  let lastDay = -1;
  let sequence = 0;
  let backCount = 0;
  for (const day of timeline.orderDays) {
    sequence = day === lastDay ? sequence + 1 : 1;
    lastDay = day;
    const items = fillBasket(counter, index[day - start] ?? 1);
    const number = documentNumber('SO', isoDays[day - start] ?? '', plan.index, sequence);
    documents.push({ day, number, kind: 'sale', original: null, items });
    const draw = textbook ? 1 : stream.uniform();
    const cancelled = draw < plan.industry.cancellations;
    if (!cancelled && draw >= plan.industry.cancellations + plan.industry.returns) continue;
    const backDay = day + (cancelled ? stream.below(3) : 3 + stream.below(19));
    if (backDay > end) continue;
    backCount++;
    documents.push({
      day: backDay,
      number: documentNumber(cancelled ? 'QX' : 'TH', isoDays[backDay - start] ?? '', plan.index, backCount),
      kind: cancelled ? 'cancellation' : 'return',
      original: number,
      items: cancelled ? items : drawReturn(items, stream),
    });
  }
  if (backCount > 0) documents.sort((a, b) => a.day - b.day);
  return documents.flatMap((document) => linesOf(blueprint, counter, document));
}

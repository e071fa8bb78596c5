import { customerFuture, type CustomerFuture } from '@kezi/stats';
import type { OrderDays } from '../features/order-days.js';
import type { FittedPurchaseModel } from './fit-purchase.js';

/** Ages at which expected orders are worked out; between them they run straight. */
const KNOTS = 600;

/** Expected repeat orders of a new customer by age in days. */
function expectedByAge(future: CustomerFuture, days: number, daysPerUnit: number): Float64Array {
  const step = Math.max(1, Math.ceil(days / KNOTS));
  const byDay = new Float64Array(days + 1);
  let before = 0;
  for (let from = 0; from < days; from += step) {
    const to = Math.min(days, from + step);
    const after = future.expectedOrders(to / daysPerUnit);
    for (let day = from + 1; day <= to; day++)
      byDay[day] = before + ((after - before) * (day - from)) / (to - from);
    before = after;
  }
  return byDay;
}

/**
 * Repeat orders of all customers together, up to and with each of the given days, that a model expects of people who came when these did and of
 * whom nothing else is known. Compare Fader, Hardie & Lee 2005, figure 'tracking cumulative repeat transactions'. Customers who came after
 * `lastCame` are left out. Cost: days x cohorts additions.
 */
export function expectedRepeats(
  model: FittedPurchaseModel,
  { firsts, firstDay, scale }: OrderDays,
  daysPerUnit: number,
  lastCame: number,
  ends: readonly number[],
): number[] {
  const expected = expectedByAge(customerFuture(model, 0, 0, 0), firsts.length, daysPerUnit);
  return ends.map((end) => {
    const last = Math.min(end, lastCame) - firstDay;
    let sum = 0;
    for (let came = 0; came <= last && came < firsts.length; came++)
      if (firsts[came]! > 0) sum += firsts[came]! * expected[Math.min(firsts.length, end - firstDay - came)]!;
    return sum * scale;
  });
}

/** Repeat orders that came, of the same customers: `held` when those who came after the end of calibration are left out. */
export function actualRepeats(days: OrderDays, ends: readonly number[], held: number | null): number[] {
  const orders = held === null ? days.orders : days.heldOrders;
  const sums = new Float64Array(orders.length + 1);
  for (let i = 0; i < orders.length; i++) {
    const came = held !== null && days.firstDay + i > held ? 0 : days.firsts[i]!;
    sums[i + 1] = sums[i]! + orders[i]! - came;
  }
  return ends.map((end) => days.scale * sums[Math.max(0, Math.min(orders.length, end - days.firstDay + 1))]!);
}

import type { ValuationPlots } from '@kezi/contract';
import { customerFuture, type PurchaseSummary } from '@kezi/stats';
import { isoDateOf } from '../features/day-number.js';
import type { OrderDays } from '../features/order-days.js';
import type { Backtest } from './backtest.js';
import type { FittedPurchaseModel } from './fit-purchase.js';
import type { HeldRows } from './judge-candidates.js';
import { daysPerUnit, type TimeUnit } from './time-unit.js';
import { actualRepeats, expectedRepeats } from './track-orders.js';

/** Points that a picture can show. */
const MOST_POINTS = 260;
/** Bars of the frequency picture: 0 to 6, and 7 or more. */
const LAST_BAR = 7;
/** Ages that stand for all when frequencies are expected: enough for a bar's width. */
const MOST_AGES = 60;
const ALIVE_BINS = 10;

/** Last days of the periods up to a day: a time unit each, or several where they would be too many to draw. */
function periodEnds(first: number, last: number, unitDays: number): number[] {
  const step = unitDays * Math.max(1, Math.ceil((last - first + 1) / unitDays / MOST_POINTS));
  const ends: number[] = [];
  for (let end = first - 1 + step; end < last; end += step) ends.push(Math.round(end));
  return [...ends, last];
}

function trackingOf(
  model: FittedPurchaseModel,
  days: OrderDays,
  { calibrationEndDay, holdoutEndDay }: Backtest,
  unit: TimeUnit,
): ValuationPlots['tracking'] {
  const ends = periodEnds(days.firstDay, holdoutEndDay, daysPerUnit[unit]);
  const actual = actualRepeats(days, ends, calibrationEndDay);
  const predicted = expectedRepeats(model, days, daysPerUnit[unit], calibrationEndDay, ends);
  return ends.map((end, i) => ({ endsOn: isoDateOf(end), actual: actual[i]!, predicted: predicted[i]! }));
}

/** Customers by age, few enough to ask the model of each. */
function agesOf({ age, weight }: PurchaseSummary & { weight: Float64Array }): Map<number, number> {
  const longest = age.reduce((most, value) => Math.max(most, value), 0);
  const width = longest / MOST_AGES || 1;
  const ages = new Map<number, number>();
  age.forEach((value, i) => {
    const middle = (Math.min(MOST_AGES - 1, Math.floor(value / width)) + 0.5) * width;
    ages.set(middle, (ages.get(middle) ?? 0) + weight[i]!);
  });
  return ages;
}

function frequencyOf(model: FittedPurchaseModel, { summary }: HeldRows): ValuationPlots['frequency'] {
  const actual = new Float64Array(LAST_BAR + 1);
  summary.frequency.forEach((x, i) => (actual[Math.min(LAST_BAR, x)]! += summary.weight[i]!));
  const predicted = new Float64Array(LAST_BAR + 1);
  const future = customerFuture(model, 0, 0, 0);
  for (const [age, customers] of agesOf(summary)) {
    let rest = 1;
    for (let n = 0; n < LAST_BAR; n++) {
      const probability = future.orderProbability(n, age);
      predicted[n]! += customers * probability;
      rest -= probability;
    }
    predicted[LAST_BAR]! += customers * Math.max(0, rest);
  }
  return Array.from(actual, (count, orders) => ({ orders, actual: count, predicted: predicted[orders]! }));
}

/** By P(alive); where nobody can leave, so that it is 1 for everybody, by the probability of an order itself. */
function aliveOf(
  model: FittedPurchaseModel,
  rows: HeldRows,
): Pick<ValuationPlots, 'alive' | 'aliveGroupedBy'> {
  const { summary, heldOrders, horizon } = rows;
  const aliveGroupedBy = model.name === 'nbd' ? 'ordering' : 'alive';
  const bins = Array.from({ length: ALIVE_BINS }, (_, k) => ({
    low: k / ALIVE_BINS,
    high: (k + 1) / ALIVE_BINS,
    customers: 0,
    predicted: 0,
    actual: 0,
  }));
  summary.frequency.forEach((x, i) => {
    const future = customerFuture(model, x, summary.recency[i]!, summary.age[i]!);
    const ordering = 1 - future.orderProbability(0, horizon);
    const share = aliveGroupedBy === 'alive' ? future.pAlive : ordering;
    const bin = bins[Math.min(ALIVE_BINS - 1, Math.floor(share * ALIVE_BINS))]!;
    const customers = summary.weight[i]!;
    bin.customers += customers;
    bin.predicted += customers * ordering;
    bin.actual += heldOrders[i]! > 0 ? customers : 0;
  });
  const alive = bins
    .filter(({ customers }) => customers > 0)
    .map((bin) => ({
      ...bin,
      predicted: bin.predicted / bin.customers,
      actual: bin.actual / bin.customers,
    }));
  return { alive, aliveGroupedBy };
}

/**
 * Pictures of the tested model, or where the naive rule was asked for, of the model that predicts best. Null where nothing was held out or no model
 * can be trusted. Not corrected for season or drift: they show what the model knows by itself.
 */
export function drawPlots(tested: Backtest | null, days: OrderDays, unit: TimeUnit): ValuationPlots | null {
  if (tested === null) return null;
  const { models, rows, choice } = tested.compared;
  const named = (name: string | null) => models.find((each) => each.name === name)?.judged?.model;
  const model = named(tested.modelName) ?? named(choice.name);
  if (model === undefined) return null;
  return {
    tracking: trackingOf(model, days, tested, unit),
    frequency: frequencyOf(model, rows),
    ...aliveOf(model, rows),
  };
}

import { lookalikeFeatures, type Lookalikes } from '@kezi/contract';
import { featureTable, fitLogistic, logisticContributions, predictLogistic } from '@kezi/stats';

/** What is known of a customer on a day, from the year before it. */
export interface YearOfCustomer {
  customerId: number;
  /** Major units. */
  spend: number;
  orders: number;
  recencyDays: number;
  /** Spend of the later half less that of the earlier, by both. */
  trend: number;
  tenureDays: number;
  /** Spend of the year after; null on the last day. */
  spendAfter: number | null;
}

/** The best tenth; the middle are those below it, down to the lower third. */
const bestShare = 0.1;
const middleShare = 0.67;
/** Fewer who rose teach nothing: ten for each feature. */
const leastRisen = 10 * lookalikeFeatures.length;
/** A little shrinkage towards nothing: features of spend say nearly the same. */
const penalty = 0.001;

function tableOf(rows: readonly YearOfCustomer[]) {
  const column = (value: (row: YearOfCustomer) => number) => Float64Array.from(rows, value);
  return featureTable({
    spend: column(({ spend }) => Math.log(Math.max(1, spend))),
    orders: column(({ orders }) => Math.log(orders)),
    recency: column(({ recencyDays }) => recencyDays),
    trend: column(({ trend }) => trend),
    tenure: column(({ tenureDays }) => Math.log(1 + tenureDays)),
    averageOrder: column(({ spend, orders }) => Math.log(Math.max(1, spend / orders))),
  } satisfies Record<(typeof lookalikeFeatures)[number], Float64Array>);
}

const cutOf = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => b - a)[Math.max(0, Math.ceil(values.length * share) - 1)] ?? Infinity;

/** Customers between the best tenth and the lower third by what they spent. */
function middleOf(rows: readonly YearOfCustomer[]): YearOfCustomer[] {
  const spend = rows.map((row) => row.spend);
  const [best, least] = [cutOf(spend, bestShare), cutOf(spend, middleShare)];
  return rows.filter((row) => row.spend < best && row.spend >= least);
}

interface Judged {
  customerId: number;
  probability: number;
  because: Lookalikes['items'][number]['because'];
}

/**
 * Learns from every second customer of the middle of a year ago who came into the best tenth since, tries it on the others, and
 * asks it of the middle of today. Null where too few rose to learn or to judge by.
 */
export function findLookalikes(
  then: readonly YearOfCustomer[],
  now: readonly YearOfCustomer[],
): { model: NonNullable<Lookalikes['model']>; judged: Judged[] } | null {
  const best = cutOf(
    then.map((row) => row.spendAfter ?? 0),
    bestShare,
  );
  const middle = middleOf(then);
  const rises = (row: YearOfCustomer) => Number((row.spendAfter ?? 0) >= best && best > 0);
  const learnt = middle.filter(({ customerId }) => customerId % 2 === 0);
  const heldOut = middle.filter(({ customerId }) => customerId % 2 === 1);
  const risen = (rows: readonly YearOfCustomer[]) => rows.reduce((sum, row) => sum + rises(row), 0);
  if (risen(learnt) < leastRisen || risen(heldOut) === 0) return null;
  const { model } = fitLogistic(tableOf(learnt), Float64Array.from(learnt, rises), { penalty, mixing: 0 });
  const tried = predictLogistic(model, tableOf(heldOut));
  const order = heldOut
    .map((row, i) => ({ row, chance: tried[i] ?? 0 }))
    .toSorted((a, b) => b.chance - a.chance);
  const top = order.slice(0, Math.max(1, Math.round(order.length / 10)));
  const baseRate = risen(heldOut) / heldOut.length;
  const topTenthRate = risen(top.map(({ row }) => row)) / top.length;
  const candidates = middleOf(now);
  const table = tableOf(candidates);
  const chance = predictLogistic(model, table);
  const { values } = logisticContributions(model, table);
  const judged = candidates.map(({ customerId }, i) => {
    const own = lookalikeFeatures.map((name, j) => ({
      name,
      value: values[i * lookalikeFeatures.length + j] ?? 0,
    }));
    const because = own
      .filter(({ value }) => value > 0.05)
      .toSorted((a, b) => b.value - a.value)
      .slice(0, 3)
      .map(({ name }) => name);
    return { customerId, probability: chance[i] ?? 0, because };
  });
  return {
    model: {
      learnt: learnt.length,
      heldOut: heldOut.length,
      rose: risen(middle),
      baseRate,
      topTenthRate,
      lift: topTenthRate / baseRate,
    },
    judged: judged.toSorted((a, b) => b.probability - a.probability || a.customerId - b.customerId),
  };
}

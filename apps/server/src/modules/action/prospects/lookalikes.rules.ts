import { lookalikeFeatures, type Lookalikes } from '@kezi/contract';
import {
  featureTable,
  fitLogistic,
  logisticContributions,
  predictLogistic,
  type LogisticModel,
} from '@kezi/stats';

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
/**
 * Fewer who rose teach nothing: five for each feature, and a little shrinkage (Vittinghoff & McCulloch, Relaxing the rule of ten
 * events per variable, American Journal of Epidemiology 165, 2007).
 */
const leastRisen = 5 * lookalikeFeatures.length;
/** Each part is judged by what the others teach: nobody by what he taught. */
const folds = 5;
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

const fit = (rows: readonly YearOfCustomer[], rises: (row: YearOfCustomer) => number): LogisticModel =>
  fitLogistic(tableOf(rows), Float64Array.from(rows, rises), { penalty, mixing: 0 }).model;

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

interface Found {
  lack?: NonNullable<Lookalikes['lack']>;
  model?: NonNullable<Lookalikes['model']>;
  judged: Judged[];
}

/** The chance of each, by a model that was fitted to the other parts alone; all parts have their share of those who rose. */
function chancesUnseen(rows: readonly YearOfCustomer[], rises: (row: YearOfCustomer) => number): number[] {
  const counted = [0, 0];
  const foldOf = rows.map((row) => {
    const kind = rises(row);
    const place = counted[kind] ?? 0;
    counted[kind] = place + 1;
    return place % folds;
  });
  const chances = rows.map(() => 0);
  for (let fold = 0; fold < folds; fold++) {
    const model = fit(
      rows.filter((_, i) => foldOf[i] !== fold),
      rises,
    );
    const unseen = [...rows.keys()].filter((i) => foldOf[i] === fold);
    const tried = predictLogistic(model, tableOf(unseen.map((i) => rows[i]!)));
    unseen.forEach((i, place) => (chances[i] = tried[place] ?? 0));
  }
  return chances;
}

/**
 * Learns from the middle of a year ago who came into the best tenth since, tries it on parts that it did not learn from, and asks
 * it of the middle of today. Says what lacks where too few rose.
 */
export function findLookalikes(then: readonly YearOfCustomer[], now: readonly YearOfCustomer[]): Found {
  const best = cutOf(
    then.map((row) => row.spendAfter ?? 0),
    bestShare,
  );
  const middle = middleOf(then);
  const rises = (row: YearOfCustomer) => Number((row.spendAfter ?? 0) >= best && best > 0);
  const risen = (rows: readonly YearOfCustomer[]) => rows.reduce((sum, row) => sum + rises(row), 0);
  const rose = risen(middle);
  if (rose < leastRisen)
    return { lack: { reason: 'risen', middle: middle.length, rose, needed: leastRisen }, judged: [] };
  const chances = chancesUnseen(middle, rises);
  const order = middle
    .map((row, i) => ({ row, chance: chances[i] ?? 0 }))
    .toSorted((a, b) => b.chance - a.chance);
  const top = order.slice(0, Math.max(1, Math.round(order.length / 10)));
  const baseRate = rose / middle.length;
  const topTenthRate = risen(top.map(({ row }) => row)) / top.length;
  return {
    model: { learnt: middle.length, rose, baseRate, topTenthRate, lift: topTenthRate / baseRate },
    judged: judge(middleOf(now), fit(middle, rises)),
  };
}

function judge(candidates: readonly YearOfCustomer[], model: LogisticModel): Judged[] {
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
  return judged.toSorted((a, b) => b.probability - a.probability || a.customerId - b.customerId);
}

import { customerFuture, drawParameters, type PurchaseSummary } from '@kezi/stats';
import type { FittedModels } from '../models/fit-models.js';
import type { FittedPurchaseModel } from '../models/fit-purchase.js';
import { modelsInUse } from './score-run.js';

/** Draws that the spread of the parameters is judged by. */
const DRAWS = 60;
const SEED = 20_240_101;
/** Customers who stand for all: the spread that they tell is within some per cent; that it is told by 60 draws moves it by 9 %. */
const SAMPLE = 300;
/** For models whose expectation costs twenty times as much. */
const SMALL_SAMPLE = 60;

/** Mean of (value / centre - 1)^2. */
export function relativeVariance(values: readonly number[], centre: number): number {
  if (values.length === 0 || !(centre > 0)) return 0;
  return values.reduce((sum, value) => sum + (value / centre - 1) ** 2, 0) / values.length;
}

/**
 * Rows by their part in a total: systematic sampling, so that a row is taken as often as it has whole `size`-ths of it. The
 * mean of what is seen on them is that of the total.
 */
function sampleByPart(parts: Float64Array, size: number): Map<number, number> {
  const total = parts.reduce((sum, part) => sum + part, 0);
  const taken = new Map<number, number>();
  let [passed, count] = [0, 0];
  parts.forEach((part, row) => {
    passed += part;
    for (; count < size && (count + 0.5) * total < passed * size; count++)
      taken.set(row, (taken.get(row) ?? 0) + 1);
  });
  return taken;
}

type ModelOfRow = (row: number) => FittedPurchaseModel;

/** The model of each row, as fitted and under each draw of its parameters; null where no model gives the figures. */
function drawnModels(
  fitted: FittedModels,
  group: Float64Array | null,
): { fitted: ModelOfRow; draws: ModelOfRow[] } | null {
  const models = modelsInUse(fitted);
  if (models !== null && group !== null) {
    const drawn = fitted.groupFit!.drawModels(DRAWS, SEED);
    return {
      fitted: (row) => models[group[row]!]!,
      draws: drawn.map(
        (modelOf): ModelOfRow =>
          (row) =>
            modelOf(group[row]!),
      ),
    };
  }
  const { model } = fitted.rule;
  if (model === null) return null;
  const draws = drawParameters(fitted.purchase.fit, DRAWS, SEED).map((parameters): ModelOfRow => {
    const drawn = { name: model.name, parameters } as FittedPurchaseModel;
    return () => drawn;
  });
  return { fitted: () => model, draws };
}

/**
 * Relative variance of the orders to come, each row by its part in the value, that comes from not knowing the parameters
 * exactly: of one model, or of those of the groups, whose pooled part is drawn for all at once. It does not average out over
 * customers.
 */
export function ordersVariance(
  fitted: FittedModels,
  { frequency, recency, age }: PurchaseSummary,
  group: Float64Array | null,
  parts: Float64Array,
  horizon: number,
): number {
  const models = drawnModels(fitted, group);
  if (models === null || models.draws.length === 0) return 0;
  const isDear = fitted.rule.name === 'bg-cnbd-k' || fitted.rule.name === 'mbg-cnbd-k';
  const sample = sampleByPart(parts, isDear ? SMALL_SAMPLE : SAMPLE);
  const expected = (modelOf: ModelOfRow, row: number): number =>
    customerFuture(modelOf(row), frequency[row]!, recency[row]!, age[row]!).expectedOrders(horizon);
  const centres = Array.from(sample, ([row, times]) => ({ row, times, orders: expected(models.fitted, row) }))
    // Somebody of no worth at all is in no sample but for rounding.
    .filter(({ orders }) => orders > 0);
  const size = centres.reduce((sum, { times }) => sum + times, 0);
  const ratios = models.draws.map(
    (modelOf) =>
      centres.reduce((sum, { row, times, orders }) => sum + (times * expected(modelOf, row)) / orders, 0) /
      size,
  );
  return size > 0 ? relativeVariance(ratios, 1) : 0;
}

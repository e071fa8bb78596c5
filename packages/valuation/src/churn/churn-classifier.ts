import {
  boostedTreesContributions,
  fitBoostedTrees,
  fitLogistic,
  logisticContributions,
  scoreBoostedTrees,
  type BoostedTreesModel,
  type FeatureTable,
  type HistogramEngine,
  type LogisticModel,
} from '@kezi/stats';
import type { FeaturePlan } from './plan-features.js';

export type ClassifierName = 'logistic' | 'gbdt';

/** A fitted classifier; plain JSON. `fills` stands in for missing numbers in the logistic model. */
export type Classifier =
  | { name: 'logistic'; model: LogisticModel; fills: number[] }
  | { name: 'gbdt'; model: BoostedTreesModel };

/** Contributions to the log odds by feature: row by row, with the base that all rows share. */
export interface FeatureContributions {
  base: number;
  values: Float64Array;
}

/** Columns of a linear model, and the feature that each comes from. */
interface LinearTable {
  table: FeatureTable;
  origin: number[];
}

function filled(plan: FeaturePlan, column: Float64Array, fill: number): Float64Array {
  const isLog = plan.kind === 'number' && plan.log === true;
  return column.map((value) => {
    const known = Number.isNaN(value) ? fill : value;
    return isLog ? Math.log1p(Math.max(0, known)) : known;
  });
}

/** Numbers with gaps filled and marked; levels as columns of 0 and 1, the first level being where all of them are 0. */
function linearTable(
  plans: readonly FeaturePlan[],
  columns: readonly Float64Array[],
  fills: readonly number[],
): LinearTable {
  const names: string[] = [];
  const values: Float64Array[] = [];
  const origin: number[] = [];
  const add = (feature: number, name: string, column: Float64Array): void => {
    names.push(name);
    values.push(column);
    origin.push(feature);
  };
  plans.forEach((plan, j) => {
    const column = columns[j]!;
    if (plan.kind === 'number') add(j, plan.name, filled(plan, column, fills[j]!));
    else
      plan.levels.slice(1).forEach((level, k) =>
        add(
          j,
          `${plan.name}=${level}`,
          column.map((code) => Number(code === k + 1)),
        ),
      );
    if (plan.missing)
      add(
        j,
        `${plan.name}=`,
        column.map((value) => Number(Number.isNaN(value))),
      );
  });
  return { table: { names, columns: values }, origin };
}

const meanOf = (column: Float64Array): number => {
  let [sum, count] = [0, 0];
  for (const value of column) {
    if (Number.isNaN(value)) continue;
    sum += value;
    count++;
  }
  return count > 0 ? sum / count : 0;
};

/** Lambda where plain maximum likelihood has no end: small enough to leave effects as they are, large enough to bound them. */
const SMALL_PENALTY = 1e-3;

function fitLinear(
  plans: readonly FeaturePlan[],
  columns: readonly Float64Array[],
  label: Float64Array,
): Classifier {
  const fills = columns.map(meanOf);
  const { table } = linearTable(plans, columns, fills);
  const plain = fitLogistic(table, label);
  const fit = plain.converged ? plain : fitLogistic(table, label, { penalty: SMALL_PENALTY, mixing: 0 });
  return { name: 'logistic', model: fit.model, fills };
}

/**
 * Trees of depth 4 that learn slowly and stop by themselves: on the public churn data of a telephone company deeper or
 * faster ones were no better on rows held out.
 */
const treeSettings = { trees: 400, depth: 4, learningRate: 0.06, holdoutShare: 0.15, patience: 30 };

export function fitClassifier(
  name: ClassifierName,
  plans: readonly FeaturePlan[],
  columns: readonly Float64Array[],
  label: Float64Array,
  options: { seed: number; engine: HistogramEngine },
): Classifier {
  if (name === 'logistic') return fitLinear(plans, columns, label);
  const table = { names: plans.map((plan) => plan.name), columns };
  const categories = plans.filter((plan) => plan.kind === 'category').map((plan) => plan.name);
  return { name, model: fitBoostedTrees(table, label, { ...treeSettings, categories, ...options }).model };
}

/** Contributions of each feature to each row's log odds; they sum with the base to it. */
export function contributionsOf(
  classifier: Classifier,
  plans: readonly FeaturePlan[],
  columns: readonly Float64Array[],
): FeatureContributions {
  if (classifier.name === 'gbdt')
    return boostedTreesContributions(classifier.model, { names: plans.map((plan) => plan.name), columns });
  const { table, origin } = linearTable(plans, columns, classifier.fills);
  const { base, values } = logisticContributions(classifier.model, table);
  const rows = columns[0]?.length ?? 0;
  const sums = new Float64Array(rows * plans.length);
  for (let i = 0; i < rows; i++)
    origin.forEach((feature, k) => (sums[i * plans.length + feature]! += values[i * origin.length + k]!));
  return { base, values: sums };
}

/** Log odds of leaving for each row, not calibrated. */
export function logOddsOf(
  classifier: Classifier,
  plans: readonly FeaturePlan[],
  columns: readonly Float64Array[],
): Float64Array {
  if (classifier.name === 'gbdt')
    return scoreBoostedTrees(classifier.model, { names: plans.map((plan) => plan.name), columns });
  const { table } = linearTable(plans, columns, classifier.fills);
  const { intercept, coefficients } = classifier.model;
  const odds = new Float64Array(columns[0]?.length ?? 0).fill(intercept);
  table.columns.forEach((column, j) => {
    for (let i = 0; i < odds.length; i++) odds[i]! += coefficients[j]! * column[i]!;
  });
  return odds;
}

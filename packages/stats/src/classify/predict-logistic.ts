import { checkFeatures, checkNames, rowsOf, type FeatureTable } from '../features/feature-table.js';
import type { LogisticModel } from './logistic.js';

/** What each column adds to a customer's log odds, against a base that is the same for everybody. */
export interface Contributions {
  /** Log odds of the average customer (linear model), or mean prediction in training (trees). */
  base: number;
  /** Row by row: `values[i * features + j]`; a row's values and the base sum to its log odds. */
  values: Float64Array;
}

/**
 * Contributions of each column to the log odds of a logistic model: b (x - mean). For a linear model with columns taken as
 * independent these are the Shapley values (Lundberg & Lee 2017, corollary 1). RangeError for other columns than the
 * model's or a number that is not finite. O(n p).
 */
export function logisticContributions(model: LogisticModel, table: FeatureTable): Contributions {
  checkNames(table, model.names);
  const rows = rowsOf(table);
  checkFeatures(table, rows);
  const count = model.names.length;
  const values = new Float64Array(rows * count);
  let base = model.intercept;
  table.columns.forEach((column, j) => {
    const [slope, centre] = [model.coefficients[j]!, model.centres[j]!];
    base += slope * centre;
    for (let i = 0; i < rows; i++) values[i * count + j] = slope * (column[i]! - centre);
  });
  return { base, values };
}

/**
 * Probability of label 1 for each row. RangeError for other columns than the model's or a number that is not finite,
 * naming row and column. O(n p).
 */
export function predictLogistic(model: LogisticModel, table: FeatureTable): Float64Array {
  checkNames(table, model.names);
  const rows = rowsOf(table);
  checkFeatures(table, rows);
  const odds = new Float64Array(rows).fill(model.intercept);
  table.columns.forEach((column, j) => {
    const slope = model.coefficients[j]!;
    if (slope === 0) return;
    for (let i = 0; i < rows; i++) odds[i]! += slope * column[i]!;
  });
  return odds.map((value) => 1 / (1 + Math.exp(-value)));
}

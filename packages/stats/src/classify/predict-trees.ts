import { checkFeatures, checkNames, rowsOf, type FeatureTable } from '../features/feature-table.js';
import type { BoostedTreesModel } from './boosted-trees.js';
import { treeValues } from './feature-bins.js';

/** Rows that go down the trees together: their values (160 KB at 40 columns) stay in the second-level cache. */
const BLOCK = 512;

/** All trees of a model end to end, children as places in the whole. */
function flatten(model: BoostedTreesModel) {
  const size = model.trees.reduce((sum, tree) => sum + tree.feature.length, 0);
  const flat = {
    roots: new Int32Array(model.trees.length),
    feature: new Int32Array(size),
    threshold: new Float64Array(size),
    missing: new Int32Array(size),
    left: new Int32Array(size),
    right: new Int32Array(size),
    value: new Float64Array(size),
  };
  let start = 0;
  model.trees.forEach((tree, t) => {
    flat.roots[t] = start;
    for (let k = 0; k < tree.feature.length; k++) {
      const left = start + tree.left[k]!;
      const right = start + tree.right[k]!;
      flat.feature[start + k] = tree.feature[k]!;
      flat.threshold[start + k] = tree.threshold[k]!;
      flat.left[start + k] = left;
      flat.right[start + k] = right;
      flat.missing[start + k] = tree.missingLeft[k] === 1 ? left : right;
      flat.value[start + k] = tree.value[k]!;
    }
    start += tree.feature.length;
  });
  return flat;
}

/** Columns as the trees see them. RangeError for other columns than the model's, and for infinite values. */
export function columnsForTrees(model: BoostedTreesModel, table: FeatureTable): Float64Array[] {
  checkNames(
    table,
    model.features.map((feature) => feature.name),
  );
  checkFeatures(table, rowsOf(table), 'allowed');
  return model.features.map((feature, j) => treeValues(feature, table.columns[j]!));
}

/**
 * Log odds of label 1 for each row. NaN and unknown levels are missing values. RangeError, naming row and column, for other
 * columns than the model's and for infinite values. About 5 ns for each row and level of each tree.
 */
export function scoreBoostedTrees(model: BoostedTreesModel, table: FeatureTable): Float64Array {
  const columns = columnsForTrees(model, table);
  const rows = rowsOf(table);
  const count = columns.length;
  const flat = flatten(model);
  const scores = new Float64Array(rows).fill(model.base);
  const values = new Float64Array(BLOCK * count);
  for (let from = 0; from < rows; from += BLOCK) {
    const size = Math.min(BLOCK, rows - from);
    columns.forEach((column, j) => {
      for (let i = 0; i < size; i++) values[i * count + j] = column[from + i]!;
    });
    for (const root of flat.roots) {
      for (let i = 0; i < size; i++) {
        let node = root;
        for (let feature = flat.feature[node]!; feature >= 0; feature = flat.feature[node]!) {
          const value = values[i * count + feature]!;
          if (value <= flat.threshold[node]!) node = flat.left[node]!;
          else node = Number.isNaN(value) ? flat.missing[node]! : flat.right[node]!;
        }
        scores[from + i]! += flat.value[node]!;
      }
    }
  }
  return scores;
}

/** Probability of label 1 for each row; else as scoreBoostedTrees. */
export function predictBoostedTrees(model: BoostedTreesModel, table: FeatureTable): Float64Array {
  return scoreBoostedTrees(model, table).map((score) => 1 / (1 + Math.exp(-score)));
}

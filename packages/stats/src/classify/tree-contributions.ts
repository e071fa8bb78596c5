import { rowsOf, type FeatureTable } from '../features/feature-table.js';
import type { BoostedTreesModel } from './boosted-trees.js';
import type { DecisionTree } from './grow-tree.js';
import type { Contributions } from './predict-logistic.js';
import { columnsForTrees } from './predict-trees.js';
import { extend, pathFor, unwind, unwoundSum, type Path } from './shapley-path.js';
import { addByLeaves, leafTables } from './leaf-contributions.js';

/** Walks the whole tree for one row, and adds each leaf's part to the features on its path. */
function explainTree(
  tree: DecisionTree,
  path: Path,
  valueOf: (feature: number) => number,
  add: (feature: number, part: number) => void,
): void {
  const walk = (node: number, level: number, count: number, zero: number, one: number, by: number): void => {
    const at = level * path.stretch;
    if (level > 0) {
      const above = at - path.stretch;
      for (const array of [path.feature, path.zero, path.one, path.weight])
        array.copyWithin(at, above, above + count);
    }
    extend(path, at, count, by, zero, one);
    const feature = tree.feature[node]!;
    if (feature < 0) {
      for (let i = 1; i <= count; i++) {
        const share = path.one[at + i]! - path.zero[at + i]!;
        add(path.feature[at + i]!, unwoundSum(path, at, count, i) * share * tree.value[node]!);
      }
      return;
    }
    const value = valueOf(feature);
    const goesLeft = Number.isNaN(value) ? tree.missingLeft[node] === 1 : value <= tree.threshold[node]!;
    let [inZero, inOne, last] = [1, 1, count];
    for (let i = 1; i <= count; i++) {
      if (path.feature[at + i] !== feature) continue;
      inZero = path.zero[at + i]!;
      inOne = path.one[at + i]!;
      unwind(path, at, count, i);
      last = count - 1;
      break;
    }
    for (const child of [tree.left[node]!, tree.right[node]!]) {
      const share = tree.cover[child]! / tree.cover[node]!;
      const goes = (child === tree.left[node]) === goesLeft;
      walk(child, level + 1, last + 1, inZero * share, goes ? inOne : 0, feature);
    }
  };
  walk(0, 0, 0, 1, 1, -1);
}

/** Levels below the root, and the mean of the leaves weighted by their training rows. */
function measure(tree: DecisionTree): { depth: number; mean: number } {
  const levels = tree.feature.map(() => 0);
  let [depth, mean] = [0, 0];
  tree.feature.forEach((feature, node) => {
    depth = Math.max(depth, levels[node]!);
    if (feature < 0) mean += (tree.value[node]! * tree.cover[node]!) / tree.cover[0]!;
    else levels[tree.left[node]!] = levels[tree.right[node]!] = levels[node]! + 1;
  });
  return { depth, mean };
}

/** A table of a leaf holds 2^depth lines: at depth 6 some 200 KB a tree, worth its making from so many rows on. */
const DEEPEST_TABLE = 6;
const FEWEST_ROWS = 64;

/**
 * Exact contributions of each column to each row's log odds: the Shapley values of the game in which an unknown column sends a
 * row down both branches in the proportion of training rows (path-dependent). They sum with the base to the log odds.
 * Source: Lundberg, Erion & Lee 2018, algorithm 2 (TreeSHAP); the same in Lundberg et al. 2020. RangeError as
 * scoreBoostedTrees, and for a tree without the training rows of its nodes. For trees of depth 6 and less the parts of
 * each leaf are tabled (Yang 2021, Fast TreeSHAP v2): a microsecond for a row and a tree; else O(leaves depth^2).
 */
export function boostedTreesContributions(model: BoostedTreesModel, table: FeatureTable): Contributions {
  const columns = columnsForTrees(model, table);
  const rows = rowsOf(table);
  const count = columns.length;
  const values = new Float64Array(rows * count);
  let base = model.base;
  model.trees.forEach((tree, t) => {
    if (!tree.cover.every((cover) => cover > 0))
      throw new RangeError(`tree ${t}: a node without training rows cannot be explained`);
    const { depth, mean } = measure(tree);
    base += mean;
    if (depth <= DEEPEST_TABLE && rows >= FEWEST_ROWS) {
      addByLeaves(leafTables(tree), columns, values);
      return;
    }
    const path = pathFor(depth);
    for (let i = 0; i < rows; i++) {
      explainTree(
        tree,
        path,
        (feature) => columns[feature]![i]!,
        (feature, part) => (values[i * count + feature]! += part),
      );
    }
  });
  return { base, values };
}

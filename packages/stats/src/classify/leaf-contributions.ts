import type { DecisionTree } from './grow-tree.js';
import { extend, pathFor, unwoundSum, type Path } from './shapley-path.js';

/**
 * What each leaf adds to the features on its way down, for every combination of them that a row may satisfy. A row satisfies a
 * feature at a leaf when its value lies in (low, high], or is missing where missing values take that way.
 */
interface LeafTables {
  /** Leaf l has the conditions first[l] ... first[l + 1] - 1. */
  first: Int32Array;
  feature: Int32Array;
  low: Float64Array;
  high: Float64Array;
  missing: Uint8Array;
  /** Leaf l with c conditions has 2^c lines of c parts from start[l] on; bit k of a line's number is condition k. */
  start: Int32Array;
  parts: Float64Array;
}

/** The values of one feature that lead to a leaf, and the share of training rows that go there without knowing it. */
interface Condition {
  feature: number;
  low: number;
  high: number;
  missing: boolean;
  zero: number;
}

interface Leaf {
  value: number;
  conditions: Condition[];
}

function leavesOf(tree: DecisionTree): Leaf[] {
  const leaves: Leaf[] = [];
  const walk = (node: number, conditions: Condition[]): void => {
    const feature = tree.feature[node]!;
    if (feature < 0) {
      leaves.push({ value: tree.value[node]!, conditions });
      return;
    }
    for (const goesLeft of [true, false]) {
      const child = goesLeft ? tree.left[node]! : tree.right[node]!;
      const before = conditions.find((each) => each.feature === feature);
      const { low, high, missing, zero } = before ?? {
        low: Number.NEGATIVE_INFINITY,
        high: Number.POSITIVE_INFINITY,
        missing: true,
        zero: 1,
      };
      const threshold = tree.threshold[node]!;
      const narrowed: Condition = {
        feature,
        low: goesLeft ? low : Math.max(low, threshold),
        high: goesLeft ? Math.min(high, threshold) : high,
        missing: missing && (tree.missingLeft[node] === 1) === goesLeft,
        zero: (zero * tree.cover[child]!) / tree.cover[node]!,
      };
      walk(child, [...conditions.filter((each) => each !== before), narrowed]);
    }
  };
  walk(0, []);
  return leaves;
}

/** One line of a leaf's table: the parts of its conditions when those in `line` hold. */
function fillLine(leaf: Leaf, line: number, path: Path, parts: Float64Array, at: number): void {
  const { conditions, value } = leaf;
  const holds = (k: number): number => (line >> k) & 1;
  extend(path, 0, 0, -1, 1, 1);
  conditions.forEach(({ feature, zero }, k) => extend(path, 0, k + 1, feature, zero, holds(k)));
  conditions.forEach(({ zero }, k) => {
    parts[at + k] = unwoundSum(path, 0, conditions.length, k + 1) * (holds(k) - zero) * value;
  });
}

/** Tables of trees that are still in use: customers are explained in many batches. */
const kept = new WeakMap<DecisionTree, LeafTables>();

/** Tables of a tree, made once. O(leaves 2^depth depth^2). */
export function leafTables(tree: DecisionTree): LeafTables {
  const tables = kept.get(tree) ?? makeTables(tree);
  kept.set(tree, tables);
  return tables;
}

function makeTables(tree: DecisionTree): LeafTables {
  const leaves = leavesOf(tree);
  const sizes = leaves.map(({ conditions }) => conditions.length);
  const count = sizes.reduce((sum, size) => sum + size, 0);
  const tables: LeafTables = {
    first: new Int32Array(leaves.length + 1),
    feature: new Int32Array(count),
    low: new Float64Array(count),
    high: new Float64Array(count),
    missing: new Uint8Array(count),
    start: new Int32Array(leaves.length),
    parts: new Float64Array(sizes.reduce((sum, size) => sum + size * 2 ** size, 0)),
  };
  const path = pathFor(Math.max(0, ...sizes) + 1);
  let start = 0;
  leaves.forEach((leaf, l) => {
    const size = leaf.conditions.length;
    const first = tables.first[l]!;
    tables.first[l + 1] = first + size;
    tables.start[l] = start;
    leaf.conditions.forEach((condition, k) => {
      tables.feature[first + k] = condition.feature;
      tables.low[first + k] = condition.low;
      tables.high[first + k] = condition.high;
      tables.missing[first + k] = Number(condition.missing);
    });
    for (let line = 0; line < 2 ** size; line++)
      fillLine(leaf, line, path, tables.parts, start + line * size);
    start += size * 2 ** size;
  });
  return tables;
}

/** Adds the tree's contributions for every row to `values[i * columns + feature]`. */
export function addByLeaves(
  tables: LeafTables,
  columns: readonly Float64Array[],
  values: Float64Array,
): void {
  const { first, feature, low, high, missing, start, parts } = tables;
  const count = columns.length;
  const rows = columns[0]?.length ?? 0;
  for (let i = 0; i < rows; i++) {
    for (let l = 0; l < start.length; l++) {
      const from = first[l]!;
      const size = first[l + 1]! - from;
      let line = 0;
      for (let k = 0; k < size; k++) {
        const value = columns[feature[from + k]!]![i]!;
        const known = Number(value > low[from + k]! && value <= high[from + k]!);
        line |= (Number.isNaN(value) ? missing[from + k]! : known) << k;
      }
      const at = start[l]! + line * size;
      for (let k = 0; k < size; k++) values[i * count + feature[from + k]!]! += parts[at + k]!;
    }
  }
}

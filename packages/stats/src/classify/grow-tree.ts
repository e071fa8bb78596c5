import { bestSplit, type Split, type Sums, type TreeLimits } from './best-split.js';
import { subtractHistogram, type FillHistogram, type HistogramMemory } from './histograms.js';
import { sumDerivatives, type DerivativeUnits } from './loss-derivatives.js';

/**
 * A decision tree as columns, one entry a node, node 0 the root. A leaf has feature -1 and a value; an inner node sends values
 * up to its threshold to `left`, others to `right`, missing ones to the left where `missingLeft` is 1. `cover` counts the
 * training rows that came by. Plain JSON.
 */
export interface DecisionTree {
  feature: number[];
  threshold: number[];
  missingLeft: number[];
  left: number[];
  right: number[];
  /** Log odds added, learning rate included; 0 for inner nodes. */
  value: number[];
  cover: number[];
}

/** A tree with what only training needs: thresholds as bins, and which rows came to which leaf. */
export interface GrownTree {
  tree: DecisionTree;
  splitBin: number[];
  leaves: { node: number; from: number; to: number }[];
  /** Loss saved, by feature. */
  gains: Float64Array;
}

/** A leaf that may still be split. */
interface Candidate {
  node: number;
  from: number;
  to: number;
  depth: number;
  sums: Sums;
  slot: number;
  split: Split;
}

export interface Workshop {
  memory: HistogramMemory;
  fill: FillHistogram;
  lastBins: Uint16Array;
  cuts: readonly Float64Array[];
  limits: TreeLimits;
  /** What the whole numbers of the tree at work stand for. */
  units: DerivativeUnits;
  /** As long as `memory.rows`. */
  scratch: Uint32Array;
}

/** Nodes whose histograms are alive at the same time, and one for the child just filled. */
export const slotsFor = ({ depth, leaves }: TreeLimits): number => Math.min(leaves, 2 ** (depth - 1)) + 2;

/** Moves a node's rows so that those that go left come first, each side in its old order. Returns the border. */
function partition({ memory, scratch }: Workshop, from: number, to: number, split: Split): number {
  const { rows, bins, stride } = memory;
  const column = (split.feature >> 2) * stride;
  const shift = 8 * (split.feature & 3);
  const goesLeft = Uint8Array.from({ length: 256 }, (_, bin) =>
    Number(bin === 0 ? split.missingLeft : bin <= split.bin),
  );
  let left = from;
  let right = 0;
  for (let i = from; i < to; i++) {
    const row = rows[i]!;
    const side = goesLeft[(bins[column + row]! >>> shift) & 255]!;
    // Written to both, counted in one: no branch to guess.
    rows[left] = row;
    scratch[right] = row;
    left += side;
    right += 1 - side;
  }
  rows.set(scratch.subarray(0, right), left);
  return left;
}

const emptyTree = (): DecisionTree => ({
  feature: [],
  threshold: [],
  missingLeft: [],
  left: [],
  right: [],
  value: [],
  cover: [],
});

/** Adds a node as a leaf with its Newton step as value: -G / (H + ridge). */
function addLeaf(grown: GrownTree, sums: Sums, rows: number, shop: Workshop): number {
  const { tree } = grown;
  const { limits, units } = shop;
  const weight = sums.second * units.second + limits.ridge;
  const step = weight > 0 ? -(sums.first * units.first) / weight : 0;
  const node = tree.feature.push(-1) - 1;
  tree.threshold.push(0);
  tree.missingLeft.push(0);
  tree.left.push(-1);
  tree.right.push(-1);
  tree.value.push(limits.learningRate * step);
  tree.cover.push(rows);
  grown.splitBin.push(0);
  return node;
}

/** Makes a leaf an inner node; returns its children. */
function splitLeaf(grown: GrownTree, shop: Workshop, leaf: Candidate, border: number): [number, number] {
  const { tree } = grown;
  const { split, sums, from, to, node } = leaf;
  const cuts = shop.cuts[split.feature]!;
  const rest = { first: sums.first - split.left.first, second: sums.second - split.left.second };
  const left = addLeaf(grown, split.left, border - from, shop);
  const right = addLeaf(grown, rest, to - border, shop);
  tree.feature[node] = split.feature;
  // Beyond the last cut only missing values go right.
  tree.threshold[node] = split.bin <= cuts.length ? cuts[split.bin - 1]! : Number.MAX_VALUE;
  tree.missingLeft[node] = Number(split.missingLeft);
  tree.left[node] = left;
  tree.right[node] = right;
  tree.value[node] = 0;
  grown.splitBin[node] = split.bin;
  grown.gains[split.feature]! += split.gain;
  return [left, right];
}

/**
 * Grows a tree on the first `size` of the memory's rows, the leaf with the largest gain first, down to the limits. The
 * smaller child's histogram is filled, the larger's is what remains of the parent's.
 */
export function growTree(shop: Workshop, size: number): GrownTree {
  const { memory, fill, limits, lastBins } = shop;
  const grown: GrownTree = {
    tree: emptyTree(),
    splitBin: [],
    leaves: [],
    gains: new Float64Array(memory.features),
  };
  const sums = sumDerivatives(memory.rows, memory.gradients, size);
  const free = Array.from({ length: slotsFor(limits) }, (_, slot) => slot);
  const open: Candidate[] = [];
  const offer = (leaf: Omit<Candidate, 'split'>): void => {
    const split = bestSplit(memory, leaf.slot, leaf.sums, shop.units, lastBins, limits);
    if (split) open.push({ ...leaf, split });
    else {
      free.push(leaf.slot);
      grown.leaves.push(leaf);
    }
  };
  const root = {
    node: addLeaf(grown, sums, size, shop),
    from: 0,
    to: size,
    depth: 0,
    sums,
    slot: free.pop()!,
  };
  fill(root.slot, 0, size);
  offer(root);
  for (let leaves = 1; leaves < limits.leaves && open.length > 0; leaves++) {
    const place = open.reduce((best, leaf, i) => (leaf.split.gain > open[best]!.split.gain ? i : best), 0);
    const [leaf] = open.splice(place, 1) as [Candidate];
    const { slot, split, from, to } = leaf;
    const border = partition(shop, from, to, split);
    const [leftNode, rightNode] = splitLeaf(grown, shop, leaf, border);
    const rest = { first: leaf.sums.first - split.left.first, second: leaf.sums.second - split.left.second };
    const depth = leaf.depth + 1;
    const left = { node: leftNode, from, to: border, depth, sums: split.left };
    const right = { node: rightNode, from: border, to, depth, sums: rest };
    const heavier = Math.max(split.left.second, rest.second) * shop.units.second;
    const enough = heavier >= 2 * limits.minimumLeafWeight;
    if (depth >= limits.depth || !enough || leaves + 1 >= limits.leaves) {
      free.push(slot);
      grown.leaves.push(left, right);
      continue;
    }
    const [small, large] = border - from <= to - border ? [left, right] : [right, left];
    const fresh = free.pop()!;
    fill(fresh, small.from, small.to);
    subtractHistogram(memory, slot, fresh);
    offer({ ...small, slot: fresh });
    offer({ ...large, slot });
  }
  grown.leaves.push(...open);
  return grown;
}

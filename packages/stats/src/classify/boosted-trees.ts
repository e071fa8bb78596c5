import { randomFrom, type Random } from '../distributions/random.js';
import { checkBinary, type FeatureTable } from '../features/feature-table.js';
import { log1pExp } from '../special/log-sums.js';
import type { TreeLimits } from './best-split.js';
import { binFeatures, type FeatureBins, type TreeFeature } from './feature-bins.js';
import { growTree, slotsFor, type DecisionTree, type GrownTree, type Workshop } from './grow-tree.js';
import { FEATURE_CELLS, singleThread, type HistogramEngine, type HistogramMemory } from './histograms.js';
import { packDerivatives } from './loss-derivatives.js';

/** Gradient-boosted trees: log odds = base + sum of one leaf of each tree. Plain JSON. */
export interface BoostedTreesModel {
  name: 'gbdt';
  base: number;
  features: TreeFeature[];
  trees: DecisionTree[];
}

/** Why nothing was learnt. 'no-split': no split of any column saves loss. The model then predicts the mean. */
type BoostedTreesReason = 'no-rows' | 'one-class' | 'no-split';

/** Outcome of a training: plain data. */
export interface BoostedTreesFit {
  model: BoostedTreesModel;
  /** Rows trained on, and label 1 among them. */
  rows: number;
  positives: number;
  heldOut: number;
  /** Mean log-loss before each tree and after the last; that of held-out rows is empty when there are none. */
  trainingLoss: number[];
  holdoutLoss: number[];
  /** True when the hold-out ended the training; the trees after its best are dropped. */
  stoppedEarly: boolean;
  /** Share of the loss saved by splits on each column. */
  importance: number[];
  reason: BoostedTreesReason | null;
}

export interface BoostedTreesOptions extends Partial<TreeLimits> {
  /** Most trees. Default 200. */
  trees?: number;
  /** Columns that hold codes of levels (codeLevels). */
  categories?: readonly string[];
  /** Share of rows drawn for each tree, without replacement. Default 1. */
  rowShare?: number;
  /** Share of columns drawn for each tree. Default 1. */
  columnShare?: number;
  /** Share of rows held out to stop by. Default 0: none. */
  holdoutShare?: number;
  /** Trees without a better hold-out loss after which training stops. Default 20. */
  patience?: number;
  /** Default 1. The same seed gives the same bytes. */
  seed?: number;
  /** Where histograms are filled. Default: this thread. */
  engine?: HistogramEngine;
}

type Settings = Required<BoostedTreesOptions>;

/** Trees in a row without a split, while rows or columns are drawn, after which there is nothing left to learn. */
const MOST_EMPTY = 5;

/** RangeError naming the option that is out of range. */
function settingsFrom(options: BoostedTreesOptions): Settings {
  const depth = options.depth ?? 6;
  const settings: Settings = {
    trees: 200,
    leaves: 2 ** depth,
    learningRate: 0.1,
    ridge: 1,
    minimumLeafWeight: 5,
    minimumGain: 1e-6,
    categories: [],
    rowShare: 1,
    columnShare: 1,
    holdoutShare: 0,
    patience: 20,
    seed: 1,
    engine: singleThread,
    ...options,
    depth,
  };
  const whole = (key: 'trees' | 'depth' | 'leaves' | 'patience', low: number, high: number): boolean =>
    Number.isInteger(settings[key]) && settings[key] >= low && settings[key] <= high;
  const within = (value: number, low: number, high: number): boolean => value >= low && value <= high;
  const checks: [Exclude<keyof Settings, 'categories' | 'engine' | 'seed'>, boolean][] = [
    ['trees', whole('trees', 0, 1e5)],
    ['depth', whole('depth', 1, 16)],
    ['leaves', whole('leaves', 2, 65_536)],
    ['patience', whole('patience', 1, 1e5)],
    ['learningRate', settings.learningRate > 0 && settings.learningRate <= 1],
    ['ridge', within(settings.ridge, 0, 1e12)],
    ['minimumLeafWeight', settings.minimumLeafWeight > 0 && settings.minimumLeafWeight <= 1e12],
    ['minimumGain', within(settings.minimumGain, 0, 1e12)],
    ['rowShare', settings.rowShare > 0 && settings.rowShare <= 1],
    ['columnShare', settings.columnShare > 0 && settings.columnShare <= 1],
    ['holdoutShare', within(settings.holdoutShare, 0, 0.9)],
  ];
  for (const [key, holds] of checks) {
    if (!holds) throw new RangeError(`${key} ${settings[key]} is out of range`);
  }
  return settings;
}

/** Draws each row with the given chance; all of them without a draw at 1. */
function drawRows(rows: Uint32Array, share: number, random: Random): Uint32Array {
  return share === 1 ? rows : rows.filter(() => random.uniform() < share);
}

/** Marks a share of the columns, at least one, drawn without replacement. */
function drawColumns(used: Uint8Array, share: number, random: Random): void {
  used.fill(1);
  const most = Math.max(1, Math.round(share * used.length));
  for (let left = used.length; left > most; left--) {
    let skip = Math.floor(random.uniform() * left);
    let j = 0;
    while (used[j] === 0 || skip-- > 0) j++;
    used[j] = 0;
  }
}

/** Mean log-loss of some rows. */
function meanLoss(rows: Uint32Array, label: ArrayLike<number>, scores: Float64Array): number {
  let sum = 0;
  for (const i of rows) sum += log1pExp(label[i] === 1 ? -scores[i]! : scores[i]!);
  return rows.length > 0 ? sum / rows.length : 0;
}

/** Adds a tree to the scores of rows by walking down it over bins. */
function addByWalk(rows: Uint32Array, grown: GrownTree, table: FeatureBins, scores: Float64Array): void {
  const { tree, splitBin } = grown;
  for (const i of rows) {
    let node = 0;
    for (let feature = tree.feature[0]!; feature >= 0; feature = tree.feature[node]!) {
      const bin = (table.bins[(feature >> 2) * table.rows + i]! >>> (8 * (feature & 3))) & 255;
      const left = bin === 0 ? tree.missingLeft[node] === 1 : bin <= splitBin[node]!;
      node = left ? tree.left[node]! : tree.right[node]!;
    }
    scores[i]! += tree.value[node]!;
  }
}

/** Adds a tree to the scores of the rows it was grown on: they lie sorted by leaf. */
function addByLeaf(rows: Uint32Array, grown: GrownTree, scores: Float64Array): void {
  for (const { node, from, to } of grown.leaves) {
    const value = grown.tree.value[node]!;
    for (let i = from; i < to; i++) scores[rows[i]!]! += value;
  }
}

function workshopFor(table: FeatureBins, rows: number, settings: Settings): Workshop {
  const { engine } = settings;
  const features = table.features.length;
  const memory: HistogramMemory = {
    stride: table.rows,
    features,
    bins: table.bins,
    rows: new Uint32Array(engine.allocate(4 * rows)),
    gradients: new Float64Array(engine.allocate(8 * table.rows)),
    used: new Uint8Array(engine.allocate(features)),
    histograms: new Float64Array(engine.allocate(8 * slotsFor(settings) * features * FEATURE_CELLS)),
  };
  return {
    memory,
    fill: engine.start(memory),
    lastBins: Uint16Array.from(table.cuts, (cuts) => cuts.length + 1),
    cuts: table.cuts,
    limits: settings,
    units: { first: 1, second: 1 },
    scratch: new Uint32Array(rows),
  };
}

/** One round: derivatives, a draw of rows and columns, a tree, new scores. */
function nextTree(
  shop: Workshop,
  table: FeatureBins,
  training: Uint32Array,
  heldOut: Uint32Array,
  scores: Float64Array,
  settings: Settings,
  random: Random,
): GrownTree {
  const drawn = drawRows(training, settings.rowShare, random);
  drawColumns(shop.memory.used, settings.columnShare, random);
  shop.memory.rows.set(drawn);
  const grown = growTree(shop, drawn.length);
  if (drawn.length === training.length) addByLeaf(shop.memory.rows, grown, scores);
  else addByWalk(training, grown, table, scores);
  addByWalk(heldOut, grown, table, scores);
  return grown;
}

/** Rows to train on and rows to stop by. */
function divide(
  rows: number,
  share: number,
  random: Random,
): { training: Uint32Array; heldOut: Uint32Array } {
  const all = Uint32Array.from({ length: rows }, (_, i) => i);
  if (share === 0) return { training: all, heldOut: new Uint32Array(0) };
  const held = Uint8Array.from(all, () => Number(random.uniform() < share));
  return { training: all.filter((i) => held[i] === 0), heldOut: all.filter((i) => held[i] === 1) };
}

/** Trees that are kept: up to the best hold-out loss. Loss k is that after k trees. */
function bestLength(holdoutLoss: readonly number[], trees: number): number {
  if (holdoutLoss.length === 0) return trees;
  return holdoutLoss.reduce((best, loss, k) => (loss < holdoutLoss[best]! ? k : best), 0);
}

/**
 * Classifier of many small decision trees, each fitted to the errors of those before it: logistic loss, second order,
 * columns in 256 bins, missing values in a bin of their own, categories by the order of their levels.
 * Sources: Friedman 2001 (boosting); Chen & Guestrin 2016, section 2 (gain, leaf values, missing values); Ke et al. 2017
 * (histograms, leaf by leaf, subtraction). Limits on depth (6), leaves, leaf weight; rows and columns may be drawn; held-out
 * rows stop the training. NaN is a missing value; RangeError, naming row and column, for infinite values, labels other
 * than 0 and 1, codes that are no levels, and options out of range. One class, no rows, no split: a model that predicts the
 * mean, and `reason`. The same seed gives the same bytes, on however many threads the histograms are filled.
 * Cost: about 2 ns for each row, column and level of each tree; memory one byte a cell and 30 bytes a row.
 */
export function fitBoostedTrees(
  features: FeatureTable,
  label: ArrayLike<number>,
  options: BoostedTreesOptions = {},
): BoostedTreesFit {
  const settings = settingsFrom(options);
  checkBinary('label', label);
  const random = randomFrom(settings.seed);
  const { training, heldOut } = divide(label.length, settings.holdoutShare, random);
  const table = binFeatures(features, settings.categories, label, training, settings.engine);
  const rows = training.length;
  let positives = 0;
  for (const i of training) positives += label[i]!;
  const learnable = positives > 0 && positives < rows;
  // Half a row towards one half where there is one class only: the odds stay finite.
  const base = Math.log(
    learnable ? positives / (rows - positives) : (positives + 0.5) / (rows - positives + 0.5),
  );
  const fit: BoostedTreesFit = {
    model: { name: 'gbdt', base, features: table.features, trees: [] },
    rows,
    positives,
    heldOut: heldOut.length,
    trainingLoss: [],
    holdoutLoss: [],
    stoppedEarly: false,
    importance: table.features.map(() => 0),
    reason: null,
  };
  if (!learnable) return { ...fit, reason: rows === 0 ? 'no-rows' : 'one-class' };
  return train(fit, table, label, training, heldOut, settings, random);
}

/** Adds trees until there are enough, the hold-out gets no better, or no split is left. */
function train(
  fit: BoostedTreesFit,
  table: FeatureBins,
  label: ArrayLike<number>,
  training: Uint32Array,
  heldOut: Uint32Array,
  settings: Settings,
  random: Random,
): BoostedTreesFit {
  const shop = workshopFor(table, training.length, settings);
  const scores = new Float64Array(label.length).fill(fit.model.base);
  const grown: GrownTree[] = [];
  let empty = 0;
  for (;;) {
    const seed = Math.floor(random.uniform() * 2 ** 32);
    const { loss, units } = packDerivatives(training, label, scores, shop.memory.gradients, seed);
    fit.trainingLoss.push(loss);
    shop.units = units;
    if (heldOut.length > 0) fit.holdoutLoss.push(meanLoss(heldOut, label, scores));
    const since = grown.length - bestLength(fit.holdoutLoss, grown.length);
    fit.stoppedEarly = since >= settings.patience;
    if (fit.stoppedEarly || grown.length >= settings.trees || empty >= MOST_EMPTY) break;
    const next = nextTree(shop, table, training, heldOut, scores, settings, random);
    const splits = next.tree.feature.length > 1;
    empty = splits ? 0 : empty + 1;
    if (!splits && settings.rowShare === 1 && settings.columnShare === 1) break;
    grown.push(next);
  }
  const kept = grown.slice(0, bestLength(fit.holdoutLoss, grown.length));
  const gains = fit.importance.map((_, j) => kept.reduce((sum, { gains }) => sum + gains[j]!, 0));
  const total = gains.reduce((sum, gain) => sum + gain, 0);
  fit.model.trees = kept.map(({ tree }) => tree);
  fit.importance = gains.map((gain) => (total > 0 ? gain / total : 0));
  fit.reason = total > 0 || settings.trees === 0 ? null : 'no-split';
  return fit;
}

import { checkFeatures, type FeatureTable } from '../features/feature-table.js';
import { packsOf, type HistogramEngine } from './histograms.js';

/**
 * How a column is read by a model of trees. 'numeric': thresholds on the value. 'category': thresholds on the rank of
 * its level; `ranks[code]` is that rank, -1 for a level not seen in training, which counts as missing.
 */
export interface TreeFeature {
  name: string;
  kind: 'numeric' | 'category';
  ranks?: number[];
}

/** Columns in at most 256 bins: bin 0 is missing, bin b holds values above cut b - 2 and up to cut b - 1. */
export interface FeatureBins {
  rows: number;
  features: TreeFeature[];
  /** Rising thresholds of each column; its last bin is `cuts.length + 1`. */
  cuts: Float64Array[];
  /** Four columns a word, as HistogramMemory has them. */
  bins: Int32Array;
}

/** Bins for values; one more is for missing ones, and all fit in a byte. */
const MOST_BINS = 255;
/** Rows whose values make the cuts: 100,000 place each of 255 quantiles within half a bin. */
const MOST_SAMPLED = 100_000;
/** Rows of average outcome added to each level, so that rare levels come to the middle of the order. */
const PRIOR_ROWS = 10;

/** A threshold between two values that lets the lower pass, for neighbouring numbers too. */
function between(low: number, high: number): number {
  const middle = low / 2 + high / 2;
  return middle >= low && middle < high ? middle : low;
}

/** Cuts between distinct values, or, where there are too many, at equal shares of the rows. */
function cutsOf(values: Float64Array): Float64Array {
  // NaN is sorted to the end.
  const sorted = values.sort();
  let size = sorted.length;
  while (size > 0 && Number.isNaN(sorted[size - 1]!)) size--;
  let steps = 0;
  for (let i = 1; i < size; i++) if (sorted[i]! > sorted[i - 1]!) steps++;
  const cuts: number[] = [];
  let start = 0;
  for (let i = 1; i < size && cuts.length < MOST_BINS - 1; i++) {
    if (sorted[i] === sorted[i - 1]) continue;
    const share = (size - start) / (MOST_BINS - cuts.length);
    if (steps >= MOST_BINS && i - start < share) continue;
    cuts.push(between(sorted[i - 1]!, sorted[i]!));
    start = i;
  }
  return Float64Array.from(cuts);
}

/** Ranks of levels by their share of label 1 in training, drawn towards the mean of all; -1 for a level without rows. */
function levelRanks(
  codes: Float64Array,
  name: string,
  label: ArrayLike<number>,
  training: Uint32Array,
): number[] {
  const rows: number[] = [];
  const ones: number[] = [];
  codes.forEach((code, i) => {
    if (!Number.isNaN(code) && !(Number.isInteger(code) && code >= 0 && code < 1e6))
      throw new RangeError(`features, row ${i}, column "${name}": ${code} is not the code of a level`);
  });
  let [all, total] = [0, 0];
  for (const i of training) {
    const code = codes[i]!;
    if (Number.isNaN(code)) continue;
    rows[code] = (rows[code] ?? 0) + 1;
    ones[code] = (ones[code] ?? 0) + label[i]!;
    all += label[i]!;
    total++;
  }
  const mean = total > 0 ? all / total : 0;
  const rate = (code: number): number => (ones[code]! + PRIOR_ROWS * mean) / (rows[code]! + PRIOR_ROWS);
  const seen = Array.from(rows.keys()).filter((code) => rows[code] !== undefined);
  const ranks = Array.from(rows, () => -1);
  seen.sort((a, b) => rate(a) - rate(b) || a - b).forEach((code, rank) => (ranks[code] = rank));
  return ranks;
}

/** A column as the trees see it: itself, or the ranks of its levels; NaN is missing. */
export function treeValues(feature: TreeFeature, column: Float64Array): Float64Array {
  const { ranks } = feature;
  if (ranks === undefined) return column;
  return column.map((code) => {
    const rank = ranks[code] ?? -1;
    return rank < 0 ? Number.NaN : rank;
  });
}

/**
 * Puts columns into bins. Cuts and the order of levels are taken from the training rows alone; levels are ordered by their
 * share of label 1 (Fisher 1958: at the root the best split of a category lies in that order). Columns named in
 * `categories` hold codes of levels, whole numbers from 0. RangeError naming row and column. O(n p).
 */
export function binFeatures(
  table: FeatureTable,
  categories: readonly string[],
  label: ArrayLike<number>,
  training: Uint32Array,
  engine: HistogramEngine,
): FeatureBins {
  const rows = label.length;
  checkFeatures(table, rows, 'allowed');
  for (const name of categories)
    if (!table.names.includes(name)) throw new RangeError(`categories: there is no column "${name}"`);
  const bins = new Int32Array(engine.allocate(4 * rows * packsOf(table.names.length)));
  const sampled = Math.min(MOST_SAMPLED, training.length);
  const features: TreeFeature[] = [];
  const cuts = table.columns.map((column, j) => {
    const name = table.names[j]!;
    const feature: TreeFeature = categories.includes(name)
      ? { name, kind: 'category', ranks: levelRanks(column, name, label, training) }
      : { name, kind: 'numeric' };
    features.push(feature);
    const values = treeValues(feature, column);
    const sample = new Float64Array(sampled);
    for (let k = 0; k < sampled; k++)
      sample[k] = values[training[Math.floor((k * training.length) / sampled)]!]!;
    const thresholds = cutsOf(sample);
    const pack = j >> 2;
    assignBins(values, thresholds, bins.subarray(pack * rows, (pack + 1) * rows), 8 * (j & 3));
    return thresholds;
  });
  return { rows, features, cuts, bins };
}

/**
 * Bin of each value, one more than the number of cuts below it, 0 for NaN, into a byte of the words. Eight steps of bisection
 * over 255 places, the last of them infinite, without a branch to guess: three times as fast as with one.
 */
function assignBins(values: Float64Array, cuts: Float64Array, out: Int32Array, shift: number): void {
  const places = new Float64Array(256).fill(Number.POSITIVE_INFINITY);
  places.set(cuts);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) continue;
    let below = 0;
    for (let step = 128; step > 0; step >>= 1) below += step * Number(places[below + step - 1]! < value);
    out[i]! |= (below + 1) << shift;
  }
}

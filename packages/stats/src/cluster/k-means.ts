import { randomFrom, type Random } from '../distributions/random.js';
import { checkFeatures, checkNames, rowsOf, type FeatureTable } from '../features/feature-table.js';
import { standardise } from '../features/standardise.js';
import { iterate, seedCentres, type Partition } from './lloyd.js';
import { nearestTwo, type Points } from './nearest-centre.js';

/** Clusters by their centres. Plain JSON. */
export interface KMeansModel {
  name: 'k-means';
  names: string[];
  /** Means of the columns over each cluster, in the reader's units; largest cluster first. */
  centres: number[][];
  sizes: number[];
  /** What a difference in a column is divided by before distances are taken; 0 for a column that does not count. */
  scales: number[];
}

/** Why there are fewer clusters than asked for, or none. */
type KMeansReason = 'no-rows' | 'fewer-distinct-rows';

/** Outcome of a clustering: plain data but for the labels. */
export interface KMeansFit {
  model: KMeansModel;
  /** Cluster of each row: 0 is the largest. */
  labels: Int32Array;
  /** Sum of squared scaled distances of rows to their centres, and to the mean of all. */
  spread: number;
  totalSpread: number;
  /** Iterations of the best start. */
  iterations: number;
  converged: boolean;
  reason: KMeansReason | null;
}

export interface KMeansOptions {
  /** Starts, of which the one with the least spread is kept. Default 10. */
  restarts?: number;
  /** Default 300. */
  maxIterations?: number;
  /** Default 1. The same seed gives the same bytes. */
  seed?: number;
  /** 'standard': a standard deviation of each column counts as 1. 'none': columns as they are. Default 'standard'. */
  scaling?: 'standard' | 'none';
}

/** RangeError unless a number is whole and at least 1. */
export function checkCount(name: string, value: number): void {
  if (!Number.isInteger(value) || value < 1)
    throw new RangeError(`${name} ${value} is not a whole number from 1`);
}

/** Points row by row from columns. */
export function pointsFrom(columns: readonly Float64Array[]): Points {
  const width = columns.length;
  const count = columns[0]?.length ?? 0;
  const values = new Float64Array(count * width);
  columns.forEach((column, j) => {
    for (let i = 0; i < count; i++) values[i * width + j] = column[i]!;
  });
  return { values, count, width };
}

/** Number of distinct points, counted no further than `most`. */
export function distinctPoints({ values, count, width }: Points, most: number): number {
  const seen = new Set<string>();
  for (let i = 0; i < count && seen.size < most; i++)
    seen.add(values.subarray(i * width, (i + 1) * width).join());
  return seen.size;
}

/** Best of several starts; a start must be better by more than rounding to take the place of an earlier one. */
export function bestPartition(
  points: Points,
  clusters: number,
  restarts: number,
  maxIterations: number,
  random: Random,
): Partition {
  let best: Partition | null = null;
  for (let start = 0; start < restarts; start++) {
    const found = iterate(points, seedCentres(points, clusters, random), maxIterations);
    if (best === null || found.spread < best.spread * (1 - 1e-12)) best = found;
  }
  return best!;
}

/** Means of the reader's columns by label. */
function meansByLabel(table: FeatureTable, labels: Int32Array, clusters: number) {
  const sizes = Array.from({ length: clusters }, () => 0);
  const centres = Array.from({ length: clusters }, () => table.columns.map(() => 0));
  labels.forEach((label) => sizes[label]!++);
  table.columns.forEach((column, j) => {
    for (let i = 0; i < column.length; i++) centres[labels[i]!]![j]! += column[i]! / sizes[labels[i]!]!;
  });
  return { sizes, centres };
}

/** Largest first; of equal sizes the one with the smaller centre, first column first. */
function orderOf(sizes: readonly number[], centres: readonly (readonly number[])[]): number[] {
  const compare = (a: number, b: number): number => {
    if (sizes[a] !== sizes[b]) return sizes[b]! - sizes[a]!;
    const j = centres[a]!.findIndex((value, at) => value !== centres[b]![at]);
    return j < 0 ? a - b : centres[a]![j]! < centres[b]![j]! ? -1 : 1;
  };
  return [...sizes.keys()].filter((k) => sizes[k]! > 0).sort(compare);
}

/**
 * Groups rows around `clusters` centres so that the sum of squared distances to the own centre is small.
 * Sources: Lloyd 1982 (iteration), Arthur & Vassilvitskii 2007 (k-means++ starts), Hamerly 2010 (bounds). Columns are
 * brought to standard deviation 1 unless told otherwise; centres come back in the reader's units. Clusters are numbered by
 * size, then by centre, so that names given to them last.
 * Fewer distinct rows than clusters: one cluster each, and `reason`. RangeError, naming row and column, for numbers that are
 * not finite, for no columns, and for a count below 1. O(restarts iterations n k d) at worst; memory n d.
 */
export function fitKMeans(table: FeatureTable, clusters: number, options: KMeansOptions = {}): KMeansFit {
  const { restarts = 10, maxIterations = 300, seed = 1, scaling = 'standard' } = options;
  checkCount('clusters', clusters);
  checkCount('restarts', restarts);
  checkCount('maxIterations', maxIterations);
  if (table.columns.length === 0) throw new RangeError('k-means needs at least one column');
  const random = randomFrom(seed);
  const rows = rowsOf(table);
  checkFeatures(table, rows);
  const standard = standardise(table);
  const scales = scaling === 'standard' ? [...standard.scales] : table.columns.map(() => 1);
  const model: KMeansModel = { name: 'k-means', names: [...table.names], centres: [], sizes: [], scales };
  const points = pointsFrom(scaling === 'standard' ? standard.columns : table.columns);
  const distinct = distinctPoints(points, clusters);
  const reason = rows === 0 ? 'no-rows' : distinct < clusters ? 'fewer-distinct-rows' : null;
  if (rows === 0) {
    const empty = { labels: new Int32Array(0), spread: 0, totalSpread: 0, iterations: 0, converged: true };
    return { model, ...empty, reason };
  }
  const best = bestPartition(points, distinct, restarts, maxIterations, random);
  const { sizes, centres } = meansByLabel(table, best.labels, distinct);
  const order = orderOf(sizes, centres);
  const place = new Int32Array(distinct);
  order.forEach((k, at) => (place[k] = at));
  return {
    model: { ...model, centres: order.map((k) => centres[k]!), sizes: order.map((k) => sizes[k]!) },
    labels: best.labels.map((label) => place[label]!),
    spread: best.spread,
    totalSpread: iterate(points, new Float64Array(points.width), 1).spread,
    iterations: best.iterations,
    converged: best.converged,
    reason,
  };
}

/**
 * Cluster of each row by the nearest centre, of equal distances the first. RangeError for other columns than the model's,
 * for numbers that are not finite, and for a model without clusters. O(n k d).
 */
export function assignClusters(model: KMeansModel, table: FeatureTable): Int32Array {
  checkNames(table, model.names);
  const rows = rowsOf(table);
  checkFeatures(table, rows);
  if (model.centres.length === 0) throw new RangeError('the model has no clusters');
  // Distances do not see where zero is: the first centre is as good as the mean.
  const scaled = (value: number, j: number): number =>
    model.scales[j]! > 0 ? value / model.scales[j]! - model.centres[0]![j]! / model.scales[j]! : 0;
  const points = pointsFrom(table.columns.map((column, j) => column.map((value) => scaled(value, j))));
  const centres = Float64Array.from(model.centres.flatMap((centre) => centre.map(scaled)));
  return Int32Array.from({ length: rows }, (_, i) => nearestTwo(points, i, centres).nearest);
}

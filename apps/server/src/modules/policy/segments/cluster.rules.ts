import type { ClusterFeature } from '@kezi/contract';
import { assignClusters, compareClusterCounts, fitKMeans, type FeatureTable } from '@kezi/stats';

export interface ClusterTask {
  /** Each as measured, NaN where it is not known; the columns of all customers. */
  columns: {
    feature: ClusterFeature;
    scale: 'log' | 'linear';
    missing: 'zero' | 'middle';
    values: Float64Array;
  }[];
  /** Major units; a customer without a value counts as 0. */
  clv: Float64Array;
  /** Days since the last order: who has none is in no cluster. */
  recencyDays: Float64Array;
  /** How many; by silhouette when left out. */
  asked: number | null;
}

export interface ClusterFigures {
  customers: number;
  clv: number;
  features: { mean: number | null; deviation: number }[];
}

export interface ClusterAnswer {
  /** Cluster of each customer, the largest first; -1 for who is in none. */
  labels: Int32Array;
  silhouettes: { clusters: number; silhouette: number }[];
  clusters: ClusterFigures[];
  customers: number;
  clv: number;
}

/** What `cluster_run.result` holds. */
export type ClusterResult = Omit<ClusterAnswer, 'labels'>;

/** Why there are none. */
export type ClusterRefusal = { refused: 'few' | 'alike'; customers: number };

/** With fewer customers there is nothing to tell apart. */
export const fewestCustomers = 20;
/** Centres move little beyond so many rows; the others are assigned to the nearest. */
const mostFitted = 100_000;
const seed = 1;

const bent = (value: number): number => Math.sign(value) * Math.log1p(Math.abs(value));

function middleOf(values: Float64Array): number {
  const known = values.filter(Number.isFinite).sort();
  return known.length === 0 ? 0 : known[Math.floor((known.length - 1) / 2)]!;
}

/** The value below which a share of an ascending column lies. */
function quantile(ascending: Float64Array, share: number): number {
  const at = (ascending.length - 1) * share;
  const low = ascending[Math.floor(at)] ?? 0;
  return low + ((ascending[Math.ceil(at)] ?? low) - low) * (at - Math.floor(at));
}

/** Tukey's outer fences, in spreads of the middle half: what lies beyond counts as far out as the fence. */
const fence = 3;

/** A customer a thousand times the rest would be a group alone, and leave one group for all others. */
function heldIn(column: Float64Array): Float64Array {
  const ascending = column.toSorted();
  const room = fence * (quantile(ascending, 0.75) - quantile(ascending, 0.25));
  // Where half of them are equal there is no spread to measure by: the outermost hundredth stands at its edge.
  const edge = room > 0 ? 0.25 : 0.01;
  const [low, high] = [quantile(ascending, edge) - room, quantile(ascending, 1 - edge) + room];
  return column.map((value) => Math.min(high, Math.max(low, value)));
}

/** One column of the customers at `rows`, without holes and far outliers, in the scale in which they are compared. */
export function prepareColumn(
  { values, scale, missing }: Omit<ClusterTask['columns'][number], 'feature'>,
  rows: Uint32Array,
): Float64Array {
  const own = Float64Array.from(rows, (i) => values[i]!);
  const stand = missing === 'zero' ? 0 : middleOf(own);
  return heldIn(
    own.map((value) => {
      const known = Number.isFinite(value) ? value : stand;
      return scale === 'log' ? bent(known) : known;
    }),
  );
}

function meanAndDeviation(column: Float64Array): { mean: number; deviation: number } {
  let sum = 0;
  for (const value of column) sum += value;
  const mean = sum / column.length;
  let squares = 0;
  for (const value of column) squares += (value - mean) ** 2;
  return { mean, deviation: Math.sqrt(squares / column.length) };
}

/** Every so many rows, no more than `most`. */
function thinned({ names, columns }: FeatureTable, rows: number, most: number): FeatureTable {
  const step = Math.ceil(rows / most);
  const pick = (column: Float64Array) => column.filter((_, i) => i % step === 0);
  return { names, columns: columns.map(pick) };
}

function labelsOf(table: FeatureTable, rows: number, clusters: number): Int32Array {
  if (rows <= mostFitted) return fitKMeans(table, clusters, { seed, restarts: 5 }).labels;
  const { model } = fitKMeans(thinned(table, rows, mostFitted), clusters, { seed, restarts: 3 });
  return assignClusters(model, table);
}

/** A group with fewer customers than this share of all, or than five, says nothing to act on. */
const leastShare = 0.01;
const leastGroup = 5;

function smallestOf(labels: Int32Array, clusters: number): number {
  const sizes = new Uint32Array(clusters);
  for (const label of labels) sizes[label]! += 1;
  return Math.min(...sizes);
}

interface Partition {
  labels: Int32Array;
  /** The numbers of clusters that came into question. */
  silhouettes: ClusterAnswer['silhouettes'];
}

/** The number with the largest silhouette that leaves no group of a few; where all leave one, the largest silhouette. */
function partition(
  table: FeatureTable,
  rows: number,
  silhouettes: ClusterAnswer['silhouettes'],
  asked: number | null,
): Partition {
  if (asked !== null) return { labels: labelsOf(table, rows, asked), silhouettes };
  const least = Math.max(leastGroup, leastShare * rows);
  const tried = new Set<number>();
  for (const { clusters } of silhouettes.toSorted((a, b) => b.silhouette - a.silhouette)) {
    const labels = labelsOf(table, rows, clusters);
    if (smallestOf(labels, clusters) >= least) {
      return { labels, silhouettes: silhouettes.filter((each) => !tried.has(each.clusters)) };
    }
    tried.add(clusters);
  }
  const best = silhouettes.reduce((most, each) => (each.silhouette > most.silhouette ? each : most));
  return { labels: labelsOf(table, rows, best.clusters), silhouettes };
}

/** Sums and means of each cluster, largest first, and the labels by that order. */
function figuresOf(task: ClusterTask, table: FeatureTable, rows: Uint32Array, labels: Int32Array) {
  const count = labels.reduce((most, label) => Math.max(most, label), -1) + 1;
  const sizes = Array.from({ length: count }, () => 0);
  const clv = Array.from({ length: count }, () => 0);
  labels.forEach((label, i) => {
    sizes[label]! += 1;
    clv[label]! += task.clv[rows[i]!]!;
  });
  const features = sizes.map((): ClusterFigures['features'] => []);
  for (const [j, column] of table.columns.entries()) {
    const all = meanAndDeviation(column);
    const sums = sizes.map(() => ({ prepared: 0, measured: 0, known: 0 }));
    labels.forEach((label, i) => {
      const sum = sums[label]!;
      sum.prepared += column[i]!;
      const measured = task.columns[j]!.values[rows[i]!]!;
      if (!Number.isFinite(measured)) return;
      sum.measured += measured;
      sum.known += 1;
    });
    for (const [k, { prepared, measured, known }] of sums.entries()) {
      const away = sizes[k]! > 0 && all.deviation > 0 ? (prepared / sizes[k]! - all.mean) / all.deviation : 0;
      features[k]!.push({ mean: known > 0 ? measured / known : null, deviation: away });
    }
  }
  const order = [...sizes.keys()].filter((k) => sizes[k]! > 0).sort((a, b) => sizes[b]! - sizes[a]! || a - b);
  const place = new Map(order.map((k, at) => [k, at]));
  return {
    clusters: order.map((k) => ({ customers: sizes[k]!, clv: clv[k]!, features: features[k]! })),
    labels: labels.map((label) => place.get(label)!),
  };
}

/**
 * Groups customers who have ordered by k-means (`fitKMeans`) on standardised columns; the number of groups is the one asked
 * for or the one with the largest mean silhouette of 2 to 8 (`partition`). The same task gives the same answer.
 */
export function clusterCustomers(task: ClusterTask): ClusterAnswer | ClusterRefusal {
  const rows = Uint32Array.from(
    [...task.recencyDays.keys()].filter((i) => Number.isFinite(task.recencyDays[i]!)),
  );
  if (rows.length < fewestCustomers) return { refused: 'few', customers: rows.length };
  const table: FeatureTable = {
    names: task.columns.map(({ feature }) => feature),
    columns: task.columns.map((column) => prepareColumn(column, rows)),
  };
  const { lines, bySilhouette } = compareClusterCounts(table, { most: 8, references: 1, restarts: 3, seed });
  if (bySilhouette === null) return { refused: 'alike', customers: rows.length };
  const compared = lines.flatMap(({ clusters, silhouette }) =>
    silhouette === null ? [] : [{ clusters, silhouette }],
  );
  const { labels: own, silhouettes } = partition(table, rows.length, compared, task.asked);
  const found = figuresOf(task, table, rows, own);
  const labels = new Int32Array(task.recencyDays.length).fill(-1);
  rows.forEach((i, at) => (labels[i] = found.labels[at]!));
  return {
    labels,
    silhouettes,
    clusters: found.clusters,
    customers: rows.length,
    clv: found.clusters.reduce((sum, { clv }) => sum + clv, 0),
  };
}

/** So many standard deviations from all customers set a cluster apart. */
const apart = 0.4;
const mostTraits = 3;

/** What sets a cluster apart, the strongest first: places of features, and on which side they lie. */
export function traitsOf({
  features,
}: Pick<ClusterFigures, 'features'>): { at: number; side: 'high' | 'low' }[] {
  return features
    .map(({ deviation }, at) => ({ at, deviation }))
    .filter(({ deviation }) => Math.abs(deviation) >= apart)
    .sort((a, b) => Math.abs(b.deviation) - Math.abs(a.deviation) || a.at - b.at)
    .slice(0, mostTraits)
    .map(({ at, deviation }) => ({ at, side: deviation > 0 ? 'high' : 'low' }));
}

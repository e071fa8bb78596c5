import { randomFrom, type Random } from '../distributions/random.js';
import { checkFeatures, rowsOf, type FeatureTable } from '../features/feature-table.js';
import { standardise } from '../features/standardise.js';
import { bestPartition, checkCount, distinctPoints, pointsFrom } from './k-means.js';
import type { Points } from './nearest-centre.js';
import { meanSilhouette } from './silhouette.js';

/** How well a number of clusters suits the rows. */
export interface ClusterCountLine {
  clusters: number;
  /** Sum of squared scaled distances of the sampled rows to their centres. */
  spread: number;
  /** Mean silhouette; null for one cluster. */
  silhouette: number | null;
  /** Gap statistic with its standard error; null where the rows coincide with the centres. */
  gap: number | null;
  gapError: number | null;
}

export interface ClusterCounts {
  lines: ClusterCountLine[];
  /** Number with the largest silhouette; null when there are not two distinct rows. */
  bySilhouette: number | null;
  /** Smallest number whose gap is within one standard error of the next one's; may be 1: no clusters. Null without rows. */
  byGap: number | null;
  /** Rows that were looked at. */
  rows: number;
}

export interface ClusterCountOptions {
  /** Largest number looked at. Default 8. */
  most?: number;
  /** Rows drawn, beyond which silhouette and gap would take long. Default 1,000. */
  sample?: number;
  /** Reference sets of the gap statistic. Default 10. */
  references?: number;
  /** Starts for each number of clusters. Default 5. */
  restarts?: number;
  /** Default 1. The same seed gives the same bytes. */
  seed?: number;
}

const MOST_ITERATIONS = 100;

/** Some rows without replacement, in their order (Knuth, algorithm S). */
function drawRows(rows: number, most: number, random: Random): Uint32Array {
  const drawn: number[] = [];
  for (let i = 0; i < rows; i++) {
    if (random.uniform() * (rows - i) < most - drawn.length) drawn.push(i);
  }
  return Uint32Array.from(drawn);
}

/** Points drawn evenly from the box around the points. */
function referencePoints({ values, count, width }: Points, random: Random): Points {
  const low = new Float64Array(width).fill(Number.POSITIVE_INFINITY);
  const high = new Float64Array(width).fill(Number.NEGATIVE_INFINITY);
  values.forEach((value, at) => {
    low[at % width] = Math.min(low[at % width]!, value);
    high[at % width] = Math.max(high[at % width]!, value);
  });
  const drawn = values.map(
    (_, at) => low[at % width]! + random.uniform() * (high[at % width]! - low[at % width]!),
  );
  return { values: drawn, count, width };
}

/** Gap of a number of clusters against reference sets, with its standard error. */
function gapAt(
  spread: number,
  references: readonly number[],
): { gap: number | null; gapError: number | null } {
  if (!(spread > 0) || references.some((value) => !(value > 0))) return { gap: null, gapError: null };
  const logs = references.map(Math.log);
  const mean = logs.reduce((sum, value) => sum + value, 0) / logs.length;
  const variance = logs.reduce((sum, value) => sum + (value - mean) ** 2, 0) / logs.length;
  return { gap: mean - Math.log(spread), gapError: Math.sqrt(variance * (1 + 1 / logs.length)) };
}

/** First number whose gap is not beaten by the next by more than an error. */
function firstByGap(lines: readonly ClusterCountLine[]): number | null {
  const found = lines.find(({ gap }, at) => {
    const next = lines[at + 1];
    if (gap === null || !next || next.gap === null) return true;
    return gap >= next.gap - next.gapError!;
  });
  return found?.clusters ?? null;
}

/**
 * Compares numbers of clusters, 1 to `most`, on a sample of the rows with standardised columns: by silhouette (Rousseeuw
 * 1987) and by the gap statistic (Tibshirani, Walther & Hastie 2001, section 4, reference sets even in the box).
 * Numbers above that of distinct rows are left out. RangeError, naming row and column, for numbers that are not finite, for no
 * columns and for counts below 1. O(references restarts most iterations m k d + most m^2 d) for m sampled rows.
 */
export function compareClusterCounts(table: FeatureTable, options: ClusterCountOptions = {}): ClusterCounts {
  const { most = 8, sample = 1000, references = 10, restarts = 5, seed = 1 } = options;
  Object.entries({ most, sample, references, restarts }).forEach(([name, value]) => checkCount(name, value));
  if (table.columns.length === 0) throw new RangeError('clusters need at least one column');
  const rows = rowsOf(table);
  checkFeatures(table, rows);
  const random = randomFrom(seed);
  const drawn = drawRows(rows, sample, random);
  const { columns } = standardise(table);
  const points = pointsFrom(columns.map((column) => Float64Array.from(drawn, (i) => column[i]!)));
  const all = Uint32Array.from(drawn, (_, i) => i);
  const sets = Array.from({ length: references }, () => referencePoints(points, random));
  const lines: ClusterCountLine[] = [];
  for (let clusters = 1; clusters <= distinctPoints(points, most); clusters++) {
    const best = bestPartition(points, clusters, restarts, MOST_ITERATIONS, random);
    const spreads = sets.map(
      (set) => bestPartition(set, clusters, Math.min(restarts, 3), MOST_ITERATIONS, random).spread,
    );
    const silhouette = meanSilhouette(points, best.labels, clusters, all);
    lines.push({ clusters, spread: best.spread, silhouette, ...gapAt(best.spread, spreads) });
  }
  const apart = lines.filter((line) => line.silhouette !== null);
  const bySilhouette = apart.reduce<ClusterCountLine | null>(
    (best, line) => (best === null || line.silhouette! > best.silhouette! ? line : best),
    null,
  );
  return {
    lines,
    bySilhouette: bySilhouette?.clusters ?? null,
    byGap: firstByGap(lines),
    rows: drawn.length,
  };
}

import type { Random } from '../distributions/random.js';
import { nearestTwo, squaredDistance, type Points } from './nearest-centre.js';

/** Where an iteration came to rest. */
export interface Partition {
  centres: Float64Array;
  labels: Int32Array;
  /** Sum of squared distances to the own centre. */
  spread: number;
  iterations: number;
  converged: boolean;
}

/**
 * First centres by k-means++ (Arthur & Vassilvitskii 2007): each drawn among the points with a chance in proportion to its
 * squared distance from the centres before it. Needs at least `clusters` distinct points. O(n k d).
 */
export function seedCentres(points: Points, clusters: number, random: Random): Float64Array {
  const { values, count, width } = points;
  const centres = new Float64Array(clusters * width);
  const nearest = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  let chosen = Math.floor(random.uniform() * count);
  for (let k = 0; k < clusters; k++) {
    centres.set(values.subarray(chosen * width, (chosen + 1) * width), k * width);
    let total = 0;
    for (let i = 0; i < count; i++) {
      nearest[i] = Math.min(nearest[i]!, squaredDistance(values, i, centres, k, width));
      total += nearest[i]!;
    }
    let left = random.uniform() * total;
    for (let i = 0; i < count; i++) {
      if (nearest[i] === 0) continue;
      chosen = i;
      left -= nearest[i]!;
      if (left < 0) break;
    }
  }
  return centres;
}

/** Means of the points of each cluster; a cluster that lost its last point takes the point furthest from its own centre. */
function moveCentres(points: Points, labels: Int32Array, centres: Float64Array): Float64Array {
  const { values, count, width } = points;
  const clusters = centres.length / width;
  const means = new Float64Array(centres.length);
  const sizes = new Float64Array(clusters);
  for (let i = 0; i < count; i++) {
    sizes[labels[i]!]!++;
    for (let j = 0; j < width; j++) means[labels[i]! * width + j]! += values[i * width + j]!;
  }
  const taken = new Set<number>();
  for (let k = 0; k < clusters; k++) {
    if (sizes[k]! > 0) {
      for (let j = 0; j < width; j++) means[k * width + j]! /= sizes[k]!;
      continue;
    }
    let [furthest, most] = [0, -1];
    for (let i = 0; i < count; i++) {
      const apart = squaredDistance(values, i, centres, labels[i]!, width);
      if (apart <= most || taken.has(i)) continue;
      [furthest, most] = [i, apart];
    }
    taken.add(furthest);
    means.set(values.subarray(furthest * width, (furthest + 1) * width), k * width);
  }
  return means;
}

/** How far each centre moved, and the furthest and second furthest of them. */
function movesOf(before: Float64Array, after: Float64Array, width: number) {
  const moves = new Float64Array(before.length / width);
  let [furthest, most, next] = [-1, 0, 0];
  for (let k = 0; k < moves.length; k++) {
    moves[k] = Math.sqrt(squaredDistance(before, k, after, k, width));
    if (moves[k]! > most) [furthest, most, next] = [k, moves[k]!, most];
    else next = Math.max(next, moves[k]!);
  }
  return { moves, furthest, most, next };
}

/** Half the distance from each centre to its nearest other. */
function halfGaps(centres: Float64Array, width: number): Float64Array {
  const clusters = centres.length / width;
  return Float64Array.from({ length: clusters }, (_, k) => {
    let least = Number.POSITIVE_INFINITY;
    for (let other = 0; other < clusters; other++)
      if (other !== k) least = Math.min(least, squaredDistance(centres, k, centres, other, width));
    return Math.sqrt(least) / 2;
  });
}

/** Bounds may be off by rounding: a point this close to its bound is looked at again. */
const SLACK = 1e-12;

/**
 * Lloyd's iteration (Lloyd 1982): each point to its nearest centre, each centre to the mean of its points, until no point
 * changes. A bound on the own and the second distance saves most distances (Hamerly 2010, algorithm 1); the result is that
 * of the plain iteration. O(n k d) an iteration at worst, O(n) where little moves.
 */
export function iterate(points: Points, start: Float64Array, maxIterations: number): Partition {
  const { values, count, width } = points;
  let centres = start;
  const labels = new Int32Array(count);
  const upper = new Float64Array(count);
  const lower = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const { nearest, distance, second } = nearestTwo(points, i, centres);
    labels[i] = nearest;
    upper[i] = distance;
    lower[i] = second;
  }
  let iterations = 0;
  let converged = false;
  while (iterations < maxIterations && !converged) {
    iterations++;
    const moved = moveCentres(points, labels, centres);
    const { moves, furthest, most, next } = movesOf(centres, moved, width);
    centres = moved;
    converged = most === 0;
    const gaps = halfGaps(centres, width);
    for (let i = 0; i < count; i++) {
      const own = labels[i]!;
      upper[i]! += moves[own]!;
      lower[i]! -= own === furthest ? next : most;
      const bound = Math.max(gaps[own]!, lower[i]!) * (1 - SLACK);
      if (upper[i]! < bound) continue;
      upper[i] = Math.sqrt(squaredDistance(values, i, centres, own, width));
      if (upper[i]! < bound) continue;
      const found = nearestTwo(points, i, centres);
      // Of equal distances the point keeps its own: otherwise two centres could pass it to and fro.
      if (found.distance < upper[i]!) labels[i] = found.nearest;
      upper[i] = found.distance;
      lower[i] = found.nearest === labels[i] ? found.second : found.distance;
    }
  }
  let spread = 0;
  for (let i = 0; i < count; i++) spread += squaredDistance(values, i, centres, labels[i]!, width);
  return { centres, labels, spread, iterations, converged };
}

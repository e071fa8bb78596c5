import { squaredDistance, type Points } from './nearest-centre.js';

/**
 * Mean silhouette of some of the points: (b - a) / max(a, b), a the mean distance to the others of the own cluster, b the
 * smallest mean distance to another cluster; 0 for a point alone in its cluster. From -1 (wrong cluster) to 1 (apart).
 * Source: Rousseeuw 1987. Null unless at least two clusters are among the points. O(m^2 d).
 */
export function meanSilhouette(
  points: Points,
  labels: Int32Array,
  clusters: number,
  sample: Uint32Array,
): number | null {
  const sizes = new Float64Array(clusters);
  for (const i of sample) sizes[labels[i]!]!++;
  if (sizes.filter((size) => size > 0).length < 2) return null;
  let total = 0;
  const distances = new Float64Array(clusters);
  for (const i of sample) {
    distances.fill(0);
    for (const other of sample)
      distances[labels[other]!]! += Math.sqrt(
        squaredDistance(points.values, i, points.values, other, points.width),
      );
    const own = labels[i]!;
    if (sizes[own] === 1) continue;
    const inside = distances[own]! / (sizes[own]! - 1);
    let outside = Number.POSITIVE_INFINITY;
    for (let k = 0; k < clusters; k++)
      if (k !== own && sizes[k]! > 0) outside = Math.min(outside, distances[k]! / sizes[k]!);
    const larger = Math.max(inside, outside);
    if (larger > 0) total += (outside - inside) / larger;
  }
  return total / sample.length;
}

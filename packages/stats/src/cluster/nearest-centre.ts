/** Points row by row: `points[i * width + j]`. */
export interface Points {
  values: Float64Array;
  count: number;
  width: number;
}

/** Squared Euclidean distance between two rows of two arrays. */
export function squaredDistance(
  a: Float64Array,
  i: number,
  b: Float64Array,
  k: number,
  width: number,
): number {
  let sum = 0;
  const [from, other] = [i * width, k * width];
  for (let j = 0; j < width; j++) {
    const apart = a[from + j]! - b[other + j]!;
    sum += apart * apart;
  }
  return sum;
}

/** Nearest and second nearest of the centres to a point; of equal distances the first. The second is Infinity for one centre. */
export function nearestTwo(
  points: Points,
  i: number,
  centres: Float64Array,
): { nearest: number; distance: number; second: number } {
  let nearest = 0;
  let distance = Number.POSITIVE_INFINITY;
  let second = Number.POSITIVE_INFINITY;
  const clusters = centres.length / points.width;
  for (let k = 0; k < clusters; k++) {
    const apart = squaredDistance(points.values, i, centres, k, points.width);
    if (apart < distance) {
      second = distance;
      distance = apart;
      nearest = k;
    } else if (apart < second) second = apart;
  }
  return { nearest, distance: Math.sqrt(distance), second: Math.sqrt(second) };
}

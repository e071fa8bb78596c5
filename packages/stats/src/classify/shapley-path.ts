/**
 * The distinct features on the way down, with the share of rows that goes on when the feature is unknown (zero), whether
 * this row goes on (one), and the weights of subsets by size. Each level of the tree has its own stretch of the arrays.
 */
export interface Path {
  feature: Int32Array;
  zero: Float64Array;
  one: Float64Array;
  weight: Float64Array;
  /** Length of a level's stretch. */
  stretch: number;
}

export const pathFor = (depth: number): Path => {
  const stretch = depth + 2;
  const size = stretch * (depth + 2);
  return {
    feature: new Int32Array(size),
    zero: new Float64Array(size),
    one: new Float64Array(size),
    weight: new Float64Array(size),
    stretch,
  };
};

/** Takes a feature into the path whose last place is `last` - 1. */
export function extend(
  path: Path,
  at: number,
  last: number,
  feature: number,
  zero: number,
  one: number,
): void {
  const { weight } = path;
  path.feature[at + last] = feature;
  path.zero[at + last] = zero;
  path.one[at + last] = one;
  weight[at + last] = last === 0 ? 1 : 0;
  for (let i = last - 1; i >= 0; i--) {
    weight[at + i + 1]! += (one * weight[at + i]! * (i + 1)) / (last + 1);
    weight[at + i] = (zero * weight[at + i]! * (last - i)) / (last + 1);
  }
}

/** Takes the feature at a place out again: the path as if it had never come. */
export function unwind(path: Path, at: number, last: number, place: number): void {
  const { weight } = path;
  const [zero, one] = [path.zero[at + place]!, path.one[at + place]!];
  let next = weight[at + last]!;
  for (let i = last - 1; i >= 0; i--) {
    if (one === 0) weight[at + i] = (weight[at + i]! * (last + 1)) / (zero * (last - i));
    else {
      const before = weight[at + i]!;
      weight[at + i] = (next * (last + 1)) / ((i + 1) * one);
      next = before - (weight[at + i]! * zero * (last - i)) / (last + 1);
    }
  }
  for (let i = place; i < last; i++) {
    path.feature[at + i] = path.feature[at + i + 1]!;
    path.zero[at + i] = path.zero[at + i + 1]!;
    path.one[at + i] = path.one[at + i + 1]!;
  }
}

/** Sum of the weights of the path without the feature at a place. */
export function unwoundSum(path: Path, at: number, last: number, place: number): number {
  const { weight } = path;
  const [zero, one] = [path.zero[at + place]!, path.one[at + place]!];
  let next = weight[at + last]!;
  let total = 0;
  for (let i = last - 1; i >= 0; i--) {
    if (one === 0) total += (weight[at + i]! * (last + 1)) / (zero * (last - i));
    else {
      const part = (next * (last + 1)) / ((i + 1) * one);
      total += part;
      next = weight[at + i]! - (part * zero * (last - i)) / (last + 1);
    }
  }
  return total;
}

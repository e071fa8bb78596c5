/** Ranks with ties averaged and weights counted as repeated rows: the rank of a value is the mean rank of its copies. */
export function weightedRanks(values: Float64Array, weight: Float64Array): Float64Array {
  const order = Uint32Array.from(values, (_, i) => i).sort((i, j) => values[i]! - values[j]!);
  const ranks = new Float64Array(values.length);
  let before = 0;
  for (let start = 0; start < order.length;) {
    let end = start;
    let inside = 0;
    while (end < order.length && values[order[end]!] === values[order[start]!])
      inside += weight[order[end++]!]!;
    for (let i = start; i < end; i++) ranks[order[i]!] = before + (inside + 1) / 2;
    before += inside;
    start = end;
  }
  return ranks;
}

/** Weighted Pearson correlation; 0 when one side does not vary. */
export function pearsonCorrelation(a: Float64Array, b: Float64Array, weight: Float64Array): number {
  let total = 0;
  let meanA = 0;
  let meanB = 0;
  for (let i = 0; i < a.length; i++) {
    total += weight[i]!;
    meanA += weight[i]! * a[i]!;
    meanB += weight[i]! * b[i]!;
  }
  if (!(total > 0)) return 0;
  meanA /= total;
  meanB /= total;
  let aa = 0;
  let bb = 0;
  let ab = 0;
  for (let i = 0; i < a.length; i++) {
    const [da, db] = [a[i]! - meanA, b[i]! - meanB];
    aa += weight[i]! * da * da;
    bb += weight[i]! * db * db;
    ab += weight[i]! * da * db;
  }
  const scale = Math.sqrt(aa) * Math.sqrt(bb);
  return scale > 0 ? Math.max(-1, Math.min(1, ab / scale)) : 0;
}

/** Weighted Spearman rank correlation, ties averaged; 0 when one side does not vary. Sorts twice. */
export function spearmanCorrelation(a: Float64Array, b: Float64Array, weight: Float64Array): number {
  return pearsonCorrelation(weightedRanks(a, weight), weightedRanks(b, weight), weight);
}

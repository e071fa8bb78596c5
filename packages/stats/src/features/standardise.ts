import type { FeatureTable } from './feature-table.js';

/** Columns with mean 0 and standard deviation 1, and what leads back to the reader's units. */
export interface StandardColumns {
  centres: Float64Array;
  /** Standard deviations (divisor n); 0 for a column that does not vary, whose entries are then all 0. */
  scales: Float64Array;
  columns: Float64Array[];
}

/** Spread below this share of the largest value is rounding: the column does not vary. */
const ROUNDING = 1e-13;

/** Centres and scales each column, weights counted as repeated rows. Two passes a column; copies them. */
export function standardise(table: FeatureTable, weight?: ArrayLike<number>): StandardColumns {
  const count = table.columns.length;
  const centres = new Float64Array(count);
  const scales = new Float64Array(count);
  const columns = table.columns.map((column, j) => {
    let total = 0;
    let sum = 0;
    let largest = 0;
    for (let i = 0; i < column.length; i++) {
      const w = weight ? weight[i]! : 1;
      total += w;
      sum += w * column[i]!;
      largest = Math.max(largest, Math.abs(column[i]!));
    }
    const centre = total > 0 ? sum / total : 0;
    let squares = 0;
    for (let i = 0; i < column.length; i++) {
      squares += (weight ? weight[i]! : 1) * (column[i]! - centre) ** 2;
    }
    const deviation = total > 0 ? Math.sqrt(squares / total) : 0;
    const scale = deviation > ROUNDING * largest && Number.isFinite(deviation) ? deviation : 0;
    centres[j] = centre;
    scales[j] = scale;
    return column.map((value) => (scale > 0 ? (value - centre) / scale : 0));
  });
  return { centres, scales, columns };
}

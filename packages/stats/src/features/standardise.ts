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
/** A smaller standard deviation counts as none: its square would underflow, and a coefficient for one unit overflow. */
const SMALLEST = 1e-150;

/** Mean and standard deviation of a column as shares of its largest value, so that no square overflows. */
function measure(column: Float64Array, weight: ArrayLike<number> | undefined, largest: number) {
  let total = 0;
  let sum = 0;
  for (let i = 0; i < column.length; i++) {
    const w = weight ? weight[i]! : 1;
    total += w;
    sum += w * (column[i]! / largest);
  }
  const mean = total > 0 ? sum / total : 0;
  let squares = 0;
  for (let i = 0; i < column.length; i++) {
    squares += (weight ? weight[i]! : 1) * (column[i]! / largest - mean) ** 2;
  }
  return { mean, deviation: total > 0 ? Math.sqrt(squares / total) : 0 };
}

/** Centres and scales each column, weights counted as repeated rows. Three passes a column; copies them. */
export function standardise(table: FeatureTable, weight?: ArrayLike<number>): StandardColumns {
  const count = table.columns.length;
  const centres = new Float64Array(count);
  const scales = new Float64Array(count);
  const columns = table.columns.map((column, j) => {
    const largest = column.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
    const { mean, deviation } = measure(column, weight, largest);
    centres[j] = mean * largest;
    scales[j] = deviation > ROUNDING && deviation * largest > SMALLEST ? deviation * largest : 0;
    if (scales[j] === 0) return new Float64Array(column.length);
    return column.map((value) => (value / largest - mean) / deviation);
  });
  return { centres, scales, columns };
}

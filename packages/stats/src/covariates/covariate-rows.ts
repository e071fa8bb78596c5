import type { StandardColumns } from '../features/standardise.js';
import { indexDistinct } from '../purchase/distinct-values.js';
import type { PurchaseSummary } from '../purchase/purchase-summary.js';

/*
 * Terms. z: a customer's covariates, standardised. Profile: a distinct z; customers of one profile share their natural
 * parameters. Row: a distinct (profile, x, tx, T) with the number of its customers.
 */

/** Order histories by profile, as columns of equal length sorted by (profile, x). */
export interface CovariateRows {
  rows: Required<PurchaseSummary>;
  /** Rows of profile p are starts[p] ... starts[p + 1] - 1. */
  starts: Int32Array;
  /** Covariates by column and profile. */
  profiles: readonly Float64Array[];
  /** Customers by profile. */
  customersOf: Float64Array;
  customers: number;
}

/** For each row the index of its combination of values, in order of first appearance. */
function indexCombinations(columns: readonly Float64Array[], size: number): Int32Array {
  let index: Int32Array = new Int32Array(size);
  let count = 1;
  for (const column of columns) {
    const { values, index: place } = indexDistinct(column);
    // Exact in a double: both counts are at most the number of rows, 2^26 each.
    const keys = Float64Array.from(index, (before, i) => before * values.length + place[i]!);
    const merged = indexDistinct(keys);
    ({ index } = merged);
    count = merged.values.length;
    if (count === size) break;
  }
  return index;
}

/** Merges customers of equal covariates and equal history. `kept`: the columns that matter. 200 ns a row and column. */
export function covariateRows(
  summary: PurchaseSummary,
  standard: StandardColumns,
  kept: readonly number[],
): CovariateRows {
  const size = summary.frequency.length;
  const columns = kept.map((j) => standard.columns[j]!);
  const profileOf = indexCombinations(columns, size);
  const { frequency, recency, age } = summary;
  const cell = indexCombinations([Float64Array.from(profileOf), frequency, recency, age], size);
  const cells = cell.reduce((most, value) => Math.max(most, value), -1) + 1;
  const first = new Int32Array(cells).fill(-1);
  const weight = new Float64Array(cells);
  for (let i = 0; i < size; i++) {
    if (first[cell[i]!]! < 0) first[cell[i]!] = i;
    weight[cell[i]!]! += summary.weight ? summary.weight[i]! : 1;
  }
  const order = Uint32Array.from(first, (_, k) => k)
    .filter((k) => weight[k]! > 0)
    .sort(
      (j, k) =>
        profileOf[first[j]!]! - profileOf[first[k]!]! || frequency[first[j]!]! - frequency[first[k]!]!,
    );
  const rows = {
    frequency: Float64Array.from(order, (k) => frequency[first[k]!]!),
    recency: Float64Array.from(order, (k) => recency[first[k]!]!),
    age: Float64Array.from(order, (k) => age[first[k]!]!),
    weight: Float64Array.from(order, (k) => weight[k]!),
  };
  const starts: number[] = [];
  const customersOf: number[] = [];
  order.forEach((k, i) => {
    const isNew = i === 0 || profileOf[first[k]!] !== profileOf[first[order[i - 1]!]!];
    if (isNew) {
      starts.push(i);
      customersOf.push(0);
    }
    customersOf[customersOf.length - 1]! += weight[k]!;
  });
  return {
    rows,
    starts: Int32Array.from([...starts, order.length]),
    profiles: columns.map((column) => Float64Array.from(starts, (i) => column[first[order[i]!]!]!)),
    customersOf: Float64Array.from(customersOf),
    customers: customersOf.reduce((sum, w) => sum + w, 0),
  };
}

/** X'WX of standardised columns: what tells constant and collinear columns. O(n p^2). */
export function informationOf(standard: StandardColumns, weight: Float64Array | undefined): number[][] {
  const { columns } = standard;
  const information = columns.map(() => columns.map(() => 0));
  columns.forEach((left, j) => {
    for (let k = 0; k <= j; k++) {
      const right = columns[k]!;
      let sum = 0;
      for (let i = 0; i < left.length; i++) sum += (weight ? weight[i]! : 1) * left[i]! * right[i]!;
      information[j]![k] = sum;
      information[k]![j] = sum;
    }
  });
  return information;
}

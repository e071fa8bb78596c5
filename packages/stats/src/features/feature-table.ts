/** Columns of numbers with their names: `columns[j][i]` is feature j of row i. All columns are equally long. */
export interface FeatureTable {
  names: readonly string[];
  columns: readonly Float64Array[];
}

/** A table from columns by name, in the order in which they are given. */
export const featureTable = (columns: Readonly<Record<string, Float64Array>>): FeatureTable => ({
  names: Object.keys(columns),
  columns: Object.values(columns),
});

/** Number of rows of a table; 0 for a table without columns. */
export const rowsOf = (table: FeatureTable): number => table.columns[0]?.length ?? 0;

/**
 * RangeError, naming row (0-based) and column, unless the table has `rows` rows of finite numbers. With
 * `missing: 'allowed'` NaN stands for a missing value and passes. One pass.
 */
export function checkFeatures(
  table: FeatureTable,
  rows: number,
  missing: 'refused' | 'allowed' = 'refused',
): void {
  const { names, columns } = table;
  if (names.length !== columns.length) {
    throw new RangeError(`features: ${names.length} names for ${columns.length} columns`);
  }
  columns.forEach((column, j) => {
    if (column.length !== rows) {
      throw new RangeError(
        `features, column "${names[j]}": ${column.length} rows where ${rows} are expected`,
      );
    }
    for (let i = 0; i < rows; i++) {
      const value = column[i]!;
      if (Number.isFinite(value) || (missing === 'allowed' && Number.isNaN(value))) continue;
      throw new RangeError(`features, row ${i}, column "${names[j]}": ${value} is not a finite number`);
    }
  });
}

/** RangeError, naming the row, unless a column of `rows` entries holds nothing but 0 and 1. One pass. */
export function checkBinary(name: string, values: ArrayLike<number>, rows = values.length): void {
  if (values.length !== rows)
    throw new RangeError(`${name}: ${values.length} rows where ${rows} are expected`);
  for (let i = 0; i < rows; i++) {
    if (values[i] !== 0 && values[i] !== 1) {
      throw new RangeError(`${name}, row ${i}: ${values[i]} is neither 0 nor 1`);
    }
  }
}

/** RangeError, naming the row, unless every weight is a finite number of at least 0. One pass. */
export function checkWeights(weight: ArrayLike<number>, rows: number): void {
  if (weight.length !== rows)
    throw new RangeError(`weight: ${weight.length} rows where ${rows} are expected`);
  for (let i = 0; i < rows; i++) {
    if (!(weight[i]! >= 0 && weight[i]! < Number.POSITIVE_INFINITY)) {
      throw new RangeError(`weight, row ${i}: ${weight[i]} is not a weight`);
    }
  }
}

/** RangeError unless a model is given the columns it was fitted on, in that order. */
export function checkNames(table: FeatureTable, names: readonly string[]): void {
  if (table.names.length === names.length && names.every((name, j) => table.names[j] === name)) return;
  throw new RangeError(`features: the model needs the columns ${names.join(', ')} in this order`);
}

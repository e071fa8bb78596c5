/** A column that a linear model leaves out: it does not vary, or the columns before it say the same. */
export interface LeftOutColumn {
  name: string;
  reason: 'constant' | 'collinear';
}

/** Share of a column's information that must remain after the columns before it: 1 - R squared. */
const REMAINS = 1e-9;

/**
 * Which columns carry information of their own, by Cholesky factorisation of the information matrix in the given order:
 * of a set of collinear columns the first are kept, as R's glm and coxph do. `information` is that of standardised
 * columns; a diagonal below 1e-12 of the largest counts as constant. O(p^3).
 */
export function independentColumns(
  names: readonly string[],
  information: readonly (readonly number[])[],
): { kept: number[]; leftOut: LeftOutColumn[] } {
  const kept: number[] = [];
  const leftOut: LeftOutColumn[] = [];
  const factor: number[][] = [];
  const largest = information.reduce((most, row, j) => Math.max(most, row[j]!), 0);
  names.forEach((name, j) => {
    const diagonal = information[j]![j]!;
    if (!(diagonal > 1e-12 * largest)) {
      leftOut.push({ name, reason: 'constant' });
      return;
    }
    const row: number[] = [];
    let remains = diagonal;
    kept.forEach((k, place) => {
      let sum = information[j]![k]!;
      for (let m = 0; m < place; m++) sum -= row[m]! * factor[place]![m]!;
      const entry = sum / factor[place]![place]!;
      row.push(entry);
      remains -= entry * entry;
    });
    if (!(remains > REMAINS * diagonal)) {
      leftOut.push({ name, reason: 'collinear' });
      return;
    }
    row.push(Math.sqrt(remains));
    kept.push(j);
    factor.push(row);
  });
  return { kept, leftOut };
}

/** A small symmetric matrix, row by row. */
export type Matrix = readonly (readonly number[])[];

/** Lower Cholesky factor of a symmetric matrix, or null when it is not positive definite (to rounding). */
export function cholesky(matrix: Matrix): number[][] | null {
  const size = matrix.length;
  const factor = Array.from({ length: size }, () => Array.from({ length: size }, () => 0));
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i]![j]!;
      for (let k = 0; k < j; k++) sum -= factor[i]![k]! * factor[j]![k]!;
      if (i !== j) factor[i]![j] = sum / factor[j]![j]!;
      else if (!(sum > 1e-13 * Math.abs(matrix[i]![i]!))) return null;
      else factor[i]![i] = Math.sqrt(sum);
    }
  }
  return factor;
}

/** Inverse of a symmetric positive definite matrix, or null when it is not that. */
export function inverseOfPositiveDefinite(matrix: Matrix): number[][] | null {
  const factor = cholesky(matrix);
  if (factor === null) return null;
  const size = matrix.length;
  const inverse = Array.from({ length: size }, () => Array.from({ length: size }, () => 0));
  for (let column = 0; column < size; column++) {
    const y = Array.from({ length: size }, () => 0);
    for (let i = 0; i < size; i++) {
      let sum = i === column ? 1 : 0;
      for (let k = 0; k < i; k++) sum -= factor[i]![k]! * y[k]!;
      y[i] = sum / factor[i]![i]!;
    }
    for (let i = size - 1; i >= 0; i--) {
      let sum = y[i]!;
      for (let k = i + 1; k < size; k++) sum -= factor[k]![i]! * inverse[k]![column]!;
      inverse[i]![column] = sum / factor[i]![i]!;
    }
  }
  return inverse;
}

/** Sweeps of rotations; five are enough as a rule. */
const MOST_SWEEPS = 30;

/**
 * Eigenvalues of a symmetric matrix and their vectors, one a row, by Jacobi's rotations (Golub & Van Loan 2013, section 8.5).
 * For the small matrices of parameters: O(size^3) a sweep.
 */
export function eigenOf(matrix: Matrix): { values: number[]; vectors: number[][] } {
  const size = matrix.length;
  const a = matrix.map((row) => [...row]);
  const vectors = a.map((_, i) => a.map((__, j) => Number(i === j)));
  const rotate = (rows: number[][], p: number, q: number, cos: number, sin: number): void => {
    for (let k = 0; k < size; k++) {
      const [left, right] = [rows[p]![k]!, rows[q]![k]!];
      rows[p]![k] = cos * left - sin * right;
      rows[q]![k] = sin * left + cos * right;
    }
  };
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    let off = 0;
    for (let p = 0; p < size; p++)
      for (let q = p + 1; q < size; q++) {
        const entry = a[p]![q]!;
        off += entry * entry;
        if (entry === 0) continue;
        const theta = (a[q]![q]! - a[p]![p]!) / (2 * entry);
        const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
        const cos = 1 / Math.hypot(t, 1);
        const sin = t * cos;
        rotate(a, p, q, cos, sin);
        for (const row of a) {
          const [left, right] = [row[p]!, row[q]!];
          row[p] = cos * left - sin * right;
          row[q] = sin * left + cos * right;
        }
        rotate(vectors, p, q, cos, sin);
      }
    if (off === 0) break;
  }
  return { values: a.map((row, i) => row[i]!), vectors };
}

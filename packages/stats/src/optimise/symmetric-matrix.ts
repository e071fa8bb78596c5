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

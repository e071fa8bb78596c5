import type { Matrix } from './symmetric-matrix.js';

/** Covariance of exp(theta) from the covariance of theta: J C J with J = diag(exp(theta)), the delta method to first order. */
export function covarianceOfExponentials(covariance: Matrix, exponentials: readonly number[]): number[][] {
  // What underflows is 0, not -0, which JSON does not know.
  return covariance.map((row, i) => row.map((value, j) => value * exponentials[i]! * exponentials[j]! + 0));
}

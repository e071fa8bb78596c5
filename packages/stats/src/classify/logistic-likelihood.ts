import type { Curvature } from '../linear/newton.js';
import { log1pExp } from '../special/log-sums.js';

/** What a logistic regression is fitted on: standardised columns, labels 0 or 1, weights. */
export interface LabelledColumns {
  columns: readonly Float64Array[];
  label: ArrayLike<number>;
  weight: Float64Array;
}

/** Rows that are worked on together: a block of 40 columns stays in the second-level cache. */
const BLOCK = 2048;

/** Linear predictors of rows from ... to - 1; the first coefficient is the intercept. */
function predictorsOf(data: LabelledColumns, point: Float64Array, from: number, out: Float64Array): void {
  out.fill(point[0]!);
  data.columns.forEach((column, j) => {
    const slope = point[j + 1]!;
    if (slope === 0) return;
    for (let i = 0; i < out.length; i++) out[i]! += slope * column[from + i]!;
  });
}

/** Adds the block's part of X' W X (lower triangle) and X' (y - p). */
function addBlock(
  out: Curvature,
  data: LabelledColumns,
  from: number,
  residual: Float64Array,
  curvature: Float64Array,
): void {
  const size = residual.length;
  const scaled = new Float64Array(size);
  for (let j = 0; j < out.gradient.length; j++) {
    const column = j === 0 ? null : data.columns[j - 1]!;
    let sum = 0;
    for (let i = 0; i < size; i++) {
      const value = column === null ? 1 : column[from + i]!;
      sum += residual[i]! * value;
      scaled[i] = curvature[i]! * value;
    }
    out.gradient[j]! += sum;
    const row = out.information[j]!;
    for (let k = 0; k <= j; k++) {
      const other = k === 0 ? null : data.columns[k - 1]!;
      let product = 0;
      if (other === null) for (let i = 0; i < size; i++) product += scaled[i]!;
      else for (let i = 0; i < size; i++) product += scaled[i]! * other[from + i]!;
      row[k]! += product;
    }
  }
}

/**
 * Log-likelihood of a logistic regression with its gradient and information; the first coefficient is the intercept.
 * sum w (y eta - log(1 + exp eta)) (McCullagh & Nelder 1989, section 4.4). O(n p^2).
 */
export function logisticLogLikelihood(data: LabelledColumns, point: Float64Array): Curvature {
  const size = point.length;
  const rows = data.label.length;
  const out: Curvature = {
    value: 0,
    gradient: new Float64Array(size),
    information: Array.from({ length: size }, () => Array.from({ length: size }, () => 0)),
  };
  for (let from = 0; from < rows; from += BLOCK) {
    const eta = new Float64Array(Math.min(BLOCK, rows - from));
    predictorsOf(data, point, from, eta);
    const residual = new Float64Array(eta.length);
    const curvature = new Float64Array(eta.length);
    for (let i = 0; i < eta.length; i++) {
      const w = data.weight[from + i]!;
      const y = data.label[from + i]!;
      const p = 1 / (1 + Math.exp(-eta[i]!));
      out.value += w * (y * eta[i]! - log1pExp(eta[i]!));
      residual[i] = w * (y - p);
      curvature[i] = w * p * (1 - p);
    }
    addBlock(out, data, from, residual, curvature);
  }
  for (let j = 0; j < size; j++) for (let k = 0; k < j; k++) out.information[k]![j] = out.information[j]![k]!;
  return out;
}

import type { Objective } from './lbfgs.js';

/**
 * Hessian by central differences of the analytic gradient, made symmetric. Relative error about step^2.
 * Cost: two evaluations a parameter. Entries are finite only if the objective is finite around the point.
 */
export function hessianOf(objective: Objective, point: Float64Array, step = 1e-4): number[][] {
  const size = point.length;
  const columns: Float64Array[] = [];
  for (let k = 0; k < size; k++) {
    const up = Float64Array.from(point);
    const down = Float64Array.from(point);
    up[k]! += step;
    down[k]! -= step;
    const above = new Float64Array(size);
    const below = new Float64Array(size);
    objective(up, above);
    objective(down, below);
    columns.push(above.map((value, i) => (value - below[i]!) / (up[k]! - down[k]!)));
  }
  return columns.map((column, i) => columns.map((other, j) => 0.5 * (column[j]! + other[i]!)));
}

import { describe, expect, it } from 'vitest';
import { covarianceOfExponentials } from './delta-method.js';
import { hessianOf } from './hessian.js';
import { minimise, type Objective } from './lbfgs.js';
import { minimiseFromEach } from './multistart.js';
import { cholesky, eigenOf, inverseOfPositiveDefinite } from './symmetric-matrix.js';

/** Rosenbrock 1960: a curved valley, minimum 0 at (1, 1). */
const rosenbrock: Objective = (point, gradient) => {
  const [x, y] = [point[0]!, point[1]!];
  gradient[0] = -400 * x * (y - x * x) - 2 * (1 - x);
  gradient[1] = 200 * (y - x * x);
  return 100 * (y - x * x) ** 2 + (1 - x) ** 2;
};

/** Two wells, the deeper at about -1.04. */
const wells: Objective = (point, gradient) => {
  const x = point[0]!;
  gradient[0] = 4 * x * (x * x - 1) + 0.3;
  return (x * x - 1) ** 2 + 0.3 * x;
};

describe('minimise', () => {
  it('walks the curved valley to its end', () => {
    const end = minimise(rosenbrock, [-1.2, 1]);
    expect(['gradient', 'no-progress-left']).toContain(end.reason);
    expect(end.point[0]).toBeCloseTo(1, 6);
    expect(end.point[1]).toBeCloseTo(1, 6);
    expect(end.gradientNorm).toBeLessThan(1e-5);
    expect(end.evaluations).toBeLessThan(80);
  });

  it('takes one step with the right metric', () => {
    const bowl: Objective = (point, gradient) => {
      gradient[0] = 2 * point[0]! + point[1]!;
      gradient[1] = point[0]! + 4 * point[1]!;
      return point[0]! ** 2 + point[0]! * point[1]! + 2 * point[1]! ** 2;
    };
    const inverse = inverseOfPositiveDefinite(hessianOf(bowl, Float64Array.of(3, -2)))!;
    expect(minimise(bowl, [3, -2], { inverseHessian: inverse }).iterations).toBeLessThanOrEqual(2);
  });

  it('stays inside where the function ends', () => {
    const barrier: Objective = (point, gradient) => {
      if (point[0]! <= 0) return Number.POSITIVE_INFINITY;
      gradient[0] = 1 - 1e-3 / point[0]!;
      return point[0]! - 1e-3 * Math.log(point[0]!);
    };
    expect(minimise(barrier, [5]).point[0]).toBeCloseTo(1e-3, 9);
  });

  it('says when a start is outside, or when iterations run out', () => {
    expect(minimise(() => Number.NaN, [1]).reason).toBe('outside');
    expect(minimise(rosenbrock, [-1.2, 1], { maxIterations: 3 }).reason).toBe('max-iterations');
  });

  it('ends at a function without slope or bottom', () => {
    expect(minimise(() => 7, [1, 2]).reason).toBe('gradient');
    const cliff: Objective = (point, gradient) => {
      gradient[0] = 1;
      return point[0]!;
    };
    expect(['max-iterations', 'no-progress-left']).toContain(minimise(cliff, [0]).reason);
  });

  it('keeps the lowest of several ends, whatever their order', () => {
    for (const starts of [
      [[1.5], [-1.5]],
      [[-1.5], [1.5]],
    ]) {
      expect(minimiseFromEach(wells, starts).point[0]).toBeCloseTo(-1.0355, 3);
    }
    expect(() => minimiseFromEach(wells, [])).toThrow(RangeError);
  });
});

describe('curvature', () => {
  it('Hessian of Rosenbrock at its minimum', () => {
    const hessian = hessianOf(rosenbrock, Float64Array.of(1, 1));
    expect(hessian[0]![0]).toBeCloseTo(802, 3);
    expect(hessian[0]![1]).toBeCloseTo(-400, 3);
    expect(hessian[1]![1]).toBeCloseTo(200, 3);
  });

  it('inverts a positive definite matrix and refuses any other', () => {
    const matrix = [
      [4, 2, 0.5],
      [2, 3, 1],
      [0.5, 1, 2],
    ];
    const inverse = inverseOfPositiveDefinite(matrix)!;
    matrix.forEach((row, i) =>
      matrix.forEach((_, j) => {
        const product = row.reduce((sum, value, k) => sum + value * inverse[k]![j]!, 0);
        expect(product).toBeCloseTo(i === j ? 1 : 0, 12);
      }),
    );
    for (const bad of [
      [
        [1, 2],
        [2, 1],
      ],
      [
        [0, 0],
        [0, 1],
      ],
      [
        [1, 1],
        [1, 1],
      ],
      [
        [Number.NaN, 0],
        [0, 1],
      ],
    ]) {
      expect(cholesky(bad)).toBeNull();
      expect(inverseOfPositiveDefinite(bad)).toBeNull();
    }
  });

  it('takes a symmetric matrix apart into directions, ridges among them', () => {
    for (const matrix of [
      [
        [4, 2, 0.5],
        [2, 3, 1],
        [0.5, 1, 2],
      ],
      [
        [1, -1],
        [-1, 1],
      ],
      [
        [0, 0],
        [0, 0],
      ],
      [[7]],
    ]) {
      const { values, vectors } = eigenOf(matrix);
      matrix.forEach((row, i) =>
        row.forEach((entry, j) => {
          const sum = values.reduce(
            (total, value, n) => total + value * vectors[n]![i]! * vectors[n]![j]!,
            0,
          );
          expect(sum).toBeCloseTo(entry, 12);
        }),
      );
    }
  });

  it('carries a covariance of logarithms to the natural scale', () => {
    expect(
      covarianceOfExponentials(
        [
          [0.01, 0.002],
          [0.002, 0.04],
        ],
        [3, 5],
      ),
    ).toEqual([
      [0.09, 0.03],
      [0.03, 1],
    ]);
  });
});

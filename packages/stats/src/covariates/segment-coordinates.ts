import { bgBbObjective } from '../opportunity/bg-bb-likelihood.js';
import type { Objective } from '../optimise/lbfgs.js';
import type { Matrix } from '../optimise/symmetric-matrix.js';
import { betaGeometricObjective, likelihoodTables } from '../purchase/beta-geometric-likelihood.js';
import type { CustomerModelName } from '../purchase/customer-models.js';
import { nbdObjective } from '../purchase/nbd.js';
import { paretoObjective } from '../purchase/pareto-nbd-likelihood.js';
import type { PurchaseSummary } from '../purchase/purchase-summary.js';
import { regularObjective } from '../purchase/regular-likelihood.js';

/*
 * Terms. theta: log-parameters of a model, such as (ln r, ln alpha, ln a, ln b). u: quantities in which segments are taken to
 * differ independently of each other, linear in theta: the mean order rate ln(r / alpha), the evenness of customers in
 * it ln r, the odds of leaving ln(a / b) and the evenness in them. r and alpha (a and b) go together along a ridge: shrinking
 * each for itself would pull the mean, which the data tell, after the evenness, which they hardly tell.
 */

/** How a model is seen when its segments are compared. */
export interface SegmentCoordinates {
  /** Parameters that segments may differ in, in the order of theta. */
  parameters: readonly string[];
  /** Names of the quantities u. */
  quantities: readonly string[];
  /** theta = matrix x u, and back: u = inverse x theta. */
  matrix: Matrix;
  inverse: Matrix;
  /** Mean negative log-likelihood a customer in theta, with its gradient. `fixed`: parameters that are not theta's. */
  objective: (summary: PurchaseSummary, fixed: Readonly<Record<string, number>>) => Objective;
}

const betaGeometricCoordinates = {
  parameters: ['r', 'alpha', 'a', 'b'],
  quantities: ['orderRate', 'orderEvenness', 'leavingOdds', 'leavingEvenness'],
  matrix: [
    [0, 1, 0, 0],
    [-1, 1, 0, 0],
    [0, 0, 0.5, 1],
    [0, 0, -0.5, 1],
  ],
  inverse: [
    [1, -1, 0, 0],
    [1, 0, 0, 0],
    [0, 0, 1, -1],
    [0, 0, 0.5, 0.5],
  ],
} as const;

const regular = (shift: 0 | 1): SegmentCoordinates => ({
  ...betaGeometricCoordinates,
  objective: (summary, fixed) => regularObjective(summary, fixed['k']!, shift),
});

/** Every model of repeat orders with the quantities in which its segments are compared. */
export const segmentCoordinates: Readonly<Record<CustomerModelName, SegmentCoordinates>> = {
  'bg-nbd': {
    ...betaGeometricCoordinates,
    objective: (summary) => betaGeometricObjective(likelihoodTables(summary), 0),
  },
  'mbg-nbd': {
    ...betaGeometricCoordinates,
    objective: (summary) => betaGeometricObjective(likelihoodTables(summary), 1),
  },
  'bg-cnbd-k': regular(0),
  'mbg-cnbd-k': regular(1),
  'pareto-nbd': {
    parameters: ['r', 'alpha', 's', 'beta'],
    quantities: ['orderRate', 'orderEvenness', 'leavingRate', 'leavingEvenness'],
    matrix: [
      [0, 1, 0, 0],
      [-1, 1, 0, 0],
      [0, 0, 0, 1],
      [0, 0, -1, 1],
    ],
    inverse: [
      [1, -1, 0, 0],
      [1, 0, 0, 0],
      [0, 0, 1, -1],
      [0, 0, 1, 0],
    ],
    objective: paretoObjective,
  },
  nbd: {
    parameters: ['r', 'alpha'],
    quantities: ['orderRate', 'orderEvenness'],
    matrix: [
      [0, 1],
      [-1, 1],
    ],
    inverse: [
      [1, -1],
      [1, 0],
    ],
    objective: (summary) => nbdObjective(likelihoodTables(summary)),
  },
  'bg-bb': {
    parameters: ['alpha', 'beta', 'gamma', 'delta'],
    quantities: ['orderOdds', 'orderEvenness', 'leavingOdds', 'leavingEvenness'],
    matrix: [
      [0.5, 1, 0, 0],
      [-0.5, 1, 0, 0],
      [0, 0, 0.5, 1],
      [0, 0, -0.5, 1],
    ],
    inverse: [
      [1, -1, 0, 0],
      [0.5, 0.5, 0, 0],
      [0, 0, 1, -1],
      [0, 0, 0.5, 0.5],
    ],
    objective: ({ frequency, recency, age, weight }) =>
      bgBbObjective({ frequency, recency, opportunities: age, ...(weight ? { weight } : {}) }),
  },
};

/** matrix x vector. */
export function transformed(matrix: Matrix, vector: ArrayLike<number>): Float64Array {
  return Float64Array.from(matrix, (row) => row.reduce((sum, value, k) => sum + value * vector[k]!, 0));
}

/** The objective as a function of u: f(matrix x u), with the gradient carried over. */
export function inQuantities(objective: Objective, matrix: Matrix): Objective {
  const slopes = new Float64Array(matrix.length);
  return (point, gradient) => {
    const value = objective(transformed(matrix, point), slopes);
    for (let k = 0; k < gradient.length; k++)
      gradient[k] = matrix.reduce((sum, row, i) => sum + row[k]! * slopes[i]!, 0);
    return value;
  };
}

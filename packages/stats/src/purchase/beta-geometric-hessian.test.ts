import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hessianOf } from '../optimise/hessian.js';
import { betaGeometricHessian } from './beta-geometric-hessian.js';
import { betaGeometricObjective, likelihoodTables } from './beta-geometric-likelihood.js';

const customer = fc
  .record({
    x: fc.integer({ min: 0, max: 60 }),
    last: fc.double({ min: 0.01, max: 1, noNaN: true }),
    age: fc.integer({ min: 1, max: 400 }),
    weight: fc.integer({ min: 1, max: 9 }),
  })
  .map(({ x, last, age, weight }) => ({ x, tx: x === 0 ? 0 : last * age, age, weight }));

describe.each([
  ['BG/NBD', 0],
  ['MBG/NBD', 1],
] as const)('exact Hessian of %s', (_, shift) => {
  it('equals the differences of the gradient', () => {
    const parameter = fc.double({ min: -2, max: 3, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(customer, { minLength: 1, maxLength: 40 }),
        fc.tuple(parameter, parameter, parameter, parameter),
        (customers, logs) => {
          const tables = likelihoodTables({
            frequency: Float64Array.from(customers, (each) => each.x),
            recency: Float64Array.from(customers, (each) => each.tx),
            age: Float64Array.from(customers, (each) => each.age),
            weight: Float64Array.from(customers, (each) => each.weight),
          });
          const point = Float64Array.from(logs);
          const exact = betaGeometricHessian(tables, shift)(point);
          const differences = hessianOf(betaGeometricObjective(tables, shift), point);
          const size = Math.max(1, ...differences.flat().map(Math.abs));
          exact.forEach((row, i) =>
            row.forEach((value, j) =>
              expect(Math.abs(value - differences[i]![j]!)).toBeLessThan(2e-6 * size),
            ),
          );
        },
      ),
      { numRuns: 200 },
    );
  });
});

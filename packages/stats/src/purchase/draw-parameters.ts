import { randomFrom } from '../distributions/random.js';
import { cholesky } from '../optimise/symmetric-matrix.js';

/**
 * Draws of the parameters from their large-sample distribution: log-parameters are normal with the fit's covariance
 * (carried to logs by the delta method), so every draw is positive. Empty when the fit has no covariance.
 * Use: work out a portfolio total for each draw; its spread is the part of the uncertainty that does not average out
 * over customers.
 */
export function drawParameters<P extends object>(
  fit: { parameters: P; covariance: number[][] | null },
  count: number,
  seed: number,
): P[] {
  const names = Object.keys(fit.parameters) as (keyof P & string)[];
  const values = names.map((name) => fit.parameters[name] as number);
  const logs = fit.covariance?.map((row, i) => row.map((value, j) => value / (values[i]! * values[j]!)));
  const factor = logs ? cholesky(logs) : null;
  if (factor === null) return [];
  const random = randomFrom(seed);
  return Array.from({ length: count }, () => {
    const z = values.map(() => random.normal());
    const shifted = factor.map(
      (row, i) => values[i]! * Math.exp(row.reduce((sum, value, k) => sum + value * z[k]!, 0)),
    );
    return Object.fromEntries(names.map((name, i) => [name, shifted[i]!])) as P;
  });
}

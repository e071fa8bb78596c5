import { randomFrom } from '../distributions/random.js';
import { cholesky, eigenOf } from '../optimise/symmetric-matrix.js';

/** A matrix whose square, by its transpose, is a covariance that has no variance along some directions. */
function rootOf(covariance: number[][]): number[][] {
  const { values, vectors } = eigenOf(covariance);
  return covariance.map((_, i) => values.map((value, n) => Math.sqrt(Math.max(0, value)) * vectors[n]![i]!));
}

/**
 * Draws of the parameters from their large-sample distribution: log-parameters are normal with the fit's covariance
 * (carried to logs by the delta method), so every draw is positive. Empty when the fit has no covariance.
 * Use: work out a portfolio total for each draw; its spread is the part of the uncertainty that does not average out
 * over customers. A parameter without variance (the k of regular buyers) is taken as known and keeps its value.
 */
export function drawParameters<P extends object>(
  fit: { parameters: P; covariance: number[][] | null },
  count: number,
  seed: number,
): P[] {
  const names = Object.keys(fit.parameters) as (keyof P & string)[];
  const values = names.map((name) => fit.parameters[name] as number);
  const { covariance } = fit;
  if (covariance === null) return [];
  const free = values.map((_, i) => i).filter((i) => covariance[i]![i] !== 0);
  const ofLogs = free.map((i) => free.map((j) => covariance[i]![j]! / (values[i]! * values[j]!)));
  const factor = cholesky(ofLogs) ?? rootOf(ofLogs);
  const random = randomFrom(seed);
  return Array.from({ length: count }, () => {
    const z = free.map(() => random.normal());
    const shifted = [...values];
    factor.forEach((row, i) => {
      shifted[free[i]!]! *= Math.exp(row.reduce((sum, value, k) => sum + value * z[k]!, 0));
    });
    return Object.fromEntries(names.map((name, i) => [name, shifted[i]!])) as P;
  });
}

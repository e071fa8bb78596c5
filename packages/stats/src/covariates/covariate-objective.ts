import type { Objective } from '../optimise/lbfgs.js';
import { customerModels } from '../purchase/customer-models.js';
import { covariateSigns, type CovariateModelName } from './covariate-model.js';
import type { CovariateRows } from './covariate-rows.js';
import {
  betaGeometricLikelihood,
  nbdLikelihood,
  paretoLikelihood,
  type ProfileLikelihood,
} from './profile-likelihoods.js';

const likelihoodOf: Readonly<Record<CovariateModelName, (rows: CovariateRows) => ProfileLikelihood>> = {
  'bg-nbd': (rows) => betaGeometricLikelihood(rows, 0),
  'mbg-nbd': (rows) => betaGeometricLikelihood(rows, 1),
  'pareto-nbd': paretoLikelihood,
  nbd: nbdLikelihood,
};

/** Where the effects of a model stand in a point: after the parameters, parameter by parameter, column by column. */
export interface Layout {
  /** Places of the parameters that depend on covariates, with the sign of their effects. */
  moved: { place: number; parameter: string; sign: 1 | -1 }[];
  parameters: readonly string[];
  columns: number;
}

export function layoutOf(name: CovariateModelName, columns: number): Layout {
  const parameters = customerModels[name].parameterNames;
  const moved = Object.entries(covariateSigns[name]).map(([parameter, sign]) => ({
    place: parameters.indexOf(parameter),
    parameter,
    sign,
  }));
  return { moved, parameters, columns };
}

/**
 * Mean negative log-likelihood a customer, with half the ridges of the columns (one for all of them), as a function of the log-parameters at the centres and the
 * effects of standardised columns, with its analytic gradient.
 */
export function covariateObjective(
  name: CovariateModelName,
  rows: CovariateRows,
  ridges: number | readonly number[],
): Objective {
  const ridgeOf = (column: number): number => (typeof ridges === 'number' ? ridges : ridges[column]!);
  const likelihood = likelihoodOf[name](rows);
  const { moved, parameters, columns } = layoutOf(name, rows.profiles.length);
  const count = rows.customersOf.length;
  const natural = parameters.map(() => new Float64Array(count));
  const slopes = parameters.map(() => new Float64Array(count));
  return (point, gradient) => {
    natural.forEach((own, k) => own.fill(point[k]!));
    moved.forEach(({ place, sign }, e) =>
      rows.profiles.forEach((column, j) => {
        const effect = sign * point[parameters.length + e * columns + j]!;
        for (let p = 0; p < count; p++) natural[place]![p]! += effect * column[p]!;
      }),
    );
    // Logs of what doubles can hold, with room for products.
    if (natural.some((own) => own.some((value) => !(Math.abs(value) < 230)))) return Number.POSITIVE_INFINITY;
    for (const own of natural) for (let p = 0; p < count; p++) own[p] = Math.exp(own[p]!);
    for (const own of slopes) own.fill(0);
    let value = -likelihood(natural, slopes);
    slopes.forEach((own, k) => (gradient[k] = -own.reduce((sum, slope) => sum + slope, 0) / rows.customers));
    moved.forEach(({ place, sign }, e) =>
      rows.profiles.forEach((column, j) => {
        const at = parameters.length + e * columns + j;
        let slope = 0;
        for (let p = 0; p < count; p++) slope += slopes[place]![p]! * column[p]!;
        value += 0.5 * ridgeOf(j) * point[at]! ** 2;
        gradient[at] = (ridgeOf(j) * point[at]! - sign * slope) / rows.customers;
      }),
    );
    return value / rows.customers;
  };
}

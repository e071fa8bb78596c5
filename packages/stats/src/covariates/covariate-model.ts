import { customerModel, type CustomerModel } from '../purchase/customer-models.js';

/** Models of repeat orders that take covariates. */
export type CovariateModelName = 'bg-nbd' | 'mbg-nbd' | 'pareto-nbd' | 'nbd';

/**
 * Which parameters depend on covariates, and how: with +1 the parameter is multiplied by exp(effect x (z - centre)), with -1
 * divided. Fader & Hardie 2007: alpha = alpha0 exp(-gamma1'z), beta = beta0 exp(-gamma2'z) in the Pareto/NBD, and
 * alpha = alpha0 exp(-gamma1'z), a = a0 exp(gamma2'z), b = b0 exp(gamma3'z) in the BG/NBD. An effect on alpha (beta) above 0
 * then means more orders (leaving sooner).
 */
export const covariateSigns: Readonly<Record<CovariateModelName, Readonly<Record<string, 1 | -1>>>> = {
  'bg-nbd': { alpha: -1, a: 1, b: 1 },
  'mbg-nbd': { alpha: -1, a: 1, b: 1 },
  'pareto-nbd': { alpha: -1, beta: -1 },
  nbd: { alpha: -1 },
};

/** A model of repeat orders whose parameters depend on time-invariant covariates: plain data. */
export interface CovariateModel {
  name: CovariateModelName;
  /** Of the customer whose covariates are the centres. */
  parameters: Record<string, number>;
  covariates: {
    names: string[];
    /** Zero for all gives the formulas of the paper: then the parameters are alpha0, beta0, a0 and b0. */
    centres: number[];
    /** Effects by parameter, one for each name, for one unit of the column. */
    effects: Record<string, number[]>;
  };
}

/** Largest exponent in size: e^60 is no ratio of customers, and powers of it still fit a double. */
const MOST = 60;

function checkCovariates({ name, covariates }: CovariateModel): void {
  if (!Object.hasOwn(covariateSigns, name))
    throw new RangeError(`model ${JSON.stringify(name)} takes no covariates`);
  const { names, centres, effects } = covariates;
  if (!Array.isArray(names) || !Array.isArray(centres) || centres.length !== names.length)
    throw new RangeError(`covariates: a centre is needed for each of the names`);
  const wanted = Object.keys(covariateSigns[name]);
  for (const parameter of wanted) {
    const own = effects?.[parameter];
    const valid = Array.isArray(own) && own.length === names.length && own.every(Number.isFinite);
    if (!valid)
      throw new RangeError(`covariates: effects on ${parameter} must be one number for each of the names`);
  }
}

/**
 * The model of one customer: his natural parameters, given his covariates in the order of the model's names. Everything that
 * can be asked of a customer without covariates (customerFuture, scoring, draws) can then be asked of him. Fader & Hardie
 * 2007. RangeError for a model that is none, or covariates that are not finite numbers. Effects are cut at factors of e^60.
 */
export function modelOfCustomer(model: CovariateModel, covariates: ArrayLike<number>): CustomerModel {
  checkCovariates(model);
  const { names, centres, effects } = model.covariates;
  if (covariates.length !== names.length)
    throw new RangeError(`covariates: ${covariates.length} values for the columns ${names.join(', ')}`);
  const parameters = { ...model.parameters };
  for (const [parameter, sign] of Object.entries(covariateSigns[model.name])) {
    let exponent = 0;
    effects[parameter]!.forEach((effect, j) => {
      const value = covariates[j]!;
      if (!Number.isFinite(value))
        throw new RangeError(`covariates, column "${names[j]}": ${value} is not a finite number`);
      if (effect !== 0) exponent += effect * (value - centres[j]!);
    });
    parameters[parameter]! *= Math.exp(sign * Math.max(-MOST, Math.min(MOST, exponent)));
  }
  return customerModel({ name: model.name, parameters });
}

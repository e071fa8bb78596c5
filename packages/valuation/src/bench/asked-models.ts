import { CodedError } from '@kezi/contract/errors';
import { customerModels } from '@kezi/stats';
import { askClusters, askCox, askLogistic, askTrees } from './ask-classifiers.js';
import { askContracts, askCurve, askSpend } from './ask-contracts.js';
import { askCustomers } from './ask-customers.js';
import { askHazard } from './ask-hazard.js';
import type { AskedModel, EvalOptions, GivenModel, ReadModel } from './asked-model.js';

/** All models that rows can be put to, by the name that stands in their JSON. */
const askedModels: Readonly<Record<string, ReadModel>> = {
  ...Object.fromEntries(Object.keys(customerModels).map((name) => [name, askCustomers])),
  'gamma-gamma': askSpend,
  sbg: askContracts,
  bdw: askContracts,
  hazard: askHazard,
  'kaplan-meier': askCurve,
  cox: askCox,
  logistic: askLogistic,
  gbdt: askTrees,
  'k-means': askClusters,
};

/**
 * Does something with a model that was given, which is not known to be one. CodedError models.bad_model, with `file` (where it was
 * given), says what is wrong with it.
 */
export function withGivenModel<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof RangeError || error instanceof TypeError))
      throw error;
    throw new CodedError('models.bad_model', { file, reason: error.message }, { cause: error });
  }
}

/** A model as a fit answers it, or written by hand. RangeError or TypeError where it is none. CodedError models.flag_missing. */
export function askedModel(given: GivenModel, options: EvalOptions): AskedModel {
  const name = String(given['name']);
  if (!Object.hasOwn(askedModels, name))
    throw new RangeError(`no model ${JSON.stringify(name)}; known: ${Object.keys(askedModels).join(', ')}`);
  return askedModels[name]!(given, options);
}

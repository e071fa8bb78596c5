import {
  contractSurvival,
  discountedResidualLifetime,
  expectedSpend,
  LN_FREQUENCY,
  spendInterval,
  spendModelOfCustomer,
  survivalAt,
  type ContractModel,
  type SpendModel,
  type SpendRegressionModel,
  type SurvivalCurve,
} from '@kezi/stats';
import { featureReader, numberList, textList } from './asked-features.js';
import {
  eachRow,
  horizonOf,
  lastedOf,
  numberOf,
  type AskedModel,
  type AskedRow,
  type EvalOptions,
  type GivenModel,
} from './asked-model.js';

/** RangeError, naming the parameter, unless all are positive numbers. */
function positive(given: unknown, names: readonly string[]): Record<string, number> {
  const values = { ...(given as Record<string, unknown>) };
  for (const name of names) {
    const value = values[name];
    if (!(typeof value === 'number' && value > 0 && value < Number.POSITIVE_INFINITY))
      throw new RangeError(`parameter ${name} must be a positive number`);
  }
  return values as Record<string, number>;
}

/** The spend model of a row: the same for all, or by its covariates. */
function spendModelFor(given: GivenModel): {
  columns: readonly string[];
  modelFor: (row: AskedRow) => SpendModel;
} {
  const parameters = positive(given['parameters'], ['p', 'q', 'v']) as unknown as SpendModel['parameters'];
  if (!('covariates' in given)) {
    const model: SpendModel = { name: 'gamma-gamma', parameters };
    return { columns: [], modelFor: () => model };
  }
  const model = given as unknown as SpendRegressionModel;
  const names = textList(model.covariates.names, 'covariates.names');
  numberList(model.covariates.centres, 'covariates.centres', names.length);
  numberList(model.covariates.effects.v, 'covariates.effects.v', names.length);
  const { columns, read } = featureReader(
    names.filter((name) => name !== LN_FREQUENCY),
    given['coding'],
  );
  return {
    columns,
    modelFor: (row) => spendModelOfCustomer(model, numberOf(row, 'frequency'), read(row)),
  };
}

/** Spend an order: its expectation, and the interval in which the customer's mean lies with 80 %. */
export function askSpend(given: GivenModel): AskedModel {
  const { columns, modelFor } = spendModelFor(given);
  return {
    columns: ['frequency', 'monetary_value', ...columns],
    ask: eachRow((row) => {
      const x = numberOf(row, 'frequency');
      const model = modelFor(row);
      const m = x === 0 ? 0 : numberOf(row, 'monetary_value');
      const mean = expectedSpend(model, x, m);
      // The model has no mean there: JSON has no word for infinity.
      return { expected_spend: Number.isFinite(mean) ? mean : null, ...spendInterval(model, x, m) };
    }),
  };
}

/** Contracts: a row is a customer after `period` renewals. */
export function askContracts(given: GivenModel, options: EvalOptions): AskedModel {
  const names = given['name'] === 'sbg' ? ['alpha', 'beta'] : ['alpha', 'beta', 'c'];
  const parameters = positive(given['parameters'], names);
  const model = { name: given['name'], parameters } as unknown as ContractModel;
  const horizon = horizonOf(options);
  const { discountRate } = options;
  return {
    columns: ['period'],
    ask: eachRow((row) => {
      const period = numberOf(row, 'period');
      const survival = contractSurvival(model, period);
      return {
        survival,
        retention: survival > 0 ? contractSurvival(model, period + 1) / survival : null,
        expected_renewals: discountedResidualLifetime(model, period, 0, horizon),
        ...(discountRate === null ? {} : { derl: discountedResidualLifetime(model, period, discountRate) }),
      };
    }),
  };
}

/** A survival curve: the chance to last the horizon, for a customer who has lasted so far. */
export function askCurve(given: GivenModel, options: EvalOptions): AskedModel {
  const time = given['time'];
  const size = Array.isArray(time) ? time.length : 0;
  const curve = {
    time: numberList(time, 'time', size),
    survival: numberList(given['survival'], 'survival', size),
    lower: numberList(given['lower'], 'lower', size),
    upper: numberList(given['upper'], 'upper', size),
  } as unknown as SurvivalCurve;
  const horizon = horizonOf(options);
  return {
    columns: [],
    ask: eachRow((row) => {
      const lasted = lastedOf(given)(row);
      const now = survivalAt(curve, lasted).survival;
      const then = survivalAt(curve, lasted + horizon).survival;
      return { survival: now > 0 ? then / now : null };
    }),
  };
}

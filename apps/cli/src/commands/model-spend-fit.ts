import { fitGammaGamma, fitSpendRegression } from '@kezi/stats';
import { readWeighted, type FittedKind } from './fitted-kind.js';
import { featuresOf } from './model-features.js';
import { numbersOf } from './model-table.js';

/** The column among the covariates that stands for its own logarithm: how often a customer orders. */
const FREQUENCY = 'frequency';

/** Spend an order: alone, or as it goes with covariates, the frequency among them. */
export const gammaGamma: FittedKind = {
  columns: 'frequency,monetary_value[,weight] [--covariates]',
  takes: ['covariates', 'ridge'],
  fit: async (file, { covariates, ridge }) => {
    const { table, weight } = await readWeighted(file, [FREQUENCY, 'monetary_value', ...(covariates ?? [])]);
    const frequency = numbersOf(table, FREQUENCY);
    const summary = { frequency, monetaryValue: numbersOf(table, 'monetary_value'), ...weight };
    if (covariates === undefined) return fitGammaGamma(summary);
    const others = covariates.filter((name) => name.toLowerCase() !== FREQUENCY);
    const { table: features, ...coding } = featuresOf(table, others, 'treatment');
    const options = {
      byFrequency: others.length < covariates.length,
      ...(ridge === undefined ? {} : { ridge }),
    };
    return { ...fitSpendRegression(summary, features, options), coding };
  },
};

import { CodedError } from '@kezi/contract/errors';
import { fitGammaGamma, fitSpendRegression } from '@kezi/stats';
import { featuresOf } from './bench-features.js';
import { numbersOf, weightOf } from './bench-table.js';
import { toldFit, type FittedKind } from './fitted-kind.js';

/** The column among the covariates that stands for its own logarithm: how often a customer orders. */
const FREQUENCY = 'frequency';

/** Spend an order: alone, or as it goes with covariates, the frequency among them. */
export const gammaGamma: FittedKind = {
  columns: [FREQUENCY, 'monetary_value'],
  optional: ['weight'],
  needs: [],
  takes: ['covariates', 'ridge'],
  fit: (table, { covariates, ridge }) => {
    const frequency = numbersOf(table, FREQUENCY);
    const summary = { frequency, monetaryValue: numbersOf(table, 'monetary_value'), ...weightOf(table) };
    table.lines.forEach((line, i) => {
      const [orders, mean] = [frequency[i]!, summary.monetaryValue[i]!];
      const possible = Number.isInteger(orders) && orders >= 0 && mean >= 0;
      if (!possible) throw new CodedError('models.bad_spend', { line, frequency: orders, spend: mean });
    });
    if (covariates === undefined) return toldFit(fitGammaGamma(summary, { edgeIntervals: true }));
    const others = covariates.filter((name) => name.toLowerCase() !== FREQUENCY);
    const { table: features, ...coding } = featuresOf(table, others, 'treatment');
    const options = {
      byFrequency: others.length < covariates.length,
      ...(ridge === undefined ? {} : { ridge }),
    };
    return { ...toldFit(fitSpendRegression(summary, features, options)), coding };
  },
};

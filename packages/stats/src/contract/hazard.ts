import { fitLogistic, type LogisticFit } from '../classify/logistic.js';
import { checkFeatures, type FeatureTable } from '../features/feature-table.js';
import type { Coefficient } from '../linear/coefficients.js';
import { likelihoodRatio, type LikelihoodRatio } from '../linear/likelihood-ratio.js';
import { checkPersonPeriods, type PersonPeriods } from './person-periods.js';

/**
 * How the risk of leaving goes with tenure: 'log': its log odds are a line in ln(period); 'each': every period has its own,
 * and those after the last are as the last; 'constant': it does not.
 */
export type HazardBaseline = 'log' | 'each' | 'constant';

/** A discrete-time hazard: enough to predict with, plain JSON. */
export interface HazardModel {
  name: 'hazard';
  baseline: HazardBaseline;
  /** Log odds of leaving in a period where everything else is zero (for 'each': in the first of `periods`). */
  intercept: number;
  /** 'log': the slope of ln(period). 'each': the difference to the first of `periods`. 'constant': empty. */
  byPeriod: number[];
  /** For 'each', the periods that were seen, rising; else empty. */
  periods: number[];
  /** Columns that may change from period to period, and their effects on the log odds for one unit. */
  names: string[];
  coefficients: number[];
}

export interface HazardOptions {
  /** Default 'log'. */
  baseline?: HazardBaseline;
  /** Weight of half the squared effects of standardised columns against the log-likelihood. Default 0. */
  ridge?: number;
  /** Level of the intervals. Default 0.95. */
  level?: number;
}

/** Outcome of a fit: plain data, keeps nothing of what it was fitted on. */
export interface HazardFit {
  model: HazardModel;
  /** Intercept, tenure, columns: change of the log odds of leaving for one unit more; no errors with a ridge. */
  coefficients: Coefficient[];
  logLikelihood: number;
  /** Of the columns, tenure being in both; null with a ridge or for a fit that is not trusted. */
  likelihoodRatio: LikelihoodRatio | null;
  ridge: number;
  customers: number;
  /** Rows: periods at risk, over all customers. */
  rows: number;
  events: number;
  converged: boolean;
  reason: LogisticFit['reason'];
  warnings: LogisticFit['warnings'];
  leftOut: LogisticFit['leftOut'];
  diverging: string[];
}

/** The columns that stand for tenure. */
function tenureColumns(
  period: Float64Array,
  baseline: HazardBaseline,
): { periods: number[]; table: FeatureTable } {
  if (baseline === 'constant') return { periods: [], table: { names: [], columns: [] } };
  if (baseline === 'log')
    return { periods: [], table: { names: ['ln(period)'], columns: [period.map((t) => Math.log(t))] } };
  const periods = [...new Set(period)].sort((a, b) => a - b);
  const others = periods.slice(1);
  return {
    periods,
    table: {
      names: others.map((t) => `period=${t}`),
      columns: others.map((t) => period.map((own) => Number(own === t))),
    },
  };
}

/**
 * Fits the risk that a contract ends in a period, given that it has lasted until then, as a logistic regression on one row for
 * each period at risk: log odds = intercept + tenure + effects x columns, where columns such as price, usage and complaints may
 * change from period to period. Rows of one customer count as independent, which is exact for this likelihood. Sources:
 * Allison 1982, 'Discrete-time methods for the analysis of event histories', eq. 8; Singer & Willett 1993. Columns that are constant or
 * follow from others are left out and named; effects without bound (a period, or a level, in which nobody left) are told as a
 * separation, and a ridge gives them a bound. RangeError, naming the row, for rows that are no person-periods and numbers
 * that are not finite; all else is a typed outcome. Two logistic regressions: O(n p^2) an iteration.
 */
export function fitHazard(rows: PersonPeriods, table: FeatureTable, options: HazardOptions = {}): HazardFit {
  const { baseline = 'log', ridge = 0, level = 0.95 } = options;
  if (!(ridge >= 0 && ridge < Number.POSITIVE_INFINITY)) throw new RangeError(`ridge ${ridge} is no penalty`);
  checkPersonPeriods(rows);
  checkFeatures(table, rows.period.length);
  const size = rows.period.length;
  const { periods, table: tenure } = tenureColumns(rows.period, baseline);
  const both = {
    names: [...tenure.names, ...table.names],
    columns: [...tenure.columns, ...table.columns],
  };
  // A ridge on the sum over rows is that on their mean times the rows.
  const settings = { penalty: size > 0 ? ridge / size : 0, mixing: 0, level };
  const fit = fitLogistic(both, rows.event, settings);
  const without = fitLogistic(tenure, rows.event, { level });
  const isTested = fit.converged && without.converged && ridge === 0;
  const kept = table.names.filter((name) => fit.leftOut.every((left) => left.name !== name)).length;
  const slopes = fit.model.coefficients;
  return {
    model: {
      name: 'hazard',
      baseline,
      intercept: fit.model.intercept,
      byPeriod: slopes.slice(0, tenure.names.length),
      periods,
      names: [...table.names],
      coefficients: slopes.slice(tenure.names.length),
    },
    coefficients: fit.coefficients,
    logLikelihood: fit.logLikelihood,
    likelihoodRatio: isTested ? likelihoodRatio(fit.logLikelihood - without.logLikelihood, kept) : null,
    ridge,
    customers: new Set(Array.from(rows.customer)).size,
    rows: size,
    events: fit.positives,
    converged: fit.converged,
    reason: fit.reason,
    warnings: fit.warnings,
    leftOut: fit.leftOut,
    diverging: fit.diverging,
  };
}

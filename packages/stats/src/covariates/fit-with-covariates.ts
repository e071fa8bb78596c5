import { checkFeatures, type FeatureTable } from '../features/feature-table.js';
import { standardise, type StandardColumns } from '../features/standardise.js';
import { checkLevel, coefficientLine, type Coefficient } from '../linear/coefficients.js';
import { independentColumns, type LeftOutColumn } from '../linear/independent-columns.js';
import { likelihoodRatio, type LikelihoodRatio } from '../linear/likelihood-ratio.js';
import {
  fitByLikelihood,
  type Fit,
  type FitOptions,
  type FitReason,
  type FitWarning,
} from '../optimise/fit-by-likelihood.js';
import type { Objective } from '../optimise/lbfgs.js';
import { onLogScale, type LogScaleEnd } from '../optimise/log-scale.js';
import { customerModels } from '../purchase/customer-models.js';
import { checkPurchaseSummary, type PurchaseSummary } from '../purchase/purchase-summary.js';
import { covariateSigns, type CovariateModel, type CovariateModelName } from './covariate-model.js';
import { covariateRows, informationOf, type CovariateRows } from './covariate-rows.js';
import {
  betaGeometricLikelihood,
  nbdLikelihood,
  paretoLikelihood,
  type ProfileLikelihood,
} from './profile-likelihoods.js';

type Parameters = Record<string, number>;

/** What a reader should know of a fit with covariates that may still be used. */
export type CovariateWarning = FitWarning | 'columns-left-out' | 'few-repeaters-per-column';

export interface CovariateOptions extends FitOptions {
  /**
   * Weight of half the squared effects of standardised columns against the log-likelihood: the precision of a normal prior
   * about no effect. Default 0: plain maximum likelihood.
   */
  ridge?: number;
  /** Level of the intervals. Default 0.95. */
  level?: number;
}

/** Effects of the columns on one quantity, for one unit of a column. */
export interface CovariateEffects {
  /**
   * 'orders': change of ln(order rate). 'leaving': change of the log odds of leaving after an order (BG models) or of
   * ln(rate of leaving) (Pareto/NBD).
   */
  on: 'orders' | 'leaving';
  /** One line a column. With a ridge, errors and intervals are those of the posterior under its prior. */
  coefficients: Coefficient[];
}

/** Outcome of a fit with covariates: plain data, keeps nothing of what it was fitted on. A CovariateModel as it stands. */
export interface CovariateFit extends CovariateModel {
  /** Of the natural parameters of the customer at the centres. */
  standardErrors: Parameters | null;
  effects: CovariateEffects[];
  /**
   * Covariance of the logs of the parameters and, after them, of the effects on each parameter, for one unit of each column
   * that was not left out; null for a fit that is not trusted.
   */
  covariance: number[][] | null;
  ridge: number;
  logLikelihood: number;
  /** Of the same model without covariates. */
  plain: { parameters: Parameters; logLikelihood: number };
  /** 2 (logLikelihood - plain.logLikelihood) against chi-squared; null with a ridge, or for a fit that is not trusted. */
  likelihoodRatio: LikelihoodRatio | null;
  customers: number;
  iterations: number;
  evaluations: number;
  converged: boolean;
  reason: FitReason | null;
  warnings: CovariateWarning[];
  leftOut: LeftOutColumn[];
  /** Columns whose effect ran to its bound: one of their levels has no repeat orders, say. */
  diverging: string[];
}

/** Fewer repeaters than this for each effect make a fit shaky, as in other regressions (Peduzzi et al. 1995). */
const REPEATERS_PER_EFFECT = 10;
/** An effect of a standardised column this far out has run away: e^8 between customers one deviation apart. */
const RUN_AWAY = 8;

const likelihoodOf: Readonly<Record<CovariateModelName, (rows: CovariateRows) => ProfileLikelihood>> = {
  'bg-nbd': (rows) => betaGeometricLikelihood(rows, 0),
  'mbg-nbd': (rows) => betaGeometricLikelihood(rows, 1),
  'pareto-nbd': paretoLikelihood,
  nbd: nbdLikelihood,
};

/** Where the effects of a model stand in a point: after the parameters, parameter by parameter, column by column. */
interface Layout {
  /** Places of the parameters that depend on covariates, with the sign of their effects. */
  moved: { place: number; parameter: string; sign: 1 | -1 }[];
  parameters: readonly string[];
  columns: number;
}

function layoutOf(name: CovariateModelName, columns: number): Layout {
  const parameters = customerModels[name].parameterNames;
  const moved = Object.entries(covariateSigns[name]).map(([parameter, sign]) => ({
    place: parameters.indexOf(parameter),
    parameter,
    sign,
  }));
  return { moved, parameters, columns };
}

/**
 * Mean negative log-likelihood a customer, with half the ridge, as a function of the log-parameters at the centres and the
 * effects of standardised columns, with its analytic gradient.
 */
export function covariateObjective(name: CovariateModelName, rows: CovariateRows, ridge: number): Objective {
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
        value += 0.5 * ridge * point[at]! ** 2;
        gradient[at] = (ridge * point[at]! - sign * slope) / rows.customers;
      }),
    );
    return value / rows.customers;
  };
}

/** The end of a search: logs of the parameters and effects of standardised columns, with their covariance. */
interface StandardEnd extends LogScaleEnd {
  fit: Fit<Parameters>;
}

function search(
  name: CovariateModelName,
  rows: CovariateRows,
  plain: Parameters,
  options: CovariateOptions,
): StandardEnd {
  const { moved, parameters, columns } = layoutOf(name, rows.profiles.length);
  const effects = moved.flatMap(({ parameter }) =>
    Array.from({ length: columns }, (_, j) => `${parameter}:${j}`),
  );
  const logs = parameters.map((parameter) => Math.log(plain[parameter]!));
  // Effects go through the search as logs of factors, as the parameters do.
  const fit = fitByLikelihood<Parameters>(
    {
      name,
      names: [...parameters, ...effects],
      customers: rows.customers,
      objective: covariateObjective(name, rows, options.ridge ?? 0),
      starts: [Float64Array.from([...logs, ...effects.map(() => 0)])],
      centre: [...logs, ...effects.map(() => 0)],
    },
    options,
  );
  return { fit, ...onLogScale(fit) };
}

/** Lines of one quantity: a sum of effects by parameter, each with its share. */
function linesOf(
  on: CovariateEffects['on'],
  shares: Readonly<Record<string, number>>,
  { table, kept, standard, layout, level, end: { point } }: Ended,
  covariance: number[][] | null,
): CovariateEffects {
  const coefficients = table.names.map((name, j) => {
    const column = kept.indexOf(j);
    if (column < 0) return coefficientLine(name, 0, null, level);
    const scale = standard.scales[j]!;
    const places = layout.moved.flatMap(({ parameter }, e) => {
      const share = shares[parameter] ?? 0;
      return share === 0 ? [] : [{ at: layout.parameters.length + e * layout.columns + column, share }];
    });
    const estimate = places.reduce((sum, { at, share }) => sum + share * point[at]!, 0) / scale;
    let variance = 0;
    for (const left of places)
      for (const right of places)
        variance += left.share * right.share * (covariance?.[left.at]?.[right.at] ?? Number.NaN);
    return coefficientLine(name, estimate, variance / scale ** 2, level);
  });
  return { on, coefficients };
}

/** What each quantity is made of: leaving in BG models is the log odds ln(a / b). */
const quantitiesOf = (name: CovariateModelName): Partial<Record<CovariateEffects['on'], Parameters>> => {
  if (name === 'nbd') return { orders: { alpha: 1 } };
  return { orders: { alpha: 1 }, leaving: name === 'pareto-nbd' ? { beta: 1 } : { a: 1, b: -1 } };
};

/**
 * Fits a model of repeat orders whose parameters depend on what is known of each customer and does not change: where he came from,
 * his branch, his first order. Source: Fader & Hardie 2007, 'Incorporating time-invariant covariates into the Pareto/NBD and
 * BG/NBD models'; MBG/NBD and NBD in the same way. Columns are standardised inside; effects come back for one unit of the
 * column with Wald intervals, and a likelihood-ratio test against no covariates. Columns that are constant or follow from
 * earlier ones are left out and named. Words are coded first (codeLevels, treatmentColumns). A model that is not to be trusted
 * without covariates is not fitted with them, and has the same reason. RangeError, naming row and column, for an invalid
 * summary or a covariate that is not finite; everything else is a typed outcome. Cost: the plain fit, and 50 to 150
 * evaluations of 0.4 (Pareto/NBD: 1.4) microseconds a distinct (covariates, x, tx, T).
 */
export function fitWithCovariates(
  name: CovariateModelName,
  summary: PurchaseSummary,
  table: FeatureTable,
  options: CovariateOptions = {},
): CovariateFit {
  const { ridge = 0, level = 0.95 } = options;
  checkLevel(level);
  if (!(ridge >= 0 && ridge < Number.POSITIVE_INFINITY)) throw new RangeError(`ridge ${ridge} is no penalty`);
  checkPurchaseSummary(summary);
  checkFeatures(table, summary.frequency.length);
  const plain = customerModels[name].fit(summary, options) as Fit<Parameters>;
  const standard = standardise(table, summary.weight);
  const { kept, leftOut } = independentColumns(table.names, informationOf(standard, summary.weight));
  const layout = layoutOf(name, kept.length);
  const isTried = plain.converged && kept.length > 0;
  const rows = covariateRows(summary, standard, isTried ? kept : []);
  const atPlain = [
    ...layout.parameters.map((parameter) => Math.log(plain.parameters[parameter]!)),
    ...layout.moved.flatMap(() => kept.map(() => 0)),
  ];
  const end = isTried
    ? search(name, rows, plain.parameters, options)
    : { fit: plain, point: atPlain, covariance: null };
  return assemble({ name, table, standard, kept, leftOut, layout, plain, rows, end, ridge, level });
}

interface Ended {
  name: CovariateModelName;
  table: FeatureTable;
  standard: StandardColumns;
  kept: number[];
  leftOut: LeftOutColumn[];
  layout: Layout;
  plain: Fit<Parameters>;
  rows: CovariateRows;
  end: StandardEnd;
  ridge: number;
  level: number;
}

/** Repeaters among the customers. */
function repeatersOf({ rows }: CovariateRows): number {
  return rows.weight.reduce((sum, w, i) => sum + (rows.frequency[i]! > 0 ? w : 0), 0);
}

/** The covariance of a search, effects for one unit of their columns. */
function inUnitsOf({ end: { covariance }, standard, kept, layout }: Ended): number[][] | null {
  const units = [
    ...layout.parameters.map(() => 1),
    ...layout.moved.flatMap(() => kept.map((j) => standard.scales[j]!)),
  ];
  return covariance?.map((row, i) => row.map((value, j) => value / (units[i]! * units[j]!))) ?? null;
}

/** What a finished search says, in the reader's units. */
function assemble(ended: Ended): CovariateFit {
  const { name, table, standard, kept, leftOut, layout, plain, rows, end, ridge } = ended;
  const { fit, point } = end;
  const first = layout.parameters.length;
  const effects = point.length - first;
  const penalty = 0.5 * ridge * point.slice(first).reduce((sum, value) => sum + value * value, 0);
  const logLikelihood = fit.logLikelihood + penalty;
  const diverging = kept.filter((_, j) =>
    layout.moved.some((__, e) => Math.abs(point[first + e * kept.length + j]!) > RUN_AWAY),
  );
  const converged = fit.converged && diverging.length === 0;
  const warnings: CovariateWarning[] = [...plain.warnings];
  if (leftOut.length > 0) warnings.push('columns-left-out');
  if (repeatersOf(rows) < REPEATERS_PER_EFFECT * effects) warnings.push('few-repeaters-per-column');
  const pick = (values: Parameters): Parameters =>
    Object.fromEntries(layout.parameters.map((parameter) => [parameter, values[parameter]!]));
  const inUnits = (e: number): number[] =>
    table.names.map((_, j) => {
      const column = kept.indexOf(j);
      return column < 0 ? 0 : point[first + e * kept.length + column]! / standard.scales[j]!;
    });
  return {
    name,
    parameters: pick(fit.parameters),
    standardErrors: converged && fit.standardErrors ? pick(fit.standardErrors) : null,
    covariates: {
      names: [...table.names],
      centres: [...standard.centres],
      effects: Object.fromEntries(layout.moved.map(({ parameter }, e) => [parameter, inUnits(e)])),
    },
    effects: Object.entries(quantitiesOf(name)).map(([on, shares]) =>
      linesOf(on as CovariateEffects['on'], shares, ended, converged ? end.covariance : null),
    ),
    covariance: converged ? inUnitsOf(ended) : null,
    ridge,
    logLikelihood,
    plain: { parameters: plain.parameters, logLikelihood: plain.logLikelihood },
    likelihoodRatio:
      converged && ridge === 0 ? likelihoodRatio(logLikelihood - plain.logLikelihood, effects) : null,
    customers: plain.customers,
    iterations: fit.iterations,
    evaluations: fit.evaluations,
    converged,
    reason: diverging.length > 0 ? 'parameter-at-edge' : fit.reason,
    warnings,
    leftOut,
    diverging: diverging.map((j) => table.names[j]!),
  };
}

import { checkFeatures, type FeatureTable } from '../features/feature-table.js';
import { standardise, type StandardColumns } from '../features/standardise.js';
import { checkLevel, coefficientLine, type Coefficient } from '../linear/coefficients.js';
import { independentColumns, type LeftOutColumn } from '../linear/independent-columns.js';
import { spanOf } from '../linear/newton.js';
import { likelihoodRatio, type LikelihoodRatio } from '../linear/likelihood-ratio.js';
import {
  fitByLikelihood,
  type Fit,
  type FitOptions,
  type FitReason,
  type FitWarning,
} from '../optimise/fit-by-likelihood.js';
import { onLogScale, type LogScaleEnd } from '../optimise/log-scale.js';
import type { OpenInterval } from '../optimise/profile-intervals.js';
import { customerModels } from '../purchase/customer-models.js';
import { checkPurchaseSummary, type PurchaseSummary } from '../purchase/purchase-summary.js';
import type { CovariateModel, CovariateModelName } from './covariate-model.js';
import { covariateObjective, layoutOf, type Layout } from './covariate-objective.js';
import { covariateRows, informationOf, type CovariateRows } from './covariate-rows.js';
import { profileEffect, type EffectPlaces } from './open-effects.js';

type Parameters = Record<string, number>;

/** What a reader should know of a fit with covariates that may still be used. */
export type CovariateWarning = FitWarning | 'columns-left-out' | 'few-repeaters-per-column';

export interface CovariateOptions extends FitOptions {
  /**
   * Weight of half the squared effects of standardised columns against the log-likelihood: the precision of a normal prior
   * about no effect. Default 0: plain maximum likelihood.
   */
  ridge?: number;
  /**
   * Columns that are held by a prior of their own, whose effects have no bound without it: the effect between the two ends of such a
   * column is N(0, 1), so that customers there differ by a factor of e^2 at most with 95 %. However rare a level is, that is the same.
   */
  held?: readonly string[];
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
  /**
   * One line a column. With a ridge, errors and intervals are those of the posterior under its prior. An effect that the data do
   * not bound has an interval by profile likelihood in the place of Wald's, with null for the end that is open.
   */
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
  /** 2 (logLikelihood - plain.logLikelihood) against chi-squared; null with a ridge or a column that is held, or for a fit that is not trusted. */
  likelihoodRatio: LikelihoodRatio | null;
  customers: number;
  iterations: number;
  evaluations: number;
  converged: boolean;
  reason: FitReason | null;
  warnings: CovariateWarning[];
  leftOut: LeftOutColumn[];
  /** Columns whose effect has no bound: one of their levels has no repeat orders, say. Their intervals are open at an end. */
  diverging: string[];
}

/** Fewer repeaters than this for each effect make a fit shaky, as in other regressions (Peduzzi et al. 1995). */
const REPEATERS_PER_EFFECT = 10;
/** An effect of a standardised column this far out has run away: e^8 between customers one deviation apart. */
const RUN_AWAY = 8;
/** An interval that allows for a factor of e^10 between the two ends of a column is none. */
const SENSELESS = 10;

/** The end of a search: logs of the parameters and effects of standardised columns, with their covariance. */
interface StandardEnd extends LogScaleEnd {
  fit: Fit<Parameters>;
}

function search(
  name: CovariateModelName,
  rows: CovariateRows,
  plain: Parameters,
  ridges: readonly number[],
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
      objective: covariateObjective(name, rows, ridges),
      starts: [Float64Array.from([...logs, ...effects.map(() => 0)])],
      centre: [...logs, ...effects.map(() => 0)],
    },
    options,
  );
  return { fit, ...onLogScale(fit) };
}

/** One effect at the end of a search, in standard deviations of its column. */
interface EndedEffect {
  on: CovariateEffects['on'];
  name: string;
  /** Place among the columns that were kept; -1 for one that was not. */
  column: number;
  scale: number;
  places: EffectPlaces[];
  estimate: number;
  /** NaN where there is none. */
  variance: number;
}

/** Every quantity and column: a quantity is a sum of effects by parameter, each with its share. */
function effectsOf({ name, table, kept, standard, layout, end }: Ended): EndedEffect[] {
  const { point, covariance } = end;
  return Object.entries(quantitiesOf(name)).flatMap(([on, shares]) =>
    table.names.map((columnName, j): EndedEffect => {
      const column = kept.indexOf(j);
      const places = layout.moved.flatMap(({ parameter }, e) => {
        const share = shares[parameter] ?? 0;
        const at = layout.parameters.length + e * layout.columns + column;
        return share === 0 || column < 0 ? [] : [{ at, share }];
      });
      let variance = 0;
      for (const left of places)
        for (const right of places)
          variance += left.share * right.share * (covariance?.[left.at]?.[right.at] ?? Number.NaN);
      return {
        on: on as CovariateEffects['on'],
        name: columnName,
        column,
        scale: standard.scales[j]!,
        places,
        estimate: places.reduce((sum, { at, share }) => sum + share * point[at]!, 0),
        variance,
      };
    }),
  );
}

/**
 * Intervals by profile likelihood of effects whose curvature says nothing: between the customers at the two ends of the column the
 * interval would allow for a factor of e^10 or more. With a ridge the prior holds every effect.
 */
function profiled(ended: Ended, effects: readonly EndedEffect[]): Map<EndedEffect, OpenInterval> {
  const { name, rows, end, ridges } = ended;
  const found = new Map<EndedEffect, OpenInterval>();
  if (ridges.some((own) => own > 0) || rows.profiles.length === 0 || end.fit.reason === 'not-converged')
    return found;
  const problem = {
    objective: covariateObjective(name, rows, 0),
    point: Float64Array.from(end.point),
    customers: rows.customers,
  };
  for (const effect of effects) {
    if (effect.column < 0) continue;
    const span = spanOf(rows.profiles[effect.column]!);
    const wald = Math.abs(effect.estimate) + 2 * Math.sqrt(effect.variance || 0);
    if (wald * span < SENSELESS) continue;
    found.set(effect, profileEffect(problem, effect.places, Math.abs(effect.estimate) + SENSELESS / span));
  }
  return found;
}

/** A line of the table, in the reader's units. */
function lineOf(
  { name, estimate, variance, scale, column }: EndedEffect,
  interval: OpenInterval | undefined,
  { isTrusted, level }: { isTrusted: boolean; level: number },
): Coefficient {
  if (column < 0) return coefficientLine(name, 0, null, level);
  const inUnits = estimate / scale;
  const line = coefficientLine(name, inUnits, isTrusted && !interval ? variance / scale ** 2 : null, level);
  if (interval === undefined) return line;
  const [lower, upper] = [interval.lower, interval.upper].map((at) => (at === null ? null : at / scale));
  return { ...line, lower: lower!, upper: upper! };
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
  const { ridge = 0, held = [], level = 0.95 } = options;
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
  const ridges = kept.map((j) => {
    const isHeld = held.includes(table.names[j]!);
    return ridge + (isHeld ? spanOf(standard.columns[j]!) ** 2 : 0);
  });
  const end = isTried
    ? search(name, rows, plain.parameters, ridges, options)
    : { fit: plain, point: atPlain, covariance: null };
  return assemble({ name, table, standard, kept, leftOut, layout, plain, rows, end, ridge, ridges, level });
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
  /** The weight of each column that was kept, the ridge for all in it. */
  ridges: readonly number[];
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
  const { name, table, standard, kept, leftOut, layout, plain, rows, end, ridge, ridges } = ended;
  const { fit, point } = end;
  const first = layout.parameters.length;
  const effects = point.length - first;
  const penalty = point
    .slice(first)
    .reduce((sum, value, k) => sum + 0.5 * ridges[k % kept.length]! * value * value, 0);
  const logLikelihood = fit.logLikelihood + penalty;
  const isPenalised = ridges.some((own) => own > 0);
  const found = effectsOf(ended);
  const intervals = profiled(ended, found);
  const open = new Set(
    [...intervals].flatMap(([{ column }, { lower, upper }]) =>
      lower === null || upper === null ? [column] : [],
    ),
  );
  const diverging = kept.filter(
    (_, j) =>
      open.has(j) || layout.moved.some((__, e) => Math.abs(point[first + e * kept.length + j]!) > RUN_AWAY),
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
    effects: Object.keys(quantitiesOf(name)).map((on) => ({
      on: on as CovariateEffects['on'],
      coefficients: found
        .filter((effect) => effect.on === on)
        .map((effect) => lineOf(effect, intervals.get(effect), { isTrusted: converged, level: ended.level })),
    })),
    covariance: converged ? inUnitsOf(ended) : null,
    ridge,
    logLikelihood,
    plain: { parameters: plain.parameters, logLikelihood: plain.logLikelihood },
    likelihoodRatio:
      converged && !isPenalised ? likelihoodRatio(logLikelihood - plain.logLikelihood, effects) : null,
    customers: plain.customers,
    iterations: fit.iterations,
    evaluations: fit.evaluations,
    converged,
    reason: open.size > 0 ? 'effect-without-bound' : diverging.length > 0 ? 'parameter-at-edge' : fit.reason,
    warnings,
    leftOut,
    diverging: diverging.map((j) => table.names[j]!),
  };
}

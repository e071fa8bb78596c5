import { checkFeatures, type FeatureTable } from '../features/feature-table.js';
import { standardise, type StandardColumns } from '../features/standardise.js';
import { checkLevel, coefficientLine, type Coefficient } from '../linear/coefficients.js';
import { independentColumns, type LeftOutColumn } from '../linear/independent-columns.js';
import { likelihoodRatio, type LikelihoodRatio } from '../linear/likelihood-ratio.js';
import { maximiseByNewton, spanOf, verdictOf, type NewtonEnd } from '../linear/newton.js';
import { concordanceIndex } from './concordance.js';
import { baselineHazard, type BaselineHazard } from './cox-baseline.js';
import { coxPartialLikelihood, type OrderedLifetimes } from './cox-likelihood.js';
import { ascending, checkLifetimes, type Lifetimes } from './event-table.js';

/** Why a fit is not to be trusted. 'monotone-likelihood': a column orders the events perfectly, its effect has no bound. */
type CoxReason = 'no-rows' | 'too-few-events' | 'monotone-likelihood' | 'not-converged';
type CoxWarning = 'columns-left-out' | 'few-events-per-column';

/** Enough to predict with: plain JSON. */
export interface CoxModel {
  name: 'cox';
  names: string[];
  coefficients: number[];
  /** Means of the columns: the customer whose hazard the baseline is. */
  centres: number[];
  baseline: BaselineHazard;
}

/** Outcome of a Cox regression: plain data, keeps nothing of what it was fitted on. */
export interface CoxFit {
  model: CoxModel;
  /** One line a column: log hazard ratio for one unit more. */
  coefficients: Coefficient[];
  logLikelihood: number;
  /** Of the model without columns. */
  nullLogLikelihood: number;
  /** 2 (logLikelihood - nullLogLikelihood) against chi-square; null for a fit that is penalised or not trusted. */
  likelihoodRatio: LikelihoodRatio | null;
  concordance: number | null;
  customers: number;
  events: number;
  iterations: number;
  converged: boolean;
  reason: CoxReason | null;
  warnings: CoxWarning[];
  leftOut: LeftOutColumn[];
  /** Columns whose effect runs to infinity, when `reason` is 'monotone-likelihood'. */
  diverging: string[];
}

export interface CoxOptions {
  /** Weight of half the squared standardised coefficients in the penalty; a small one (0.1) tames a monotone likelihood. Default 0. */
  ridge?: number;
  /** Level of the intervals. Default 0.95. */
  level?: number;
}

/** Fewer events than this for each column make a fit shaky (Peduzzi et al. 1995). */
const EVENTS_PER_COLUMN = 10;

/** Picks columns, and sorts rows by duration. */
function orderRows(data: Lifetimes, standard: StandardColumns, kept: readonly number[]): OrderedLifetimes {
  const order = ascending(data.duration);
  const features = new Float64Array(order.length * kept.length);
  order.forEach((row, i) =>
    kept.forEach((j, k) => (features[i * kept.length + k] = standard.columns[j]![row]!)),
  );
  return {
    duration: Float64Array.from(order, (row) => data.duration[row]!),
    event: Uint8Array.from(order, (row) => data.event[row]!),
    features,
    count: kept.length,
  };
}

interface Search {
  kept: number[];
  leftOut: LeftOutColumn[];
  end: NewtonEnd;
  rows: OrderedLifetimes;
  nullLogLikelihood: number;
}

function searchFor(data: Lifetimes, table: FeatureTable, standard: StandardColumns, ridge: number): Search {
  const everything = orderRows(data, standard, [...table.names.keys()]);
  const atZero = coxPartialLikelihood(everything, new Float64Array(table.names.length));
  const { kept, leftOut } = independentColumns(table.names, atZero.information);
  const rows = leftOut.length === 0 ? everything : orderRows(data, standard, kept);
  const end = maximiseByNewton(
    (point) => coxPartialLikelihood(rows, point, ridge),
    new Float64Array(kept.length),
  );
  return { kept, leftOut, end, rows, nullLogLikelihood: atZero.value };
}

function notTried(table: FeatureTable, customers: number, events: number, reason: CoxReason): CoxFit {
  const zeros = table.names.map(() => 0);
  return {
    model: {
      name: 'cox',
      names: [...table.names],
      coefficients: zeros,
      centres: zeros,
      baseline: { time: [], hazard: [] },
    },
    coefficients: table.names.map((name) => coefficientLine(name, 0, null, 0.95)),
    logLikelihood: 0,
    nullLogLikelihood: 0,
    likelihoodRatio: null,
    concordance: null,
    customers,
    events,
    iterations: 0,
    converged: false,
    reason,
    warnings: [],
    leftOut: [],
    diverging: [],
  };
}

/** What a finished search says: coefficients in the reader's units, baseline, concordance. */
function fitFrom(
  data: Lifetimes,
  table: FeatureTable,
  standard: StandardColumns,
  search: Search,
  options: Required<CoxOptions>,
): CoxFit {
  const { end, kept, leftOut, rows } = search;
  const { converged, diverging } = verdictOf(
    end,
    kept.map((j) => spanOf(standard.columns[j]!)),
  );
  const events = rows.event.reduce((sum, value) => sum + value, 0);
  const plain = options.ridge === 0 && converged;
  const coefficients = table.names.map((name, j) => {
    const place = kept.indexOf(j);
    if (place < 0) return coefficientLine(name, 0, null, options.level);
    const scale = standard.scales[j]!;
    const variance = plain && end.covariance ? end.covariance[place]![place]! / scale ** 2 : null;
    return coefficientLine(name, end.point[place]! / scale, variance, options.level);
  });
  const penalty = 0.5 * options.ridge * end.point.reduce((sum, value) => sum + value * value, 0);
  const logLikelihood = end.value + penalty;
  const warnings: CoxWarning[] = [];
  if (leftOut.length > 0) warnings.push('columns-left-out');
  if (events < EVENTS_PER_COLUMN * kept.length) warnings.push('few-events-per-column');
  const risk = data.duration.map((_, i) =>
    kept.reduce((sum, j, k) => sum + end.point[k]! * standard.columns[j]![i]!, 0),
  );
  return {
    model: {
      name: 'cox',
      names: [...table.names],
      coefficients: coefficients.map((line) => line.estimate),
      centres: [...standard.centres],
      baseline: baselineHazard(rows, end.point),
    },
    coefficients,
    logLikelihood,
    nullLogLikelihood: search.nullLogLikelihood,
    likelihoodRatio: plain ? likelihoodRatio(logLikelihood - search.nullLogLikelihood, kept.length) : null,
    concordance: concordanceIndex({ duration: data.duration, event: data.event }, risk).index,
    customers: data.duration.length,
    events,
    iterations: end.iterations,
    converged,
    reason: converged ? null : diverging.length > 0 ? 'monotone-likelihood' : 'not-converged',
    warnings,
    leftOut,
    diverging: converged ? [] : diverging.map((k) => table.names[kept[k]!]!),
  };
}

/**
 * Cox's proportional hazards regression: how much each column raises or lowers the hazard, whatever the hazard's course
 * over time: h(t | x) = h0(t) exp(b (x - mean)). Ties by Efron's method; standard errors from the observed information.
 * Sources: Cox 1972; Efron 1977; monotone likelihood: Heinze & Schemper 2001. Columns that do not vary among those at
 * risk, or that follow from columns before them, are left out and named, as R's coxph does.
 * RangeError, naming row and column, for columns that are no lifetimes or hold a number that is not finite, and for `entry`
 * or `weight`, which this method does not take. All else is a typed outcome. About ten evaluations of O(n p^2).
 */
export function fitCox(data: Lifetimes, table: FeatureTable, options: CoxOptions = {}): CoxFit {
  const { ridge = 0, level = 0.95 } = options;
  checkLevel(level);
  if (!(ridge >= 0 && ridge < Number.POSITIVE_INFINITY)) throw new RangeError(`ridge ${ridge} is no penalty`);
  if (data.entry || data.weight) throw new RangeError('fitCox takes neither entry nor weight');
  checkLifetimes(data);
  checkFeatures(table, data.duration.length);
  const customers = data.duration.length;
  let events = 0;
  for (let i = 0; i < customers; i++) events += data.event[i]!;
  if (customers === 0) return notTried(table, 0, 0, 'no-rows');
  if (events === 0) return notTried(table, customers, 0, 'too-few-events');
  const standard = standardise(table);
  const search = searchFor(data, table, standard, ridge);
  if (events <= search.kept.length && ridge === 0) {
    return { ...notTried(table, customers, events, 'too-few-events'), leftOut: search.leftOut };
  }
  return fitFrom(data, table, standard, search, { ridge, level });
}

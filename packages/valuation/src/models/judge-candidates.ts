import {
  calibrationTenths,
  compareLogScores,
  customerFuture,
  customerModels,
  logScores,
  naiveOrders,
  predictionErrors,
  type CalibrationBin,
  type Fit,
  type PredictionErrors,
  type PurchaseSummary,
} from '@kezi/stats';
import type { HeldTriples } from '../features/triple.js';
import {
  fitOne,
  modelOfFit,
  purchaseModelNames,
  type FittedPurchaseModel,
  type PurchaseModelName,
} from './fit-purchase.js';

/** Customers at the end of calibration, and what they ordered afterwards. Times in the model's unit. */
export interface HeldRows {
  summary: PurchaseSummary & { weight: Float64Array };
  /** Number of the customers' group; null where there are no groups. */
  group: Float64Array | null;
  heldOrders: Float64Array;
  periodOrders: Float64Array;
  /** Lengths of the hold-out, and of the period of calibration before it. */
  horizon: number;
  period: number;
}

/** How a candidate did on the hold-out. */
export interface Judgement {
  predicted: Float64Array;
  errors: PredictionErrors;
  calibration: CalibrationBin[];
}

export type ModelJudgement = Judgement & {
  model: FittedPurchaseModel;
  /** ln P(orders that came), a row each, and their mean a customer. */
  logScores: Float64Array;
  logScore: number;
};

/** A model that was fitted on the calibration part; `judged` is null where the fit cannot be trusted. */
export interface JudgedModel {
  name: PurchaseModelName;
  fit: Fit<object>;
  bic: number;
  judged: ModelJudgement | null;
}

function judge({ heldOrders, summary }: HeldRows, predicted: Float64Array): Judgement {
  return {
    predicted,
    errors: predictionErrors(heldOrders, predicted, summary.weight),
    calibration: calibrationTenths(heldOrders, predicted, summary.weight),
  };
}

/** `modelOf`: the model of a row, where customers differ; `model` stands for all of them. */
export function judgeModel(
  rows: HeldRows,
  model: FittedPurchaseModel,
  modelOf: (row: number) => FittedPurchaseModel = () => model,
): ModelJudgement {
  const { summary, heldOrders, horizon } = rows;
  const futures = Array.from(summary.frequency, (x, i) =>
    customerFuture(modelOf(i), x, summary.recency[i]!, summary.age[i]!),
  );
  const scores = logScores(futures.length, (i) => futures[i]!.orderProbability(heldOrders[i]!, horizon));
  const none = new Float64Array(scores.length);
  const predicted = Float64Array.from(futures, (future) => future.expectedOrders(horizon));
  return {
    model,
    logScores: scores,
    logScore: compareLogScores(scores, none, summary.weight).gap,
    ...judge(rows, predicted),
  };
}

/** Bayesian information criterion (Schwarz 1978): -2 ln L + parameters x ln(customers); smaller is better. */
function bicOf(name: PurchaseModelName, fit: Fit<object>): number {
  return -2 * fit.logLikelihood + customerModels[name].estimated * Math.log(Math.max(1, fit.customers));
}

/**
 * Fits every model on the calibration part and lets it predict the hold-out. The dearest steps are the fits of the regular models (0.2
 * microseconds x rows x 60 x phases) and the probabilities of the Pareto/NBD (30 microseconds a row).
 */
export function judgeModels(
  rows: HeldRows,
  names: readonly PurchaseModelName[] = purchaseModelNames,
): JudgedModel[] {
  return names.map((name) => {
    const fit = fitOne(name, rows.summary, { roughly: true });
    const judged = fit.converged ? judgeModel(rows, modelOfFit(fit)) : null;
    return { name, fit, bic: bicOf(name, fit), judged };
  });
}

/** The rules without a model: everybody goes on at his own past rate, or repeats his last period. */
export function judgeNaiveRules(rows: HeldRows): Record<'same-rate' | 'last-period', Judgement> {
  const { summary, periodOrders, horizon, period } = rows;
  const sameRate = summary.frequency.map((x, i) => naiveOrders(x, summary.age[i]!, horizon));
  const share = period > 0 ? horizon / period : 0;
  return {
    'same-rate': judge(rows, sameRate),
    'last-period': judge(
      rows,
      periodOrders.map((orders) => orders * share),
    ),
  };
}

/** Held triples in the model's unit of time. */
export function heldRowsOf(
  held: HeldTriples,
  daysPerUnit: number,
  days: { calibrationEnd: number; periodStart: number; asOfDay: number },
): HeldRows {
  return {
    summary: {
      frequency: held.frequency,
      recency: held.recencyDays.map((value) => value / daysPerUnit),
      age: held.ageDays.map((value) => value / daysPerUnit),
      weight: held.weight,
    },
    group: held.group,
    heldOrders: held.heldOrders,
    periodOrders: held.periodOrders,
    horizon: (days.asOfDay - days.calibrationEnd) / daysPerUnit,
    period: (days.calibrationEnd - days.periodStart + 1) / daysPerUnit,
  };
}

import { pearsonCorrelation, spearmanCorrelation, weightedRanks } from './correlation.js';

/** Hold-out truth and predictions, one entry a customer (or a triple, with its number of customers as weight). */
export interface BacktestInput {
  actual: Float64Array;
  predicted: Float64Array;
  /** Prediction of the naive rule for the same customers. */
  naive: Float64Array;
  weight?: Float64Array;
}

export interface PredictionErrors {
  total: number;
  /** (predicted - actual) / actual over all customers; null when nothing was ordered. */
  totalError: number | null;
  meanAbsoluteError: number;
  rootMeanSquareError: number;
  /** Sum of |error| / sum of actual; null when nothing was ordered. */
  weightedMape: number | null;
  correlation: number;
  rankCorrelation: number;
}

export interface CalibrationBin {
  customers: number;
  meanPredicted: number;
  meanActual: number;
}

export interface BacktestReport {
  customers: number;
  actualTotal: number;
  model: PredictionErrors;
  naive: PredictionErrors;
  /** Tenths of the customers by the model's prediction, lowest first; equal predictions stay together. */
  calibration: CalibrationBin[];
  /** Which has the smaller mean absolute error and which orders customers better; 'tie' within rounding. */
  betterError: 'model' | 'naive' | 'tie';
  betterRank: 'model' | 'naive' | 'tie';
}

/** How far predictions lie from the truth. Columns of one length; two sorts. */
export function predictionErrors(
  actual: Float64Array,
  predicted: Float64Array,
  weight: Float64Array,
): PredictionErrors {
  let customers = 0;
  let total = 0;
  let actualTotal = 0;
  let absolute = 0;
  let squared = 0;
  for (let i = 0; i < actual.length; i++) {
    const error = predicted[i]! - actual[i]!;
    customers += weight[i]!;
    total += weight[i]! * predicted[i]!;
    actualTotal += weight[i]! * actual[i]!;
    absolute += weight[i]! * Math.abs(error);
    squared += weight[i]! * error * error;
  }
  const share = customers > 0 ? 1 / customers : 0;
  return {
    total,
    totalError: actualTotal > 0 ? (total - actualTotal) / actualTotal : null,
    meanAbsoluteError: absolute * share,
    rootMeanSquareError: Math.sqrt(squared * share),
    weightedMape: actualTotal > 0 ? absolute / actualTotal : null,
    correlation: pearsonCorrelation(actual, predicted, weight),
    rankCorrelation: spearmanCorrelation(actual, predicted, weight),
  };
}

/** Mean prediction and mean truth by tenths of the prediction's rank, lowest first; equal predictions stay together. */
export function calibrationTenths(
  actual: Float64Array,
  predicted: Float64Array,
  weight: Float64Array,
): CalibrationBin[] {
  const customers = weight.reduce((sum, w) => sum + w, 0);
  const ranks = weightedRanks(predicted, weight);
  const bins = Array.from({ length: 10 }, () => ({ customers: 0, meanPredicted: 0, meanActual: 0 }));
  for (let i = 0; i < actual.length; i++) {
    const bin = bins[Math.min(9, Math.max(0, Math.floor(((ranks[i]! - 0.5) / customers) * 10)))]!;
    bin.customers += weight[i]!;
    bin.meanPredicted += weight[i]! * predicted[i]!;
    bin.meanActual += weight[i]! * actual[i]!;
  }
  return bins
    .filter((bin) => bin.customers > 0)
    .map((bin) => ({
      customers: bin.customers,
      meanPredicted: bin.meanPredicted / bin.customers,
      meanActual: bin.meanActual / bin.customers,
    }));
}

function better(model: number, naive: number): 'model' | 'naive' | 'tie' {
  if (Math.abs(model - naive) <= 1e-9 * Math.max(Math.abs(model), Math.abs(naive))) return 'tie';
  return model > naive ? 'model' : 'naive';
}

/**
 * Compares a model with the naive rule on a hold-out period. RangeError when columns differ in length or hold a number
 * that is not finite. Four sorts.
 */
export function backtestReport(input: BacktestInput): BacktestReport {
  const { actual, predicted, naive } = input;
  const weight = input.weight ?? new Float64Array(actual.length).fill(1);
  for (const column of [predicted, naive, weight]) {
    if (column.length !== actual.length) throw new RangeError('back-test columns differ in length');
  }
  for (const column of [actual, predicted, naive, weight]) {
    if (!column.every(Number.isFinite))
      throw new RangeError('back-test columns hold a number that is not finite');
  }
  const customers = weight.reduce((sum, w) => sum + w, 0);
  const model = predictionErrors(actual, predicted, weight);
  const plain = predictionErrors(actual, naive, weight);
  return {
    customers,
    actualTotal: actual.reduce((sum, value, i) => sum + value * weight[i]!, 0),
    model,
    naive: plain,
    calibration: calibrationTenths(actual, predicted, weight),
    betterError: better(-model.meanAbsoluteError, -plain.meanAbsoluteError),
    betterRank: better(model.rankCorrelation, plain.rankCorrelation),
  };
}

/**
 * The naive rule: a customer goes on at his own past rate, frequency / age * horizon. A customer of age 0 has no past
 * rate and gets 0.
 */
export function naiveOrders(frequency: number, age: number, horizon: number): number {
  return age > 0 ? (frequency / age) * horizon : 0;
}

import {
  classificationReport,
  fitIsotonic,
  fitPlatt,
  isotonicProbability,
  plattProbability,
  randomFrom,
  type ClassificationReport,
  type HistogramEngine,
  type IsotonicCalibration,
  type PlattCalibration,
} from '@kezi/stats';
import { fitClassifier, logOddsOf, type Classifier, type ClassifierName } from './churn-classifier.js';
import { aucInterval, type AucInterval } from './auc-interval.js';
import type { FeaturePlan } from './plan-features.js';

/** Customers as columns, with what became of them: 1 left, 0 stayed. */
export interface ChurnRows {
  columns: readonly Float64Array[];
  label: Float64Array;
}

/** From log odds to a probability, learnt on rows that the classifier has not seen. */
export type Calibration = IsotonicCalibration | PlattCalibration;

/**
 * Why no probability of the model is to be used. 'too-few-events': too few customers have left, or stayed, to learn from or
 * to judge by. 'no-better-than-chance': the interval of the AUC on held-out rows includes one half. 'naive-is-better': a
 * naive rule does better there on both AUC and log-loss.
 */
export type DistrustReason = 'too-few-events' | 'no-better-than-chance' | 'naive-is-better';

/** A rule judged on the held-out rows. */
export interface JudgedRule extends AucInterval {
  name: string;
  isNaive: boolean;
  /** All other figures, on calibrated probabilities. */
  report: ClassificationReport;
  topTenthLift: number | null;
}

export interface ChurnLearning {
  classifier: Classifier;
  calibration: Calibration;
  /** Share of those who left in training: stands in for a model that is not to be trusted. */
  rate: number;
  trusted: boolean;
  reason: DistrustReason | null;
  /** The rule in use first, then the other candidates and the naive rules. */
  judged: JudgedRule[];
  rows: { fitted: number; calibrated: number; heldOut: number };
}

/** A rule that needs no features: the higher its score, the likelier a customer has left. */
export interface OtherRule {
  name: string;
  /** Naive: a model that it beats is not to be trusted. */
  isNaive: boolean;
  /** On `calibrating`. */
  calibratingScore: Float64Array;
  heldOutScore: Float64Array;
}

interface LearnOptions {
  model: ClassifierName | 'auto';
  seed: number;
  engine: HistogramEngine;
  others?: readonly OtherRule[];
  /** Rows to calibrate on and to choose by; left out: a fifth of the training rows, drawn. Needed where there are other rules. */
  calibrating?: ChurnRows;
}

/** Fewer of the rarer kind than this, in training or held out, teach and show nothing. */
const FEWEST_IN_TRAINING = 20;
const FEWEST_HELD_OUT = 10;
/** Every so many training rows are kept for calibration. */
const CALIBRATION_SHARE = 0.2;
/** A free curve needs this many of the rarer kind; below it two parameters do. */
const ENOUGH_FOR_A_CURVE = 1000;

const pick = (rows: ChurnRows, wanted: readonly number[]): ChurnRows => ({
  columns: rows.columns.map((column) => Float64Array.from(wanted, (i) => column[i]!)),
  label: Float64Array.from(wanted, (i) => rows.label[i]!),
});

const rarerOf = (label: Float64Array): number => {
  const ones = label.reduce((sum, value) => sum + value, 0);
  return Math.min(ones, label.length - ones);
};

function calibrate(odds: Float64Array, label: Float64Array): Calibration {
  return rarerOf(label) >= ENOUGH_FOR_A_CURVE ? fitIsotonic(odds, label) : fitPlatt(odds, label);
}

/** Probabilities by a calibration, kept off 0 and 1: no finite number of rows makes anything certain. */
export function calibrated(calibration: Calibration, odds: Float64Array): Float64Array {
  return odds.map((value) => {
    const p =
      calibration.name === 'isotonic'
        ? isotonicProbability(calibration, value)
        : plattProbability(calibration, value);
    return Math.min(0.9999, Math.max(0.0001, p));
  });
}

/** Ranks by the score, probabilities by its calibration: a curve with steps must not cost a rule its order. */
function judge(
  { name, isNaive }: Pick<JudgedRule, 'name' | 'isNaive'>,
  odds: Float64Array,
  calibration: Calibration,
  label: Float64Array,
): JudgedRule {
  const report = classificationReport(label, calibrated(calibration, odds));
  const order = [...new Set(odds)].sort((a, b) => a - b);
  const place = new Map(order.map((value, k) => [value, (k + 1) / (order.length + 1)]));
  const ranked = classificationReport(
    label,
    odds.map((value) => place.get(value)!),
  );
  const { auc, averagePrecision, ks, lift } = ranked;
  return {
    name,
    isNaive,
    ...aucInterval(auc, label),
    report: { ...report, auc, averagePrecision, ks, lift },
    topTenthLift: lift[0]?.lift ?? null,
  };
}

function distrust(
  training: Float64Array,
  heldOut: Float64Array,
  judged: readonly JudgedRule[],
): DistrustReason | null {
  if (rarerOf(training) < FEWEST_IN_TRAINING || rarerOf(heldOut) < FEWEST_HELD_OUT) return 'too-few-events';
  const [inUse, ...others] = judged;
  if (inUse!.aucLow === null || inUse!.aucLow <= 0.5) return 'no-better-than-chance';
  // One naive rule must be better on both counts: a hair's breadth in the order of customers is no reason.
  const lossOf = ({ report }: JudgedRule): number => report.logLoss ?? 0;
  const better = others.some(
    (rule) => rule.isNaive && (rule.auc ?? 0) > inUse!.auc! && lossOf(rule) < lossOf(inUse!),
  );
  return better ? 'naive-is-better' : null;
}

/** Rows to fit on, and rows to calibrate on and to choose by. */
function divide(training: ChurnRows, { calibrating, seed }: LearnOptions) {
  if (calibrating !== undefined) return { fitting: training, calibrating };
  const random = randomFrom(seed);
  const all = Array.from(training.label.keys());
  const kept = all.map(() => random.uniform() < CALIBRATION_SHARE);
  return {
    fitting: pick(
      training,
      all.filter((i) => !kept[i]!),
    ),
    calibrating: pick(
      training,
      all.filter((i) => kept[i]!),
    ),
  };
}

/**
 * Learns who leaves. Candidates are fitted on training rows, calibrated and chosen (by log-loss) on others, and judged
 * with other rules on held-out rows that took no part in any of it. The same seed gives the
 * same bytes. Nothing is thrown for data that teach nothing: `trusted` is false then, with the reason.
 */
export function learnChurn(
  plans: readonly FeaturePlan[],
  training: ChurnRows,
  heldOut: ChurnRows,
  options: LearnOptions,
): ChurnLearning {
  const { fitting, calibrating } = divide(training, options);
  const names: ClassifierName[] = options.model === 'auto' ? ['logistic', 'gbdt'] : [options.model];
  const candidates = names.map((name) => {
    const classifier = fitClassifier(name, plans, fitting.columns, fitting.label, options);
    const odds = logOddsOf(classifier, plans, calibrating.columns);
    const calibration = calibrate(odds, calibrating.label);
    // Platt's two parameters move no choice; a free curve would favour whoever bends more.
    const loss = classificationReport(
      calibrating.label,
      calibrated(fitPlatt(odds, calibrating.label), odds),
    ).logLoss;
    const heldOutOdds = logOddsOf(classifier, plans, heldOut.columns);
    const judged = judge({ name, isNaive: false }, heldOutOdds, calibration, heldOut.label);
    return { classifier, calibration, loss: loss ?? 0, judged };
  });
  candidates.sort((a, b) => a.loss - b.loss);
  const others = (options.others ?? []).map((rule) =>
    judge(rule, rule.heldOutScore, calibrate(rule.calibratingScore, calibrating.label), heldOut.label),
  );
  const judged = [...candidates.map((candidate) => candidate.judged), ...others];
  const reason = distrust(training.label, heldOut.label, judged);
  const { classifier, calibration } = candidates[0]!;
  return {
    classifier,
    calibration,
    rate: training.label.reduce((sum, value) => sum + value, 0) / Math.max(1, training.label.length),
    trusted: reason === null,
    reason,
    judged,
    rows: {
      fitted: fitting.label.length,
      calibrated: calibrating.label.length,
      heldOut: heldOut.label.length,
    },
  };
}

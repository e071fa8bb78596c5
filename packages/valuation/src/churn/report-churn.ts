import type { ClassificationReport } from '@kezi/stats';
import type { ChurnModel } from './churn-model.js';
import { featureEffects, type FeatureEffect } from './feature-effects.js';
import type { ChurnLearning, ChurnRows, DistrustReason, JudgedRule } from './learn-churn.js';

/** A rule on the held-out rows, in single figures. */
interface RuleLine {
  name: string;
  auc: number | null;
  aucLow: number | null;
  aucHigh: number | null;
  averagePrecision: number | null;
  brier: number | null;
  logLoss: number | null;
  ks: number | null;
  topTenthLift: number | null;
}

export interface LearningReport {
  model: {
    /** 'rate': the share of those who left in training stands in for a model that is not to be trusted. */
    inUse: 'logistic' | 'gbdt' | 'rate';
    trusted: boolean;
    reason: DistrustReason | null;
    calibration: 'isotonic' | 'platt';
  };
  /** The candidate that was chosen first. */
  candidates: RuleLine[];
  heldOut: { rows: number; churned: number; rate: number | null };
  trained: { rows: number; calibrationRows: number; rate: number };
  lift: ClassificationReport['lift'];
  calibration: ClassificationReport['calibration'];
  features: FeatureEffect[];
}

const lineOf = ({ name, auc, aucLow, aucHigh, report, topTenthLift }: JudgedRule): RuleLine => ({
  name,
  auc,
  aucLow,
  aucHigh,
  averagePrecision: report.averagePrecision,
  brier: report.brier,
  logLoss: report.logLoss,
  ks: report.ks,
  topTenthLift,
});

/** A training as a reader wants it: what is in use, what it was compared with, how it did on rows it had not seen, and why. */
export function reportLearning(
  learning: ChurnLearning,
  model: ChurnModel,
  heldOut: ChurnRows,
): LearningReport {
  const { report } = learning.judged[0]!;
  return {
    model: {
      inUse: learning.trusted ? learning.classifier.name : 'rate',
      trusted: learning.trusted,
      reason: learning.reason,
      calibration: learning.calibration.name,
    },
    candidates: learning.judged.map(lineOf),
    heldOut: {
      rows: report.rows,
      churned: report.positives,
      rate: report.rows > 0 ? report.positives / report.rows : null,
    },
    trained: { rows: learning.rows.fitted, calibrationRows: learning.rows.calibrated, rate: learning.rate },
    lift: report.lift,
    calibration: report.calibration,
    features: learning.trusted ? featureEffects(learning.classifier, model.plans, heldOut) : [],
  };
}

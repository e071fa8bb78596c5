import { CodedError } from '@kezi/contract/errors';
import {
  contributionsOf,
  logOddsOf,
  type Classifier,
  type FeatureContributions,
} from './churn-classifier.js';
import { calibrated, type Calibration, type ChurnLearning, type DistrustReason } from './learn-churn.js';
import type { FeaturePlan } from './plan-features.js';

/** What is kept of a training: enough to score and to explain. Plain JSON. */
export interface ChurnModel {
  format: 'kezi-churn';
  version: 1;
  /** 'label': learnt from a column; 'silence': from orders, where leaving is no order for `silenceDays`. */
  kind: 'label' | 'silence';
  silenceDays: number | null;
  label: { column: string; churned: string; stayed: string } | null;
  /** Column that names the customers, so that a file is read the same way when the model is applied; null for the row number. */
  id?: string | null;
  plans: FeaturePlan[];
  classifier: Classifier;
  calibration: Calibration;
  rate: number;
  trusted: boolean;
  reason: DistrustReason | null;
}

export function churnModel(
  learning: ChurnLearning,
  plans: FeaturePlan[],
  origin: Pick<ChurnModel, 'kind' | 'silenceDays' | 'label'>,
): ChurnModel {
  const { classifier, calibration, rate, trusted, reason } = learning;
  return {
    format: 'kezi-churn',
    version: 1,
    ...origin,
    plans,
    classifier,
    calibration,
    rate,
    trusted,
    reason,
  };
}

/** Reads a kept model. CodedError churn.bad_model for a text that is none. */
export function parseChurnModel(text: string, path: string): ChurnModel {
  let model: Partial<ChurnModel> | null;
  try {
    model = JSON.parse(text) as Partial<ChurnModel> | null;
  } catch {
    throw new CodedError('churn.bad_model', { path });
  }
  const whole =
    model?.format === 'kezi-churn' &&
    model.version === 1 &&
    Array.isArray(model.plans) &&
    model.classifier !== undefined &&
    model.calibration !== undefined;
  if (!whole) throw new CodedError('churn.bad_model', { path });
  return model as ChurnModel;
}

/** Customers scored by a model. */
interface ChurnScores {
  /** Before calibration: the sum of the contributions. */
  logOdds: Float64Array;
  probability: Float64Array;
}

/** Probability of leaving for each row; the rate of training for everybody where the model is not to be trusted. */
export function scoreChurn(model: ChurnModel, columns: readonly Float64Array[]): ChurnScores {
  const logOdds = logOddsOf(model.classifier, model.plans, columns);
  if (!model.trusted) return { logOdds, probability: logOdds.map(() => model.rate) };
  return { logOdds, probability: calibrated(model.calibration, logOdds) };
}

/** Why: each feature's part in each row's log odds. */
export const explainChurn = (model: ChurnModel, columns: readonly Float64Array[]): FeatureContributions =>
  contributionsOf(model.classifier, model.plans, columns);

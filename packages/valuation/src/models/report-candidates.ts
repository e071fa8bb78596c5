import type { ModelCandidate, ModelChoice, ValuationAttributes, ValuationHistory } from '@kezi/contract';
import type { Fit } from '@kezi/stats';
import type { Backtest } from './backtest.js';
import { isBetterThan, type PassedOver } from './choose-candidate.js';
import type { FittedModels } from './fit-models.js';
import { purchaseModelNames, type PurchaseModelName, type WantedModel } from './fit-purchase.js';
import type { Judgement, ModelJudgement } from './judge-candidates.js';
import { fitReport } from './report-fit.js';

/** A hold-out whose total is off by more than this is told: a fifth is more than most plans bear. */
const TOO_FAR_OFF = 0.2;

/** What a reader must know before he trusts the figures. */
export type Doubt =
  | 'no-holdout'
  | 'few-holdout-orders'
  | 'over-predicted'
  | 'under-predicted'
  | 'last-period-better'
  | 'season-corrected'
  | 'season-found'
  | 'week-corrected'
  | 'drift-corrected'
  | 'drift-found'
  | 'left-truncated'
  | 'scored-on-cells'
  | 'attributes-left-out'
  | 'attribute-two-values'
  | 'spend-regression';

/** A candidate of a run's card, with the reasons that there are. */
export type ReportedCandidate = ModelCandidate & {
  reason: PassedOver | 'model-predicts-better' | 'yardstick-only' | null;
};

interface Outcome {
  wanted: WantedModel;
  fitted: FittedModels;
  tested: Backtest | null;
}

function holdoutOf(judged: Judgement, logScore: number | null): ModelCandidate['holdout'] {
  const { total, totalError, meanAbsoluteError, weightedMape, rankCorrelation } = judged.errors;
  const errors = { total, totalError, meanAbsoluteError, weightedMape, rankCorrelation };
  return { ...errors, logScore, calibration: judged.calibration };
}

/** Why a model other than the one in use was passed over. */
function reasonOf(
  { wanted, fitted, tested }: Outcome,
  name: PurchaseModelName,
  fit: Fit<object>,
): PassedOver {
  const { rule, purchase } = fitted;
  if (fit.reason !== null && !fit.converged) return fit.reason;
  const isAsked = wanted === 'auto' ? tested?.compared.choice.name === name : wanted === name;
  if (isAsked && rule.naiveReason === 'backtest-worse-than-naive') return rule.naiveReason;
  if (isAsked) return purchase.reason ?? purchase.fit.reason ?? 'not-converged';
  if (wanted !== 'auto') return 'not-wanted';
  return tested?.compared.choice.reasons.get(name) ?? 'lower-likelihood';
}

function modelCandidate(
  outcome: Outcome,
  name: PurchaseModelName,
  fit: Fit<object>,
  judged: ModelJudgement | null,
): ReportedCandidate {
  const inUse = outcome.fitted.rule.name === name;
  return {
    name,
    fit: fitReport(fit),
    holdout: judged && holdoutOf(judged, judged.logScore),
    inUse,
    reason: inUse ? null : reasonOf(outcome, name, fit),
  };
}

/** What was compared, the models first: on the hold-out, or where nothing was held out by their fits on everything. */
export function candidatesOf(outcome: Outcome): ReportedCandidate[] {
  const { fitted, tested } = outcome;
  const isNaive = fitted.rule.name === 'naive';
  const sameRate: ReportedCandidate = {
    name: 'same-rate',
    fit: null,
    holdout: tested && holdoutOf(tested.compared.naive['same-rate'], null),
    inUse: isNaive,
    reason: isNaive ? null : 'model-predicts-better',
  };
  if (tested === null) {
    const fits = fitted.purchase.candidates.map((fit) =>
      modelCandidate(
        outcome,
        purchaseModelNames.find((name) => name === fit.name)!,
        fit,
        null,
      ),
    );
    return isNaive ? [...fits, sameRate] : fits;
  }
  const { models, naive } = tested.compared;
  return [
    ...models.map(({ name, fit, judged }) => modelCandidate(outcome, name, fit, judged)),
    sameRate,
    {
      name: 'last-period',
      fit: null,
      holdout: holdoutOf(naive['last-period'], null),
      inUse: false,
      reason: isNaive || isLastPeriodBetter(tested) ? 'yardstick-only' : 'model-predicts-better',
    },
  ];
}

/** Whether repeating the last period would have done better than what is in use. */
function isLastPeriodBetter({ compared, model }: Backtest): boolean {
  return isBetterThan(compared.naive['last-period'].errors, model);
}

export function choiceOf({ wanted, tested }: Outcome): ModelChoice {
  return {
    by: wanted !== 'auto' ? 'wanted' : (tested?.compared.choice.by ?? 'likelihood'),
    sampledCustomers: tested?.compared.sampledCustomers ?? null,
  };
}

interface AttributeDoubts {
  isScoredOnCells: boolean;
  attributes: ValuationAttributes | null;
  twoValues: readonly unknown[];
}

/** Doubts that hold, the gravest first. */
export function doubtsOf(
  { fitted, tested }: Outcome,
  history: ValuationHistory,
  { isScoredOnCells, attributes, twoValues }: AttributeDoubts,
): Doubt[] {
  const { season, week, drift, truncation } = history;
  const inUse = tested && (fitted.rule.name === 'naive' ? tested.naive : tested.model);
  const off = inUse?.totalError ?? 0;
  const doubts: [boolean, Doubt][] = [
    [tested === null, 'no-holdout'],
    [tested?.compared.choice.by === 'likelihood', 'few-holdout-orders'],
    [off > TOO_FAR_OFF, 'over-predicted'],
    [off < -TOO_FAR_OFF, 'under-predicted'],
    [tested !== null && fitted.rule.name !== 'naive' && isLastPeriodBetter(tested), 'last-period-better'],
    [season.correction !== null, 'season-corrected'],
    [season.found === true && season.correction === null, 'season-found'],
    [(week?.correction ?? null) !== null, 'week-corrected'],
    [drift.correction !== null, 'drift-corrected'],
    [drift.found && drift.correction === null, 'drift-found'],
    [truncation.found, 'left-truncated'],
    [isScoredOnCells, 'scored-on-cells'],
    [attributes !== null && !attributes.inUse, 'attributes-left-out'],
    [twoValues.length > 0, 'attribute-two-values'],
    [fitted.isRegressed, 'spend-regression'],
  ];
  return doubts.filter(([holds]) => holds).map(([, code]) => code);
}

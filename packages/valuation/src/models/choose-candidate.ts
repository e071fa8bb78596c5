import { compareLogScores, type FitReason, type PredictionErrors } from '@kezi/stats';
import type { PurchaseModelName } from './fit-purchase.js';
import type { JudgedModel, ModelJudgement } from './judge-candidates.js';

/** A hold-out with fewer orders than this tells nothing about a model. */
export const FEWEST_HOLDOUT_ORDERS = 30;

/** Why a model is not the one in use. */
export type PassedOver =
  | FitReason
  | 'lower-log-score'
  | 'larger-total-error'
  | 'no-better'
  | 'lower-likelihood'
  | 'not-wanted'
  | 'backtest-worse-than-naive';

export interface CandidateChoice {
  /** null: no fit can be trusted. */
  name: PurchaseModelName | null;
  by: 'holdout' | 'likelihood';
  /** Why each of the others was passed over. */
  reasons: Map<PurchaseModelName, PassedOver>;
}

/** Two standard errors: beyond this a gap in log-score is hardly chance. */
const CLEARLY = 2;
/** Totals that differ by less than this are as good as each other. */
const SMALLEST_TOTAL_GAP = 0.02;

/** Measures nearer than this differ by rounding: two that are one model in another guise (CNBD with k = 1). */
const SAME = 1e-9;

type Trusted = JudgedModel & { judged: ModelJudgement };

const isTrusted = (candidate: JudgedModel): candidate is Trusted => candidate.judged !== null;

/** The one for which `measure` is largest; of those as good as equal the first, which is the simplest. */
function bestOf<T>(candidates: readonly T[], measure: (candidate: T) => number): T | null {
  return candidates.reduce<T | null>(
    (best, each) => (best === null || measure(each) > measure(best) + SAME ? each : best),
    null,
  );
}

/**
 * Which model predicts best. By the hold-out, in this order: fits that cannot be trusted are out; so is one whose log-score is behind the
 * best by more than two standard errors of the gap, customer by customer; so is one whose total is off by clearly more than that of
 * the closest (more than chance moves a total of so many orders, 2 % at least); of those left the highest log-score. With fewer than 30 orders in the hold-out,
 * the smallest BIC on the calibration part.
 */
export function chooseCandidate(
  candidates: readonly JudgedModel[],
  weight: Float64Array,
  actualTotal: number,
): CandidateChoice {
  const reasons = new Map<PurchaseModelName, PassedOver>();
  const drop = (name: PurchaseModelName, reason: PassedOver): false => {
    reasons.set(name, reason);
    return false;
  };
  const trusted = candidates.filter(
    (each) => isTrusted(each) || drop(each.name, each.fit.reason ?? 'not-converged'),
  ) as Trusted[];
  const close = (chosen: Trusted | null, by: CandidateChoice['by'], reason: PassedOver): CandidateChoice => {
    for (const { name } of trusted) if (name !== chosen?.name && !reasons.has(name)) drop(name, reason);
    return { name: chosen?.name ?? null, by, reasons };
  };
  if (actualTotal < FEWEST_HOLDOUT_ORDERS)
    return close(
      bestOf(trusted, (each) => -each.bic),
      'likelihood',
      'lower-likelihood',
    );
  const leader = bestOf(trusted, (each) => each.judged.logScore);
  if (leader === null) return close(null, 'holdout', 'no-better');
  const told = trusted.filter(({ name, judged }) => {
    const { gap, standardError } = compareLogScores(leader.judged.logScores, judged.logScores, weight);
    return gap <= CLEARLY * standardError + SAME || drop(name, 'lower-log-score');
  });
  const totalGap = (each: Trusted): number => Math.abs(each.judged.errors.totalError ?? 0);
  const closest = Math.min(...told.map(totalGap));
  const chance = Math.max(SMALLEST_TOTAL_GAP, 1 / Math.sqrt(actualTotal));
  const left = told.filter(
    (each) => totalGap(each) <= closest + chance || drop(each.name, 'larger-total-error'),
  );
  return close(
    bestOf(left, (each) => each.judged.logScore),
    'holdout',
    'no-better',
  );
}

/** Whether one did better than another a customer and in total. */
export function isBetterThan(one: PredictionErrors, other: PredictionErrors): boolean {
  const total = ({ totalError }: PredictionErrors): number => Math.abs(totalError ?? 0);
  return one.meanAbsoluteError < other.meanAbsoluteError * (1 - 1e-9) && total(one) < total(other);
}

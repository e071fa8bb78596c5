import { predictionErrors, type PredictionErrors } from '@kezi/stats';
import { seasonFactor, weekFactor, type Swings } from './analyse-history.js';
import type { HeldRows, Judgement } from './judge-candidates.js';

interface Used {
  season: boolean;
  drift: boolean;
  week: boolean;
}

/** Which corrections of expected orders won the back-test. */
export interface Corrections extends Used {
  /** How the model did with them; null where none is used. */
  errors: PredictionErrors | null;
}

export const noCorrections: Corrections = { season: false, drift: false, week: false, errors: null };

/** One correction alone first, then two, then all: of equal ones the first is taken. */
const trials: readonly Used[] = [
  { season: true, drift: false, week: false },
  { season: false, drift: true, week: false },
  { season: false, drift: false, week: true },
  { season: true, drift: true, week: false },
  { season: true, drift: false, week: true },
  { season: false, drift: true, week: true },
  { season: true, drift: true, week: true },
];

/** What expected orders are multiplied by; null where it is not used. */
interface CorrectionFactors {
  season: number | null;
  drift: number | null;
  week: number | null;
}

/** Beyond twice, or below half, a level of late is more likely an error than a trend. */
const LARGEST = 2;
/** The total must come closer by a tenth at least: a correction that gains less is chance. */
const WORTH = 0.9;

const levelOf = ({ drift }: Swings): number =>
  Math.min(LARGEST, Math.max(1 / LARGEST, drift.recentLevel ?? 1));

/**
 * Factors for the days after `from` up to `to`: a season's mean over them against its mean over the history, which the model has learned as usual; and the
 * level of late, taken to stay. The rhythm of the week is a season of seven days: over whole weeks it comes to nothing.
 */
export function correctionFactors(
  swings: Swings,
  used: Used,
  days: { first: number; from: number; to: number },
): CorrectionFactors {
  const { first, from, to } = days;
  const season = seasonFactor(swings.season, from, to) / seasonFactor(swings.season, first, from);
  const week = weekFactor(swings.week, from, to) / weekFactor(swings.week, first, from);
  return {
    season: used.season && swings.season.found === true ? season : null,
    drift: used.drift && swings.drift.found ? levelOf(swings) : null,
    week: used.week && swings.week.found === true ? week : null,
  };
}

/** What the factors come to together. */
export function productOf({ season, drift, week }: CorrectionFactors): number {
  return (season ?? 1) * (drift ?? 1) * (week ?? 1);
}

/**
 * Tries what was found in the calibration part on the hold-out: a correction is used where error a customer and error in total both fall, the
 * latter by a tenth; of several the one of smallest error a customer.
 */
export function chooseCorrections(
  swings: Swings,
  rows: HeldRows,
  plain: Judgement,
  days: { first: number; from: number; to: number },
): Corrections {
  const total = ({ totalError }: PredictionErrors): number => Math.abs(totalError ?? 0);
  let best: Corrections = { ...noCorrections };
  for (const used of trials) {
    if (used.season && swings.season.found !== true) continue;
    if ((used.week && swings.week.found !== true) || (used.drift && !swings.drift.found)) continue;
    const factor = productOf(correctionFactors(swings, used, days));
    const predicted = plain.predicted.map((orders) => orders * factor);
    const errors = predictionErrors(rows.heldOrders, predicted, rows.summary.weight);
    const beats = (other: PredictionErrors): boolean =>
      errors.meanAbsoluteError < other.meanAbsoluteError && total(errors) < total(other) * WORTH;
    if (!beats(plain.errors)) continue;
    if (best.errors === null || errors.meanAbsoluteError < best.errors.meanAbsoluteError)
      best = { ...used, errors };
  }
  return best;
}

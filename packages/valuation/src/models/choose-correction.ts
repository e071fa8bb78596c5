import { predictionErrors, type PredictionErrors } from '@kezi/stats';
import { seasonFactor } from './analyse-history.js';
import type { Swings } from './find-season.js';
import type { HeldRows, Judgement } from './judge-candidates.js';

/** Which corrections of expected orders won the back-test. */
export interface Corrections {
  season: boolean;
  drift: boolean;
  /** How the model did with them; null where none is used. */
  errors: PredictionErrors | null;
}

/** What expected orders are multiplied by; null where it is not used. */
interface CorrectionFactors {
  season: number | null;
  drift: number | null;
}

/** Beyond twice, or below half, a level of late is more likely an error than a trend. */
const LARGEST = 2;
/** The total must come closer by a tenth at least: a correction that gains less is chance. */
const WORTH = 0.9;

const levelOf = ({ drift }: Swings): number =>
  Math.min(LARGEST, Math.max(1 / LARGEST, drift.recentLevel ?? 1));

/**
 * Factors for the days after `from` up to `to`: a season's mean over them against its mean over the history, which the model has learned as usual; and the
 * level of late, taken to stay.
 */
export function correctionFactors(
  swings: Swings,
  used: { season: boolean; drift: boolean },
  days: { first: number; from: number; to: number },
): CorrectionFactors {
  const season =
    seasonFactor(swings.season, days.from, days.to) / seasonFactor(swings.season, days.first, days.from);
  return {
    season: used.season && swings.season.found === true ? season : null,
    drift: used.drift && swings.drift.found ? levelOf(swings) : null,
  };
}

/** What the factors come to together. */
export function productOf({ season, drift }: CorrectionFactors): number {
  return (season ?? 1) * (drift ?? 1);
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
  let best: Corrections = { season: false, drift: false, errors: null };
  for (const [season, drift] of [
    [true, false],
    [false, true],
    [true, true],
  ] as const) {
    if ((season && swings.season.found !== true) || (drift && !swings.drift.found)) continue;
    const factor = productOf(correctionFactors(swings, { season, drift }, days));
    const predicted = plain.predicted.map((orders) => orders * factor);
    const errors = predictionErrors(rows.heldOrders, predicted, rows.summary.weight);
    const beats = (other: PredictionErrors): boolean =>
      errors.meanAbsoluteError < other.meanAbsoluteError && total(errors) < total(other) * WORTH;
    if (!beats(plain.errors)) continue;
    if (best.errors === null || errors.meanAbsoluteError < best.errors.meanAbsoluteError)
      best = { season, drift, errors };
  }
  return best;
}

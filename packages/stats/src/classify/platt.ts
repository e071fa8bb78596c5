import { maximiseByNewton, verdictOf } from '../linear/newton.js';
import { checkScores } from './isotonic.js';
import { logisticLogLikelihood } from './logistic-likelihood.js';

/** Probability from a score: 1 / (1 + exp(-(intercept + slope score))). Plain JSON. */
export interface PlattCalibration {
  name: 'platt';
  slope: number;
  intercept: number;
  converged: boolean;
}

/**
 * Turns scores (log odds work best) into probabilities by a logistic curve in the score, fitted to labels drawn a little
 * towards each other, (n1 + 1) / (n1 + 2) and 1 / (n0 + 2), so that separated classes do no harm.
 * Sources: Platt 1999, section 2.2; Lin, Lin & Weng 2007 (Newton with backtracking). Two parameters: a hundred rows do.
 * RangeError, naming the row, for bad input. Equal scores or no rows: a constant. Ten passes.
 */
export function fitPlatt(score: Float64Array, label: ArrayLike<number>): PlattCalibration {
  checkScores(score, label);
  const rows = score.length;
  let positives = 0;
  for (let i = 0; i < rows; i++) positives += label[i]!;
  const [high, low] = [(positives + 1) / (positives + 2), 1 / (rows - positives + 2)];
  const targets = Float64Array.from(score, (_, i) => (label[i] === 1 ? high : low));
  const share = rows > 0 ? targets.reduce((sum, value) => sum + value, 0) / rows : 0.5;
  const centre = score.reduce((sum, value) => sum + value / rows, 0);
  const scale = Math.sqrt(score.reduce((sum, value) => sum + (value - centre) ** 2 / rows, 0));
  const flat = {
    name: 'platt' as const,
    slope: 0,
    intercept: Math.log(share / (1 - share)),
    converged: true,
  };
  if (!(scale > 1e-12 * Math.abs(centre)) || !Number.isFinite(scale)) return flat;
  const data = {
    columns: [score.map((value) => (value - centre) / scale)],
    label: targets,
    weight: new Float64Array(rows).fill(1),
  };
  const end = maximiseByNewton(
    (point) => logisticLogLikelihood(data, point),
    Float64Array.of(flat.intercept, 0),
  );
  const slope = end.point[1]! / scale;
  return {
    name: 'platt',
    slope,
    intercept: end.point[0]! - slope * centre,
    converged: verdictOf(end, [1, 1]).converged,
  };
}

/** Probability for a score. RangeError for a score that is NaN. */
export function plattProbability(calibration: PlattCalibration, score: number): number {
  if (Number.isNaN(score)) throw new RangeError('plattProbability needs a score, got NaN');
  const odds = calibration.intercept + (calibration.slope === 0 ? 0 : calibration.slope * score);
  return 1 / (1 + Math.exp(-odds));
}

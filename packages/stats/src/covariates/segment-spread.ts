import { minimise, type Objective } from '../optimise/lbfgs.js';
import { cholesky, inverseOfPositiveDefinite } from '../optimise/symmetric-matrix.js';

/**
 * What a segment's own customers say, as a parabola about `point`: log-likelihood = const + gradient (u - point)
 * - (u - point)' information (u - point) / 2.
 */
export interface SegmentParabola {
  point: Float64Array;
  gradient: Float64Array;
  information: readonly (readonly number[])[];
}

/** A posterior that is normal: own log-likelihood plus a normal prior with the given variances about the centre. */
export function posteriorOf(
  segment: SegmentParabola,
  centre: ArrayLike<number>,
  variances: ArrayLike<number>,
): { mean: Float64Array; covariance: number[][]; lnDeterminant: number } | null {
  const precision = segment.information.map((row, i) =>
    row.map((value, k) => (i === k ? value + 1 / variances[i]! : value)),
  );
  const factor = cholesky(precision);
  const covariance = inverseOfPositiveDefinite(precision);
  if (factor === null || covariance === null) return null;
  const pull = segment.gradient.map((slope, k) => slope + (centre[k]! - segment.point[k]!) / variances[k]!);
  return {
    mean: segment.point.map(
      (value, i) => value + covariance[i]!.reduce((sum, entry, k) => sum + entry * pull[k]!, 0),
    ),
    covariance,
    lnDeterminant: 2 * factor.reduce((sum, row, i) => sum + Math.log(row[i]!), 0),
  };
}

/** ln of the variances stays within +-: a spread of 0.1 % is none, one of e^3 is no bound at all. */
const LEAST = -14;
const MOST = 6;
/** Weight of the wall beyond: it stops the search where the likelihood is flat. */
const WALL = 1;

/**
 * Minus the log marginal likelihood of the segments by the logs of the variances between them,
 *   sum over segments of (sum ln tau^2 + ln |P| - b' P^-1 b) / 2,   P = information + diag(1 / tau^2),
 * with b the slope of the parabola at the centre. Its slope by ln tau_k^2 is (1 - ((m - centre)_k^2 + C_kk) / tau_k^2) / 2.
 */
function spreadObjective(segments: readonly SegmentParabola[], centre: Float64Array): Objective {
  return (point, gradient) => {
    const variances = point.map((value) => Math.exp(value));
    gradient.fill(0);
    let value = 0;
    for (const segment of segments) {
      const posterior = posteriorOf(segment, centre, variances);
      if (posterior === null) return Number.POSITIVE_INFINITY;
      const { mean, covariance, lnDeterminant } = posterior;
      const away = mean.map((entry, k) => entry - centre[k]!);
      const slope = segment.gradient.map((entry, i) =>
        segment.information[i]!.reduce(
          (sum, curvature, k) => sum - curvature * (centre[k]! - segment.point[k]!),
          entry,
        ),
      );
      value += 0.5 * (lnDeterminant - away.reduce((sum, entry, k) => sum + entry * slope[k]!, 0));
      for (let k = 0; k < point.length; k++) {
        value += 0.5 * point[k]!;
        gradient[k]! += 0.5 * (1 - (away[k]! ** 2 + covariance[k]![k]!) / variances[k]!);
      }
    }
    for (let k = 0; k < point.length; k++) {
      const beyond = Math.max(point[k]! - MOST, 0) + Math.min(point[k]! - LEAST, 0);
      value += 0.5 * WALL * beyond * beyond;
      gradient[k]! += WALL * beyond;
    }
    return value;
  };
}

/**
 * Variances between segments, one for each quantity, by maximum marginal likelihood: what remains of the differences
 * between segments once their own uncertainty is taken off. Type II maximum likelihood, Carlin & Louis 2000, section 3.3,
 * with a normal approximation to each segment's likelihood. 0.001 of a log unit (1e-6) where none is visible. O(segments p^3)
 * an evaluation, about 30 evaluations.
 */
export function varianceBetween(
  segments: readonly SegmentParabola[],
  centre: Float64Array,
  start: Float64Array,
): Float64Array {
  const end = minimise(spreadObjective(segments, centre), start.map(Math.log), { gradientTolerance: 1e-5 });
  return end.point.map((value) => Math.exp(value));
}

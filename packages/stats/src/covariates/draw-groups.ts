import { randomFrom } from '../distributions/random.js';
import { cholesky } from '../optimise/symmetric-matrix.js';
import { drawParameters } from '../purchase/draw-parameters.js';
import { covariateSigns, type CovariateModel } from './covariate-model.js';
import type { SegmentedFit, SegmentFit } from './fit-by-segment.js';
import type { CovariateFit } from './fit-with-covariates.js';
import { segmentCoordinates, transformed } from './segment-coordinates.js';

type Parameters = Record<string, number>;

/**
 * How far a draw of the pooled parameters moves a segment: wholly where it leans on all, not at all where its own customers
 * settle it.
 */
function movedBy({ name, pooled }: SegmentedFit, { weights }: SegmentFit, drawn: Parameters): Parameters {
  const seen = segmentCoordinates[name];
  const move = transformed(
    seen.inverse,
    seen.parameters.map((parameter) => Math.log(drawn[parameter]! / pooled.parameters[parameter]!)),
  );
  const leaning = seen.quantities.map((quantity, k) => (1 - (weights[quantity] ?? 0)) * move[k]!);
  const logs = transformed(seen.matrix, leaning);
  return Object.fromEntries(seen.parameters.map((parameter, k) => [parameter, Math.exp(logs[k]!)]));
}

/**
 * Draws of the parameters of every segment, in the order of the fit's segments, from their large-sample distribution: what all
 * share (the pooled fit) is drawn once for all of them, what a segment has of its own for itself. Spreads of totals over
 * segments need both: the shared part does not average out. Empty where the pooled fit has no covariance. The spread between
 * segments is taken as known. The same seed gives the same numbers.
 */
export function drawSegments(
  fit: SegmentedFit,
  count: number,
  seed: number,
): { pooled: Parameters; segments: Parameters[] }[] {
  const shared = drawParameters(fit.pooled, count, seed);
  const own = fit.segments.map((segment, i) => drawParameters(segment, count, seed + 1 + i));
  return shared.map((pooled, n) => ({
    pooled,
    segments: fit.segments.map((segment, i): Parameters => {
      const drawn = own[i]![n];
      if (drawn === undefined) return pooled;
      const moved = movedBy(fit, segment, pooled);
      return Object.fromEntries(
        Object.entries(drawn).map(([parameter, value]) => [parameter, value * (moved[parameter] ?? 1)]),
      );
    }),
  }));
}

/**
 * Draws of a model with covariates from its large-sample distribution: logs of parameters and effects are normal with the fit's
 * covariance. Empty for a fit that is not trusted. The same seed gives the same numbers.
 */
export function drawCovariateModels(fit: CovariateFit, count: number, seed: number): CovariateModel[] {
  if (fit.covariance === null) return [];
  const free = fit.covariance.map((_, i) => i).filter((i) => fit.covariance![i]![i]! > 0);
  const factor = cholesky(free.map((i) => free.map((j) => fit.covariance![i]![j]!)));
  if (factor === null) return [];
  const parameters = Object.keys(fit.parameters);
  const out = new Set(fit.leftOut.map(({ name }) => name));
  const kept = fit.covariates.names.map((_, j) => j).filter((j) => !out.has(fit.covariates.names[j]!));
  const random = randomFrom(seed);
  return Array.from({ length: count }, () => {
    const z = free.map(() => random.normal());
    const move = new Float64Array(fit.covariance!.length);
    factor.forEach((row, i) => {
      move[free[i]!] = row.reduce((sum, value, k) => sum + value * z[k]!, 0);
    });
    const effects = Object.keys(covariateSigns[fit.name]).map((parameter, e): [string, number[]] => {
      const own = [...fit.covariates.effects[parameter]!];
      kept.forEach((j, place) => (own[j]! += move[parameters.length + e * kept.length + place]!));
      return [parameter, own];
    });
    return {
      name: fit.name,
      parameters: Object.fromEntries(
        parameters.map((parameter, k) => [parameter, fit.parameters[parameter]! * Math.exp(move[k]!)]),
      ),
      covariates: { ...fit.covariates, effects: Object.fromEntries(effects) },
    };
  });
}

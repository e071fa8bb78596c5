import { minimise, type Objective } from '../optimise/lbfgs.js';
import { endOf, MAY_LOSE, type OpenInterval } from '../optimise/profile-intervals.js';

/** An effect as a sum of entries of a point, each with its share. */
export interface EffectPlaces {
  at: number;
  share: number;
}

interface EffectProblem {
  /** Mean negative log-likelihood a customer, and where it is least. */
  objective: Objective;
  point: Float64Array;
  customers: number;
}

/** The log-likelihood that is lost where an effect is held and all else makes the best of it: the first of its places gives way. */
function lostAt({ objective, point, customers }: EffectProblem, places: readonly EffectPlaces[]) {
  const [held, ...others] = places as [EffectPlaces, ...EffectPlaces[]];
  const slopes = new Float64Array(point.length);
  const all = Float64Array.from(point);
  const least = objective(point, slopes) * customers;
  const freed = Array.from(point.keys()).filter((at) => at !== held.at);
  let near = Float64Array.from(freed, (at) => point[at]!);
  return (effect: number): number => {
    const reduced: Objective = (free, gradient) => {
      freed.forEach((at, i) => (all[at] = free[i]!));
      const rest = others.reduce((sum, { at, share }) => sum + share * all[at]!, 0);
      all[held.at] = (effect - rest) / held.share;
      const value = objective(all, slopes);
      freed.forEach((at, i) => {
        const share = others.find((other) => other.at === at)?.share ?? 0;
        gradient[i] = slopes[at]! - (slopes[held.at]! * share) / held.share;
      });
      return value;
    };
    const end = minimise(reduced, near, { gradientTolerance: 1e-6, maxIterations: 60 });
    if (end.reason === 'outside') return Number.POSITIVE_INFINITY;
    near = Float64Array.from(end.point);
    return end.value * customers - least;
  };
}

/**
 * 95 % interval of an effect by profile likelihood (Venzon & Moolgavkar 1988), for where its curvature says nothing: an end is null where
 * the likelihood loses less than 1.92 however far one goes, up to `reach`. Nobody of a level came back, say: then it orders 'at most so much', and
 * nothing speaks against never (Heinze & Schemper 2002, of separation). Some ten small searches an end.
 */
export function profileEffect(
  problem: EffectProblem,
  places: readonly EffectPlaces[],
  reach: number,
): OpenInterval {
  const best = places.reduce((sum, { at, share }) => sum + share * problem.point[at]!, 0);
  const [lower, upper] = ([-1, 1] as const).map((direction) => {
    // One look at the far end first: most ends that are asked for are open, and creeping there takes many searches.
    if (lostAt(problem, places)(best + direction * reach) < MAY_LOSE) return null;
    const lost = lostAt(problem, places);
    const distance = endOf((away) => lost(best + direction * away), reach);
    return distance === null ? null : best + direction * distance;
  }) as [number | null, number | null];
  return { lower, upper };
}

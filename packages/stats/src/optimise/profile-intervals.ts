import { minimise, type Objective } from './lbfgs.js';

/** Ends of an interval; null for an end that the data do not set. */
export interface OpenInterval {
  lower: number | null;
  upper: number | null;
}

/** Half the 95 % point of chi-squared with one degree of freedom: what the log-likelihood may lose. */
export const MAY_LOSE = 1.92072941;
/** First step in a log-parameter, and how many an end is worth: they grow as the loss shows how far it is. */
const FIRST_STEP = 0.2;
const MOST_STEPS = 24;
/** The end is told to this share of what may be lost: the parameter to about 1 % of its interval. */
const CLOSE = 0.02;

interface ProfileProblem<Name extends string> {
  names: readonly Name[];
  /** Mean negative log-likelihood a customer by log-parameters, and where it is least. */
  objective: Objective;
  point: Float64Array;
  customers: number;
  /** Log-parameters further than `edge` from these cannot be told from infinity or nothing. */
  centre: readonly number[];
  edge: number;
}

/** The log-likelihood that is lost where one parameter is held and the others make the best of it. */
function profileOf<Name extends string>({ objective, point, customers }: ProfileProblem<Name>, k: number) {
  const all = Float64Array.from(point);
  const slopes = new Float64Array(point.length);
  const least = objective(all, slopes) * customers;
  const others = point.filter((_, i) => i !== k);
  let near: Float64Array = others;
  return (held: number): number => {
    const reduced: Objective = (free, gradient) => {
      free.forEach((value, i) => (all[i < k ? i : i + 1] = value));
      all[k] = held;
      const value = objective(all, slopes);
      for (let i = 0; i < gradient.length; i++) gradient[i] = slopes[i < k ? i : i + 1]!;
      return value;
    };
    if (near.length === 0) return reduced(near, new Float64Array(0)) * customers - least;
    const end = minimise(reduced, near, { gradientTolerance: 1e-6, maxIterations: 60 });
    if (end.reason === 'outside') return Number.POSITIVE_INFINITY;
    near = end.point;
    return end.value * customers - least;
  };
}

/** Distance at which the loss is what it may be; null where it never gets there within reach. The square root of the loss is nearly straight. */
export function endOf(lost: (distance: number) => number, reach: number): number | null {
  let [inside, insideRoot] = [0, 0];
  let outside: number | null = null;
  const target = Math.sqrt(MAY_LOSE);
  let step = FIRST_STEP;
  for (let i = 0; i < MOST_STEPS; i++) {
    const distance: number = outside === null ? Math.min(reach, inside + step) : step;
    const loss = lost(distance);
    if (Math.abs(loss - MAY_LOSE) < CLOSE * MAY_LOSE) return distance;
    if (loss > MAY_LOSE) outside = distance;
    else if (distance >= reach) return null;
    else [inside, insideRoot] = [distance, Math.sqrt(Math.max(0, loss))];
    if (outside === null) {
      const straight = insideRoot > 0.05 ? (inside * target) / insideRoot - inside : step * 2;
      step = Math.min(4 * step, Math.max(step / 2, 1.05 * straight));
    } else step = (inside + outside) / 2;
  }
  return outside === null ? null : (inside + outside) / 2;
}

/**
 * 95 % intervals of parameters by profile likelihood (Venzon & Moolgavkar 1988): all values at which, with the others free, the log-likelihood is no more
 * than 1.92 below its best. They need no curvature at the best point, so they hold where a parameter is at its edge: the end towards the edge is then null,
 * and what is left is a one-sided statement ('at least 1,200'). Some 10 small searches an end.
 */
export function profileIntervals<Name extends string>(
  problem: ProfileProblem<Name>,
): Record<Name, OpenInterval> {
  const { names, point, centre, edge } = problem;
  const ends = names.map((name, k): [Name, OpenInterval] => {
    const [lower, upper] = ([-1, 1] as const).map((direction) => {
      const reach = edge - direction * (point[k]! - centre[k]!);
      // The wall holds a parameter at about the edge: what is left of the way says nothing.
      if (reach < 1) return null;
      const lost = profileOf(problem, k);
      const distance = endOf((away) => lost(point[k]! + direction * away), reach);
      return distance === null ? null : Math.exp(point[k]! + direction * distance);
    }) as [number | null, number | null];
    return [name, { lower, upper }];
  });
  return Object.fromEntries(ends) as Record<Name, OpenInterval>;
}

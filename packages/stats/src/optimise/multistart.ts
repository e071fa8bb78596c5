import { minimise, type MinimiseOptions, type Minimum, type Objective } from './lbfgs.js';

/**
 * Minimises from every start and returns the lowest end; iterations and evaluations are summed over all starts.
 * RangeError without any start.
 */
export function minimiseFromEach(
  objective: Objective,
  starts: readonly ArrayLike<number>[],
  options: MinimiseOptions = {},
): Minimum {
  let best: Minimum | null = null;
  let iterations = 0;
  let evaluations = 0;
  for (const start of starts) {
    const end = minimise(objective, start, options);
    iterations += end.iterations;
    evaluations += end.evaluations;
    if (best === null || !Number.isFinite(best.value) || end.value < best.value) best = end;
  }
  if (best === null) throw new RangeError('minimiseFromEach needs at least one start');
  return { ...best, iterations, evaluations };
}

import type { ModelCandidate } from '@kezi/contract';

type Holdout = NonNullable<ModelCandidate['holdout']>;
export type Measure = Exclude<keyof Holdout, 'total' | 'calibration'>;

/** The measures of the back-test, as they are shown; `bestIs` says which end of each is the good one. */
export const measures: readonly { name: Measure; bestIs: 'nearZero' | 'small' | 'large' }[] = [
  { name: 'totalError', bestIs: 'nearZero' },
  { name: 'meanAbsoluteError', bestIs: 'small' },
  { name: 'weightedMape', bestIs: 'small' },
  { name: 'rankCorrelation', bestIs: 'large' },
  { name: 'logScore', bestIs: 'large' },
];

/** Equal to so many digits is equal to a reader. */
const sameDigits = 1e-4;

/** How good a figure is, the larger the better; null for a figure that is not there. */
function goodness(measure: (typeof measures)[number], holdout: Holdout | null): number | null {
  const value = holdout?.[measure.name] ?? null;
  if (value === null) return null;
  if (measure.bestIs === 'nearZero') return -Math.abs(value);
  return measure.bestIs === 'small' ? -value : value;
}

/** Who is best by each measure: all that are as good as the best one. Nobody where fewer than two can be compared. */
export function bestOf(candidates: readonly ModelCandidate[]): Map<Measure, Set<ModelCandidate>> {
  return new Map(
    measures.map((measure) => {
      const known = candidates.flatMap((candidate) => {
        const good = goodness(measure, candidate.holdout);
        return good === null ? [] : [{ candidate, good }];
      });
      const best = Math.max(...known.map(({ good }) => good));
      const winners = known.filter(({ good }) => good >= best - sameDigits);
      return [measure.name, new Set(known.length < 2 ? [] : winners.map(({ candidate }) => candidate))];
    }),
  );
}

/** The one in use first, then what was judged by its log-score, naive rules, and last what could not be judged. */
export function inOrder(candidates: readonly ModelCandidate[]): ModelCandidate[] {
  const rank = ({ inUse, holdout }: ModelCandidate) => {
    if (inUse) return 0;
    if (holdout === null) return 3;
    return holdout.logScore === null ? 2 : 1;
  };
  return candidates.toSorted(
    (a, b) => rank(a) - rank(b) || (b.holdout?.logScore ?? 0) - (a.holdout?.logScore ?? 0),
  );
}

/** Where a total and the truth stand on one scale from 0, in percent of its width. */
export function totalScale(
  candidates: readonly ModelCandidate[],
  actual: number,
): { at: (total: number) => number; actual: number } {
  const most = Math.max(actual, ...candidates.map(({ holdout }) => holdout?.total ?? 0)) || 1;
  const at = (total: number) => (100 * Math.max(total, 0)) / most;
  return { at, actual: at(actual) };
}

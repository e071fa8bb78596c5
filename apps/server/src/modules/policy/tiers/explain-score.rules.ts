import type { TierDefinition, TierIndicator } from '@kezi/contract';
import { topsisCloseness } from '@kezi/stats';
import { indicatorsOf } from './check-definition.rules.js';
import { fixedWeights, fullPoints, keptScore } from './weigh.rules.js';

export interface ExplainedIndicator {
  axis: string;
  axisName: string;
  indicator: TierIndicator;
  /** 0 to 100. */
  points: number;
  /** Percent of the whole. */
  weight: number;
  /** Of the score of 100; all of them add up to it. */
  contribution: number;
  /** Points of 10,000 with which this indicator alone would reach the wanted score; null where even the most does not. */
  neededPoints: number | null;
}

function totalOf(definition: TierDefinition, points: readonly number[], weights: readonly number[]): number {
  if (definition.total === 'sum') {
    return points.reduce((sum, value, i) => sum + value * (weights[i] ?? 0), 0);
  }
  const shares = points.map((value) => [value / fullPoints]);
  return (topsisCloseness(shares, weights)[0] ?? 0) * fullPoints;
}

/** The fewest points of one indicator with which the score is reached, the others as they are. The score rises with them. */
function pointsFor(
  definition: TierDefinition,
  points: readonly number[],
  weights: readonly number[],
  at: number,
  wanted: number,
): number | null {
  const withPoints = (value: number) =>
    keptScore(
      totalOf(
        definition,
        points.map((own, i) => (i === at ? value : own)),
        weights,
      ),
    );
  if (withPoints(fullPoints) < wanted) return null;
  let low = points[at] ?? 0;
  let high = fullPoints;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (withPoints(middle) >= wanted) high = middle;
    else low = middle + 1;
  }
  return high;
}

/**
 * Takes a score apart. By weighted sum an indicator contributes its points times its weight. By TOPSIS the score is divided as
 * the squared distances from the worst point are, of which each indicator brings its own.
 * @param wanted least score of 10,000 of the tier above, where there is one
 */
export function explainScore(
  definition: TierDefinition,
  points: readonly number[],
  score: number,
  wanted: number | null,
): ExplainedIndicator[] {
  const { ofWhole } = fixedWeights(definition);
  const squares = points.map((value, i) => (value * (ofWhole[i] ?? 0)) ** 2);
  const all = squares.reduce((sum, value) => sum + value, 0);
  const names = new Map(definition.axes.map((axis) => [axis.key, axis.name]));
  return indicatorsOf(definition).map((indicator, i) => {
    const own = points[i] ?? 0;
    const weight = ofWhole[i] ?? 0;
    const ofSquares = all > 0 ? ((squares[i] ?? 0) / all) * score : 0;
    return {
      axis: indicator.axis,
      axisName: names.get(indicator.axis) ?? indicator.axis,
      indicator,
      points: own / 100,
      weight: weight * 100,
      contribution: (definition.total === 'sum' ? own * weight : ofSquares) / 100,
      neededPoints: wanted === null ? null : pointsFor(definition, points, ofWhole, i, wanted),
    };
  });
}

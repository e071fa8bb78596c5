import type { TierDefinition, TierSummary } from '@kezi/contract';
import { ahpMatrix, ahpWeights, criticWeights, entropyWeights } from '@kezi/stats';
import { indicatorsOf } from './check-definition.rules.js';

/** Points of one who has the most of an indicator. */
export const fullPoints = 10_000;

/** A score as it is kept: whole hundredths of a point, so that equal customers are equal. */
export const keptScore = (total: number): number => Math.round(total * 100) / 100;

export interface Weights {
  /** Of the whole, in the order of `indicatorsOf`; they sum to 1. */
  ofWhole: number[];
  withinAxis: number[];
  axes: number[];
  consistency: TierSummary['consistency'];
}

interface Weighed {
  weights: number[];
  consistency: TierSummary['consistency'];
}

function byJudgement(of: string, names: readonly string[], judgements: readonly number[]): Weighed {
  const { weights, consistencyRatio, worstPair } = ahpWeights(ahpMatrix(names.length, judgements));
  const worst = worstPair && {
    first: names[worstPair.row] ?? '',
    second: names[worstPair.column] ?? '',
    judged: worstPair.judged,
    implied: worstPair.implied,
  };
  return { weights, consistency: [{ of, ratio: consistencyRatio, worst }] };
}

function asEntered(weights: readonly number[]): Weighed {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return { weights: weights.map((weight) => weight / sum), consistency: [] };
}

function ofAxis(axis: TierDefinition['axes'][number], points: readonly Int16Array[]): Weighed {
  const shares = () => points.map((column) => Float64Array.from(column, (value) => value / fullPoints));
  switch (axis.weighing) {
    case 'ahp':
      return byJudgement(
        axis.key,
        axis.indicators.map((indicator) => indicator.feature),
        axis.judgements,
      );
    case 'entropy':
      return { weights: entropyWeights(shares()), consistency: [] };
    case 'critic':
      return { weights: criticWeights(shares()), consistency: [] };
    default:
      return asEntered(axis.indicators.map((indicator) => indicator.weight));
  }
}

/** The weight of every indicator; entropy and CRITIC read the points of all customers. */
export function weighIndicators(definition: TierDefinition, points: readonly Int16Array[]): Weights {
  const { axes, axisWeighing, axisJudgements } = definition;
  const across =
    axisWeighing === 'ahp'
      ? byJudgement(
          'axes',
          axes.map((axis) => axis.name),
          axisJudgements,
        )
      : asEntered(axes.map((axis) => axis.weight));
  const ofWhole: number[] = [];
  const withinAxis: number[] = [];
  const consistency = [...across.consistency];
  let at = 0;
  for (const [a, axis] of axes.entries()) {
    const within = ofAxis(axis, points.slice(at, (at += axis.indicators.length)));
    consistency.push(...within.consistency);
    for (const weight of within.weights) {
      withinAxis.push(weight);
      ofWhole.push(weight * (across.weights[a] ?? 0));
    }
  }
  return { ofWhole, withinAxis, axes: across.weights, consistency };
}

/**
 * A policy whose weights are the numbers that were worked out: this is what is published, so that the weights of a version
 * stand in it and a later run weighs as it says.
 */
export function withFixedWeights(definition: TierDefinition, weights: Weights): TierDefinition {
  const percent = (share: number | undefined) => Number(((share ?? 0) * 100).toFixed(6));
  let at = 0;
  return {
    ...definition,
    axes: definition.axes.map((axis, a) => ({
      ...axis,
      weight: percent(weights.axes[a]),
      indicators: axis.indicators.map((indicator) => ({
        ...indicator,
        weight: percent(weights.withinAxis[at++]),
      })),
    })),
  };
}

/** The weights that stand in a published version, whatever way they came about. */
export function fixedWeights(definition: TierDefinition): Weights {
  const entered: TierDefinition = {
    ...definition,
    axisWeighing: 'entered',
    axes: definition.axes.map((axis) => ({ ...axis, weighing: 'entered' as const })),
  };
  return weighIndicators(
    entered,
    indicatorsOf(definition).map(() => new Int16Array()),
  );
}

import type { TierDefinition, TierIndicator } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';

/** Weights are percent with at most two digits: a third of three adds up to 99.99. */
const leeway = 0.05;

/** Every indicator of a policy, axis by axis: the order in which measured values and points are kept. */
export function indicatorsOf(definition: TierDefinition): (TierIndicator & { axis: string })[] {
  return definition.axes.flatMap((axis) =>
    axis.indicators.map((indicator) => ({ ...indicator, axis: axis.key })),
  );
}

function checkSum(of: string, weights: readonly number[]): void {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (sum === 0) throw new CodedError('tiers.weights_zero', { of });
  if (Math.abs(sum - 100) > leeway) {
    throw new CodedError('tiers.weights_sum', { of, sum: Number(sum.toFixed(2)) });
  }
}

function checkJudgements(of: string, things: number, judgements: readonly number[]): void {
  const needed = (things * (things - 1)) / 2;
  if (judgements.length !== needed) {
    throw new CodedError('tiers.judgements_count', { of, needed, given: judgements.length });
  }
}

function checkIndicator({ normalisation, direction }: TierIndicator, feature: string): void {
  if (normalisation.kind === 'thresholds') {
    // Where less is better, points fall from step to step.
    const way = direction === 'more' ? 1 : -1;
    const isOrdered = normalisation.steps.every((step, i) => {
      const before = normalisation.steps[i - 1];
      return before === undefined || (step.from > before.from && way * (step.share - before.share) >= 0);
    });
    if (!isOrdered) throw new CodedError('tiers.steps_order', { feature });
  }
  if (normalisation.kind === 'min-max' || normalisation.kind === 'log') {
    const { low, high } = normalisation;
    if (low !== undefined && high !== undefined && low >= high) {
      throw new CodedError('tiers.bounds_order', { feature });
    }
  }
}

function checkCuts({ cut, cuts }: TierDefinition, tiers: number): void {
  if (cuts.length !== tiers - 1) {
    throw new CodedError('tiers.cuts_count', { tiers, needed: tiers - 1, given: cuts.length });
  }
  if (cut === 'score') {
    const falls = cuts.every((value, i) => value <= 100 && (i === 0 || value < (cuts[i - 1] ?? 0)));
    if (!falls) throw new CodedError('tiers.cuts_order');
  }
  if (cut === 'quantile') {
    const sum = cuts.reduce((total, share) => total + share, 0);
    if (sum > 1 + 1e-9) throw new CodedError('tiers.cuts_share', { sum: Number((sum * 100).toFixed(2)) });
  }
  if (cut === 'count' && !cuts.every(Number.isInteger)) throw new CodedError('tiers.cuts_whole');
}

/** The name of the whole in either language: axes are named by the company, this is not. */
export const nameOfWhole = (axes: TierDefinition['axes']): string =>
  axes.map((axis) => axis.name).join(' · ');

/**
 * What a policy must fulfil before anybody is graded by it; `tiers` is how many its tier set has, `nameOf` what an indicator
 * is called: undefined where there is none of its key.
 * @throws CodedError tiers.* for what does not add up, contradicts its order or is not in the catalogue
 */
export function checkDefinition(
  definition: TierDefinition,
  tiers: number,
  nameOf: (feature: string) => string | undefined,
): void {
  const { axes, axisWeighing, axisJudgements } = definition;
  const whole = nameOfWhole(axes);
  if (axisWeighing === 'ahp') checkJudgements(whole, axes.length, axisJudgements);
  else
    checkSum(
      whole,
      axes.map((axis) => axis.weight),
    );
  const keys = new Set<string>();
  const features = new Set<string>();
  for (const axis of axes) {
    if (keys.has(axis.key)) throw new CodedError('tiers.axis_twice', { axis: axis.name });
    keys.add(axis.key);
    const weights = axis.indicators.map((indicator) => indicator.weight);
    if (axis.weighing === 'entered') checkSum(axis.name, weights);
    if (axis.weighing === 'ahp') checkJudgements(axis.name, weights.length, axis.judgements);
    for (const indicator of axis.indicators) {
      const name = nameOf(indicator.feature);
      if (name === undefined) throw new CodedError('tiers.feature_unknown', { feature: indicator.feature });
      if (features.has(indicator.feature)) throw new CodedError('tiers.feature_twice', { feature: name });
      features.add(indicator.feature);
      checkIndicator(indicator, name);
    }
  }
  checkCuts(definition, tiers);
}

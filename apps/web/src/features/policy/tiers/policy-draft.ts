import type { TierAxis, TierDefinition, TierFeature, TierIndicator } from '@kezi/contract';

/** Judgements of pairwise comparison in Saaty's scale, from 'far less' to 'far more important'. */
export const saatyScale = [1 / 9, 1 / 7, 1 / 5, 1 / 3, 1, 3, 5, 7, 9] as const;

/** The pairs of n things, in the order in which judgements are kept. */
export function pairsOf(things: number): [number, number][] {
  return Array.from({ length: things }, (_, i) =>
    Array.from({ length: things - i - 1 }, (__, j): [number, number] => [i, i + 1 + j]),
  ).flat();
}

/** Judgements for so many things: those of the first ones stay as they are, what is new is alike. */
function judgementsFor(things: number, known: readonly number[]): number[] {
  const judged = (1 + Math.sqrt(1 + 8 * known.length)) / 2;
  const stays = known.values();
  return pairsOf(Math.max(things, judged)).flatMap(([i, j]) => {
    const judgement = j < judged ? (stays.next().value ?? 1) : 1;
    return j < things && i < things ? [judgement] : [];
  });
}

/** Judgements that are left when one of the things is taken away. */
function judgementsWithout(at: number, things: number, known: readonly number[]): number[] {
  return pairsOf(things).flatMap(([i, j], pair) => (i === at || j === at ? [] : [known[pair] ?? 1]));
}

/** Percent in equal parts that add up to 100. */
export function equalParts(count: number): number[] {
  const each = Math.floor(10_000 / count) / 100;
  return Array.from({ length: count }, (_, i) =>
    i === 0 ? Number((100 - each * (count - 1)).toFixed(2)) : each,
  );
}

/** What is kept whole after a change: judgements for every pair. */
function whole(definition: TierDefinition): TierDefinition {
  return {
    ...definition,
    axisJudgements:
      definition.axisWeighing === 'ahp'
        ? judgementsFor(definition.axes.length, definition.axisJudgements)
        : [],
    axes: definition.axes.map((axis) => ({
      ...axis,
      judgements: axis.weighing === 'ahp' ? judgementsFor(axis.indicators.length, axis.judgements) : [],
    })),
  };
}

export function changeAxis(definition: TierDefinition, at: number, part: Partial<TierAxis>): TierDefinition {
  return whole({
    ...definition,
    axes: definition.axes.map((axis, i) => (i === at ? { ...axis, ...part } : axis)),
  });
}

export function changeIndicator(
  definition: TierDefinition,
  axis: number,
  at: number,
  part: Partial<TierIndicator>,
): TierDefinition {
  const indicators = definition.axes[axis]?.indicators ?? [];
  return changeAxis(definition, axis, {
    indicators: indicators.map((each, i) => (i === at ? { ...each, ...part } : each)),
  });
}

export function changeWhole(definition: TierDefinition, part: Partial<TierDefinition>): TierDefinition {
  return whole({ ...definition, ...part });
}

/** What an indicator is when it is chosen, weight apart: its own direction, and what a hole means for it. */
export function usualOf(feature: TierFeature): Omit<TierIndicator, 'weight'> {
  return {
    feature: feature.key,
    direction: feature.direction,
    normalisation: { kind: 'percentile' },
    missing: feature.missing,
  };
}

const indicatorOf = (feature: TierFeature): TierIndicator => ({ ...usualOf(feature), weight: 0 });

/** Adds the first indicator that is not used yet; nothing where all are. */
export function addIndicator(
  definition: TierDefinition,
  axis: number,
  features: readonly TierFeature[],
): TierDefinition {
  const used = new Set(definition.axes.flatMap((each) => each.indicators.map((one) => one.feature)));
  const free = features.find((feature) => !used.has(feature.key));
  if (!free) return definition;
  return changeAxis(definition, axis, {
    indicators: [...(definition.axes[axis]?.indicators ?? []), indicatorOf(free)],
  });
}

/** Takes an indicator away; the last of an axis takes the axis with it, unless it is the only one. */
export function removeIndicator(definition: TierDefinition, axis: number, at: number): TierDefinition {
  const { axes, axisJudgements } = definition;
  const before = axes[axis]?.indicators ?? [];
  const indicators = before.filter((_, i) => i !== at);
  if (indicators.length > 0) {
    const judgements = judgementsWithout(at, before.length, axes[axis]?.judgements ?? []);
    return changeAxis(definition, axis, { indicators, judgements });
  }
  if (axes.length === 1) return definition;
  return whole({
    ...definition,
    axes: axes.filter((_, i) => i !== axis),
    axisJudgements: judgementsWithout(axis, axes.length, axisJudgements),
  });
}

export function addAxis(
  definition: TierDefinition,
  name: string,
  features: readonly TierFeature[],
): TierDefinition {
  const used = new Set(definition.axes.flatMap((each) => each.indicators.map((one) => one.feature)));
  const free = features.find((feature) => !used.has(feature.key));
  const key = `axis-${definition.axes.length + 1}-${definition.axes.map((axis) => axis.key).join('').length}`;
  if (!free || definition.axes.length >= 8) return definition;
  const axis: TierAxis = {
    key,
    name,
    weight: 0,
    weighing: 'entered',
    judgements: [],
    indicators: [{ ...indicatorOf(free), weight: 100 }],
  };
  return whole({ ...definition, axes: [...definition.axes, axis] });
}

/** Cut-offs to begin with when the way of cutting changes. */
export function usualCuts(cut: TierDefinition['cut'], tiers: number, customers: number): number[] {
  const shares = Array.from({ length: tiers - 1 }, (_, i) => Number((0.05 * (i + 1)).toFixed(2)));
  if (cut === 'quantile') return shares;
  if (cut === 'count') return shares.map((share) => Math.max(1, Math.round(share * customers)));
  return shares.map((_, i) => Number((90 - ((i + 1) * 60) / tiers).toFixed(0)));
}

/** What one typed unit is of the unit that is kept, and what stands behind the field. `minor`: minor units in a major one. */
export function unitsOf(
  unit: TierFeature['unit'],
  minor: number,
): { one: number; suffix: 'percent' | 'money' | 'plain' } {
  if (unit === 'share') return { one: 0.01, suffix: 'percent' };
  if (unit === 'money-minor') return { one: minor, suffix: 'money' };
  return { one: 1, suffix: unit === 'money' ? 'money' : 'plain' };
}

type Step = Extract<TierIndicator['normalisation'], { kind: 'thresholds' }>['steps'][number];

/** One more step: beyond the last by as much as the last was beyond the one before, with points in the middle of what is left. */
export function nextStep(steps: readonly Step[], direction: TierIndicator['direction']): Step {
  const [before, last] = [steps.at(-2), steps.at(-1)];
  if (last === undefined) return { from: 1, share: 0.5 };
  const from =
    last.from + (before === undefined ? Math.max(1, Math.abs(last.from)) : last.from - before.from);
  const end = direction === 'more' ? 1 : 0;
  return { from, share: Number(((last.share + end) / 2).toFixed(2)) };
}

/** A scale to begin with when another kind is chosen: with steps, a single one. */
export function scaleOf(
  kind: TierIndicator['normalisation']['kind'],
  direction: TierIndicator['direction'],
): TierIndicator['normalisation'] {
  return kind === 'thresholds' ? { kind, steps: [nextStep([], direction)] } : { kind };
}

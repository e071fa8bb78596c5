import { contributionsOf, type Classifier } from './churn-classifier.js';
import type { ChurnRows } from './learn-churn.js';
import type { FeaturePlan } from './plan-features.js';

/** Customers with a value in a range, or with a level: how many of them left, and what the model adds to their log odds. */
export interface EffectGroup {
  /** '≤ 12', '> 40', a level, or '' for an empty cell. */
  values: string;
  rows: number;
  rate: number;
  contribution: number;
}

export interface FeatureEffect {
  name: string;
  /** Share of the mean absolute contribution of all features. */
  share: number;
  /** The group with the most and the one with the least push towards leaving. */
  most: EffectGroup;
  least: EffectGroup;
}

/** Rows that are explained to rank features: enough for two digits. */
const MOST_ROWS = 2000;
/** Groups of fewer rows say nothing. */
const FEWEST_ROWS = 20;

const short = (value: number): string => String(Number(value.toPrecision(4)));

/** Numbers in three groups of equal size, words by level. */
function groupsOf(plan: FeaturePlan, column: Float64Array): (value: number) => string {
  if (plan.kind === 'category') return (code) => (Number.isNaN(code) ? '' : plan.levels[code]!);
  const known = column.filter((value) => !Number.isNaN(value)).sort();
  const [low, high] = [
    known[Math.floor(known.length / 3)] ?? 0,
    known[Math.floor((2 * known.length) / 3)] ?? 0,
  ];
  return (value) => {
    if (Number.isNaN(value)) return '';
    if (value <= low) return `≤ ${short(low)}`;
    return value <= high ? `${short(low)} – ${short(high)}` : `> ${short(high)}`;
  };
}

/** Features by what they move, each with its most and least dangerous group. */
export function featureEffects(
  classifier: Classifier,
  plans: readonly FeaturePlan[],
  rows: ChurnRows,
): FeatureEffect[] {
  const step = Math.max(1, Math.ceil(rows.label.length / MOST_ROWS));
  const columns = rows.columns.map((column) => column.filter((_, i) => i % step === 0));
  const label = rows.label.filter((_, i) => i % step === 0);
  const { values } = contributionsOf(classifier, plans, columns);
  const sizes = plans.map((_, j) =>
    label.reduce((sum, _, i) => sum + Math.abs(values[i * plans.length + j]!), 0),
  );
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const effects = plans.flatMap((plan, j): FeatureEffect[] => {
    const column = columns[j]!;
    const nameOf = groupsOf(plan, column);
    const groups = new Map<string, EffectGroup>();
    column.forEach((value, i) => {
      const name = nameOf(value);
      const group = groups.get(name) ?? { values: name, rows: 0, rate: 0, contribution: 0 };
      group.rows++;
      group.rate += label[i]!;
      group.contribution += values[i * plans.length + j]!;
      groups.set(name, group);
    });
    const told = [...groups.values()]
      .filter((group) => group.rows >= Math.min(FEWEST_ROWS, label.length / 5))
      .map((group) => ({
        ...group,
        rate: group.rate / group.rows,
        contribution: group.contribution / group.rows,
      }))
      .sort((a, b) => b.contribution - a.contribution);
    if (told.length === 0 || total === 0) return [];
    return [{ name: plan.name, share: sizes[j]! / total, most: told[0]!, least: told.at(-1)! }];
  });
  return effects.sort((a, b) => b.share - a.share);
}

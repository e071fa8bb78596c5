import type { ValueChange } from '@kezi/contract';

interface Step {
  /** Where the bar begins and ends, in percent of the width; `from` may lie right of `to`. */
  from: number;
  to: number;
}

interface Waterfall {
  /** Where the value is nothing, in percent of the width. */
  zero: number;
  before: Step;
  parts: Step[];
  now: Step;
}

/** Where each bar of the picture stands: the value before, a step for each part, the value now, all on one scale from 0. */
export function waterfallOf(beforeMinor: number, parts: ValueChange['parts']): Waterfall {
  let level = beforeMinor;
  const levels = [level, ...parts.map((part) => (level += part.contributionMinor))];
  const most = Math.max(...levels, 0);
  const least = Math.min(...levels, 0);
  const each = most > least ? 100 / (most - least) : 0;
  const at = (minor: number) => (minor - least) * each;
  const end = (index: number) => at(levels[index] ?? 0);
  return {
    zero: at(0),
    before: { from: at(0), to: end(0) },
    parts: parts.map((_, index) => ({ from: end(index), to: end(index + 1) })),
    now: { from: at(0), to: end(parts.length) },
  };
}

/** The part that moves the value most the way it went; null where it did not move. */
export function mainPart({ changeMinor, parts }: ValueChange): ValueChange['parts'][number] | null {
  const way = Math.sign(changeMinor ?? 0);
  return parts.reduce<ValueChange['parts'][number] | null>((most, one) => {
    const moved = one.contributionMinor * way;
    return moved > 0 && moved > (most?.contributionMinor ?? 0) * way ? one : most;
  }, null);
}

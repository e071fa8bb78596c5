import { tierDefinition } from '@kezi/contract';
import { describe, expect, it } from 'vitest';
import {
  addAxis,
  addIndicator,
  changeAxis,
  changeWhole,
  equalParts,
  nextStep,
  pairsOf,
  removeIndicator,
  scaleOf,
} from './policy-draft.js';

const feature = (key: string) => ({
  key,
  name: key,
  unit: 'count' as const,
  nullMeans: '',
  missing: 'worst' as const,
  direction: 'more' as const,
});
const features = ['a', 'b', 'c'].map(feature);
const start = tierDefinition.parse({
  axes: [{ key: 'x', name: 'X', weight: 100, indicators: [{ feature: 'a', weight: 100 }] }],
  cut: 'quantile',
  cuts: [0.1],
});

describe('a draft of a policy', () => {
  it('compares every pair once, whatever is added or taken away', () => {
    expect(pairsOf(3)).toEqual([
      [0, 1],
      [0, 2],
      [1, 2],
    ]);
    let draft = changeAxis(addIndicator(start, 0, features), 0, { weighing: 'ahp' });
    expect(draft.axes[0]!.judgements).toEqual([1]);
    draft = changeAxis(draft, 0, { judgements: [5] });
    expect(draft.axes[0]!.judgements).toEqual([5]);
    draft = addIndicator(draft, 0, features);
    expect(draft.axes[0]!.judgements).toEqual([5, 1, 1]);
    expect(removeIndicator(draft, 0, 2).axes[0]!.judgements).toEqual([5]);
    const judged = changeAxis(draft, 0, { judgements: [3, 7, 1 / 5] });
    expect(removeIndicator(judged, 0, 0).axes[0]!.judgements).toEqual([1 / 5]);
    expect(removeIndicator(judged, 0, 1).axes[0]!.judgements).toEqual([7]);
    expect(removeIndicator(removeIndicator(judged, 0, 1), 0, 1).axes[0]!.judgements).toEqual([]);
    const two = changeWhole(addAxis(start, 'Y', features), { axisWeighing: 'ahp' });
    expect(two.axisJudgements).toEqual([1]);
    const three = changeWhole(addAxis(two, 'Z', features), { axisJudgements: [3, 7, 9] });
    expect(removeIndicator(three, 1, 0).axisJudgements).toEqual([7]);
  });

  it('uses no indicator twice and keeps at least one', () => {
    const all = addIndicator(addIndicator(start, 0, features), 0, features);
    expect(all.axes[0]!.indicators.map((each) => each.feature)).toEqual(['a', 'b', 'c']);
    expect(addIndicator(all, 0, features)).toBe(all);
    expect(removeIndicator(start, 0, 0)).toBe(start);
    expect(removeIndicator(addAxis(start, 'Y', features), 1, 0).axes).toHaveLength(1);
  });

  it('divides percent so that they add up', () => {
    for (const count of [1, 2, 3, 6, 7]) {
      expect(equalParts(count).reduce((sum, part) => sum + part, 0)).toBeCloseTo(100, 10);
    }
  });

  it('begins steps so that the server takes them, whichever way is better', () => {
    expect(scaleOf('thresholds', 'more')).toEqual({ kind: 'thresholds', steps: [{ from: 1, share: 0.5 }] });
    expect(scaleOf('log', 'more')).toEqual({ kind: 'log' });
    const first = nextStep([{ from: 30, share: 0.6 }], 'less');
    expect(first).toEqual({ from: 60, share: 0.3 });
    expect(nextStep([{ from: 30, share: 0.6 }, first], 'less')).toEqual({ from: 90, share: 0.15 });
  });
});

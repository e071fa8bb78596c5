import { segmentRule, type SegmentCondition, type SegmentGroup } from '@kezi/contract';
import { describe, expect, it } from 'vitest';
import {
  changeAt,
  changeGroup,
  completeOf,
  emptyRule,
  newCondition,
  openConditions,
  testsOf,
} from './rule-draft.js';

const region: SegmentCondition = { field: 'region', is: 'in', values: ['上海'] };
const clv: SegmentCondition = { field: 'clv', is: 'between', min: 5 };
const open = newCondition('orders');
const inner: SegmentGroup = { match: 'any', not: false, items: [clv, open] };
const rule: SegmentGroup = { match: 'all', not: false, items: [region, inner] };

describe('a draft of a rule', () => {
  it('is changed at a path, and what is taken away leaves its neighbours', () => {
    expect(changeAt(rule, [1, 0], () => null).items).toEqual([region, { ...inner, items: [open] }]);
    expect(changeAt(rule, [0], (item) => ({ ...item, values: ['北京'] })).items[0]).toMatchObject({
      values: ['北京'],
    });
    const added = changeGroup(rule, [1], (group) => ({ ...group, items: [...group.items, region] }));
    expect(added.items[1]).toEqual({ ...inner, items: [clv, open, region] });
    expect(changeGroup(rule, [], (group) => ({ ...group, match: 'any' })).match).toBe('any');
  });

  it('counts what is filled in, and says how much is not', () => {
    expect(completeOf(rule)).toEqual({ ...rule, items: [region, { ...inner, items: [clv] }] });
    expect(completeOf({ ...rule, items: [{ ...inner, items: [open] }] }).items).toEqual([]);
    expect(openConditions(rule)).toEqual([open.field]);
    expect(segmentRule.parse(completeOf(rule))).toEqual(completeOf(rule));
    expect(openConditions(emptyRule)).toEqual([]);
  });

  it.each([
    ['region', 'in'],
    ['lastOrderOn', 'within'],
    ['custom:评分', 'contains'],
    ['field:3', 'contains'],
  ])('begins a condition on %s with %s', (field, is) => {
    expect(newCondition(field).is).toBe(is);
    expect(testsOf(field)).toContain('empty');
    expect(openConditions({ ...emptyRule, items: [newCondition(field)] })).toEqual([field]);
  });
});

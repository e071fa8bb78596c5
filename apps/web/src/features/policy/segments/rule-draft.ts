import {
  segmentFieldKinds,
  type SegmentCondition,
  type SegmentGroup,
  type SegmentRule,
  type SegmentTest,
} from '@kezi/contract';

type RuleItem = SegmentCondition | SegmentGroup;
/** Where an item stands: its place in the rule, in the group there, and so on. */
export type RulePath = readonly number[];

/** A rule, groups in it, and groups in these. */
export const deepestGroup = 2;
/** Items of one group. */
export const mostItems = 20;

export const emptyRule: SegmentRule = { match: 'all', not: false, items: [] };

export const isGroup = (item: RuleItem): item is SegmentGroup => 'match' in item;

/** How a field is tested; `custom` for free fields, whose values may be anything. */
type FieldShape = 'word' | 'id' | 'choice' | 'rfm' | 'money' | 'share' | 'number' | 'day' | 'custom';

export function shapeOf(field: string): FieldShape {
  return field in segmentFieldKinds ? segmentFieldKinds[field as keyof typeof segmentFieldKinds] : 'custom';
}

const tests: Readonly<Record<FieldShape, readonly SegmentTest[]>> = {
  word: ['in', 'not-in', 'contains', 'empty', 'set'],
  id: ['in', 'not-in', 'empty', 'set'],
  choice: ['in', 'not-in', 'empty', 'set'],
  rfm: ['in'],
  money: ['between', 'empty', 'set'],
  share: ['between', 'empty', 'set'],
  number: ['between', 'empty', 'set'],
  day: ['within', 'beyond', 'ahead', 'between', 'empty', 'set'],
  custom: ['contains', 'in', 'not-in', 'between', 'empty', 'set'],
};
export const testsOf = (field: string): readonly SegmentTest[] => tests[shapeOf(field)];

/** A condition to fill in. */
export function newCondition(field: string): SegmentCondition {
  const [is = 'set'] = testsOf(field);
  return { field, is, ...(field === 'rfm' ? { cuts: { recencyDays: 90, orders: 3, amount: 10_000 } } : {}) };
}

export const newGroup = (): SegmentGroup => ({ match: 'any', not: false, items: [] });

/** The rule with the item at the path changed, or taken away where `change` gives null. */
export function changeAt(
  group: SegmentGroup,
  [at = 0, ...deeper]: RulePath,
  change: (item: RuleItem) => RuleItem | null,
): SegmentGroup {
  const items = group.items.flatMap((item, i) => {
    if (i !== at) return [item];
    if (deeper.length === 0) return change(item) ?? [];
    return isGroup(item) ? [changeAt(item, deeper, change)] : [item];
  });
  return { ...group, items };
}

/** The group at the path changed; the rule itself at the empty path. */
export function changeGroup(
  rule: SegmentGroup,
  path: RulePath,
  change: (group: SegmentGroup) => SegmentGroup,
): SegmentGroup {
  if (path.length === 0) return change(rule);
  return changeAt(rule, path, (item) => (isGroup(item) ? change(item) : item));
}

export function isComplete({
  field,
  is,
  values = [],
  min,
  max,
  from,
  to,
  days,
  cuts,
}: SegmentCondition): boolean {
  switch (is) {
    case 'in':
    case 'not-in':
      return values.length > 0 && (field !== 'rfm' || cuts !== undefined);
    case 'contains':
      return String(values[0] ?? '').trim() !== '';
    case 'between':
      return shapeOf(field) === 'day'
        ? from !== undefined || to !== undefined
        : min !== undefined || max !== undefined;
    case 'within':
    case 'beyond':
    case 'ahead':
      return days !== undefined;
    default:
      return true;
  }
}

/** The rule as far as it is filled in: what is counted while somebody still writes. */
export function completeOf(group: SegmentGroup): SegmentGroup {
  const items = group.items.flatMap((item): RuleItem[] => {
    if (!isGroup(item)) return isComplete(item) ? [item] : [];
    const inner = completeOf(item);
    return inner.items.length === 0 ? [] : [inner];
  });
  return { ...group, items };
}

/** Fields of the conditions that are not filled in yet. */
export function openConditions(group: SegmentGroup): string[] {
  return group.items.flatMap((item) =>
    isGroup(item) ? openConditions(item) : isComplete(item) ? [] : [item.field],
  );
}

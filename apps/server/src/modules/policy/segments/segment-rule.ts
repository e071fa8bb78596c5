import {
  rfmSegments,
  type RfmCuts,
  type RfmSegment,
  type SegmentCondition,
  type SegmentGroup,
} from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { FieldRules } from '../../../platform/http/field-wall.rules.js';
import type { Condition } from '../../records/customers/index.js';
import { fieldOf, isKeptFrom, type SegmentField } from './segment-fields.js';

/** More than this is no rule that anybody reads. */
const mostConditions = 60;

/** Every condition of a rule, whatever group it stands in. */
function conditionsOf(rule: SegmentGroup): SegmentCondition[] {
  return rule.items.flatMap((item) => ('match' in item ? conditionsOf(item) : [item]));
}

/** A value as the test wants it: of a free field, text that is a number or a day, else none. */
function valueAs(
  { value, type }: SegmentField,
  wanted: 'text' | 'int' | 'float8' | 'date',
): RawBuilder<unknown> {
  if (type !== 'any') return value;
  if (wanted === 'float8') {
    return sql`(case when ${value} ~ '^\\s*-?\\d{1,15}(\\.\\d{1,20})?\\s*$' then (${value})::float8 end)`;
  }
  if (wanted === 'date') {
    return sql`(case when ${value} ~ '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])' then
      (left(${value}, 7) || '-01')::date + (substr(${value}, 9, 2)::int - 1) end)`;
  }
  return value;
}

function between(value: RawBuilder<unknown>, type: string, low: unknown, high: unknown): Condition {
  const cast = sql.raw(type);
  const ends = [
    ...(low === undefined ? [] : [sql<SqlBool>`${value} >= ${low}::${cast}`]),
    ...(high === undefined ? [] : [sql<SqlBool>`${value} <= ${high}::${cast}`]),
  ];
  return sql`(${sql.join(ends, sql` and `)})`;
}

const wrong = (field: string): CodedError => new CodedError('segments.condition_incomplete', { field });

function inValues(field: SegmentField, { field: name, values = [] }: SegmentCondition): Condition {
  if (values.length === 0) throw wrong(name);
  if (field.type === 'int') {
    const ids = values.map(Number);
    if (!ids.every((id) => Number.isInteger(id) && Math.abs(id) < 2 ** 31)) throw wrong(name);
    return sql`${field.value} = any (${ids}::int[])`;
  }
  return sql`${valueAs(field, 'text')} = any (${values.map(String)}::text[])`;
}

function betweenEnds(field: SegmentField, condition: SegmentCondition): Condition {
  const { from, to, min, max } = condition;
  if (from !== undefined || to !== undefined) {
    return between(valueAs(field, 'date'), 'date', from, to);
  }
  if ((min === undefined && max === undefined) || field.type === 'date') throw wrong(condition.field);
  const unit = field.isMinor ? 100 : 1;
  const end = (value: number | undefined) => (value === undefined ? undefined : value * unit);
  return between(valueAs(field, 'float8'), 'float8', end(min), end(max));
}

/** Days are counted from the day the figures are true for; before there are figures nobody fits. */
function daysFrom(field: SegmentField, condition: SegmentCondition, asOf: string | null): Condition {
  const { is, days } = condition;
  if (days === undefined) throw wrong(condition.field);
  const value = valueAs(field, 'date');
  if (is === 'ahead') {
    return sql`${value} between ${asOf}::date and ${asOf}::date + ${days}::int`;
  }
  return is === 'within'
    ? sql`${value} > ${asOf}::date - ${days}::int`
    : sql`${value} <= ${asOf}::date - ${days}::int`;
}

/** That one value of the field passes. */
function holds(field: SegmentField, condition: SegmentCondition, asOf: string | null): Condition {
  switch (condition.is) {
    case 'in':
    case 'not-in':
      return inValues(field, condition);
    case 'contains': {
      const [part] = condition.values ?? [];
      if (part === undefined) throw wrong(condition.field);
      return sql`strpos(lower(${valueAs(field, 'text')}), lower(${String(part)})) > 0`;
    }
    case 'between':
      return betweenEnds(field, condition);
    case 'within':
    case 'beyond':
    case 'ahead':
      return daysFrom(field, condition, asOf);
    default:
      return sql`${field.value} is not null`;
  }
}

function oneCondition(condition: SegmentCondition, asOf: string | null): Condition {
  if (condition.field === 'rfm') return rfmCondition(condition, asOf);
  const field = fieldOf(condition.field);
  if (!field.tests.includes(condition.is)) {
    throw new CodedError('segments.test_unfit', { field: condition.field, test: condition.is });
  }
  const { rows } = field;
  const some = (test: Condition): Condition =>
    rows === null ? test : sql`exists (select from ${rows} and ${test})`;
  const none = (test: Condition): Condition =>
    rows === null ? sql`(${test}) is not true` : sql`not exists (select from ${rows} and ${test})`;
  // Of contacts "longer ago than" is said of the last one: whoever was never met has not been met for so long either.
  if (condition.is === 'beyond' && rows !== null)
    return none(holds(field, { ...condition, is: 'within' }, asOf));
  const test = holds(field, condition, asOf);
  return condition.is === 'not-in' || condition.is === 'empty' ? none(test) : some(test);
}

/** Whether each group is recent, frequent and big. */
const groupShape: Readonly<Record<RfmSegment, readonly [boolean, boolean, boolean]>> = {
  'important-value': [true, true, true],
  'important-develop': [true, false, true],
  'important-retain': [false, true, true],
  'important-win-back': [false, false, true],
  'general-value': [true, true, false],
  'general-develop': [true, false, false],
  'general-retain': [false, true, false],
  'general-win-back': [false, false, false],
};

/** That a customer `c` is in one of the eight groups by these cuts; whoever never ordered is in none. */
export function inRfmGroup(group: RfmSegment, cuts: RfmCuts, asOf: string | null): Condition {
  const shape = groupShape[group];
  const sides = [
    sql`c.last_order_on >= ${asOf}::date - ${Math.round(cuts.recencyDays)}::int`,
    sql`c.orders >= ${cuts.orders}::float8`,
    sql`coalesce(c.monetary_value, 0) >= ${cuts.amount}::float8`,
  ];
  const parts = sides.map((side, i) => (shape[i] ? side : sql`not (${side})`));
  return sql`(c.last_order_on is not null and ${sql.join(parts, sql` and `)})`;
}

function rfmCondition({ values = [], cuts, is }: SegmentCondition, asOf: string | null): Condition {
  const groups = rfmSegments.filter((group) => values.includes(group));
  if (is !== 'in' || cuts === undefined || groups.length === 0) throw wrong('rfm');
  return sql`(${sql.join(
    groups.map((group) => inRfmGroup(group, cuts, asOf)),
    sql` or `,
  )})`;
}

function groupCondition({ match, not, items }: SegmentGroup, asOf: string | null): Condition {
  const parts = items.map((item) =>
    'match' in item ? groupCondition(item, asOf) : oneCondition(item, asOf),
  );
  if (parts.length === 0) return sql`true`;
  const joined = sql<SqlBool>`(${sql.join(parts, match === 'all' ? sql` and ` : sql` or `)})`;
  return not ? sql`${joined} is not true` : joined;
}

/**
 * A rule as a condition on a row `c` of the register. A group without items asks for nothing.
 * @param asOf the day the figures are true for; null before there are any
 * @throws CodedError segments.field_unknown, segments.test_unfit, segments.condition_incomplete, segments.rule_too_long
 */
export function ruleCondition(rule: SegmentGroup, asOf: string | null): Condition {
  if (conditionsOf(rule).length > mostConditions) {
    throw new CodedError('segments.rule_too_long', { most: mostConditions });
  }
  return groupCondition(rule, asOf);
}

/** Whether a rule asks for what is kept from the reader: its count would tell it. */
export function asksForKept(rule: SegmentGroup, rules: FieldRules): boolean {
  return conditionsOf(rule).some(({ field }) => isKeptFrom(rules, field));
}

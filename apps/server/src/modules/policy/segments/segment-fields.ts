import {
  customFieldPrefix,
  definedFieldPrefix,
  segmentFieldKinds,
  type SegmentFieldName,
  type SegmentTest,
} from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql, type RawBuilder } from 'kysely';
import { organisationDay } from '../../../platform/db/organisation-day.js';
import { isRestricted, type FieldRules } from '../../../platform/http/field-wall.rules.js';

/** What a test compares with: text, numbers or days. `any` is kept in a column for each, of which one is filled. */
type ValueType = 'text' | 'int' | 'float8' | 'date' | 'any';

/** Where a field stands: on the entry `c` of the register itself, or on rows `s` of a table beside it. */
export interface SegmentField {
  value: RawBuilder<unknown>;
  type: ValueType;
  /** `<table> s where ..`, tied to `c`; null for a column of the entry. */
  rows: RawBuilder<unknown> | null;
  tests: readonly SegmentTest[];
  /** The property by which the wall of fields knows it. */
  property: string;
  /** Amounts are kept in minor units. */
  isMinor?: boolean;
}

const words: readonly SegmentTest[] = ['in', 'not-in', 'contains', 'empty', 'set'];
const choices: readonly SegmentTest[] = ['in', 'not-in', 'empty', 'set'];
const numbers: readonly SegmentTest[] = ['between', 'empty', 'set'];
const days: readonly SegmentTest[] = ['between', 'within', 'beyond', 'ahead', 'empty', 'set'];
const all: readonly SegmentTest[] = [...words, 'between', 'within', 'beyond', 'ahead'];

const column = (
  name: string,
  type: ValueType,
  tests: readonly SegmentTest[],
  property: string,
): SegmentField => ({ value: sql.ref(`c.${name}`), type, rows: null, tests, property });

const rowsOf = (table: string, more = sql`true`) =>
  sql`${sql.id(table)} s where s.customer_id = c.customer_id and ${more}`;

const profile = (name: string, tests: readonly SegmentTest[]): SegmentField => ({
  value: sql.ref(`s.${name}`),
  type: 'text',
  rows: rowsOf('customer_profile'),
  tests,
  property: name,
});

/** `rfm` has cuts of its own and is put together elsewhere. */
const fields: Readonly<Record<Exclude<SegmentFieldName, 'rfm'>, SegmentField>> = {
  region: column('region', 'text', words, 'region'),
  industry: column('industry', 'text', words, 'industry'),
  ownerId: column('owner_id', 'int', choices, 'ownerId'),
  teamId: column('team_id', 'int', choices, 'teamId'),
  tierId: column('tier_id', 'int', choices, 'tierId'),
  stage: column('stage', 'text', choices, 'stage'),
  rfmSegment: column('rfm_segment', 'text', choices, 'rfmSegment'),
  clv: column('clv', 'float8', numbers, 'clv'),
  pAlive: column('p_alive', 'float8', numbers, 'pAlive'),
  expectedOrders: column('expected_orders', 'float8', numbers, 'expectedOrders'),
  orders: column('orders', 'int', numbers, 'orders'),
  monetaryValue: column('monetary_value', 'float8', numbers, 'monetaryValue'),
  spend: { ...column('spend_minor', 'float8', numbers, 'spendMinor'), isMinor: true },
  lastOrderOn: column('last_order_on', 'date', days, 'lastOrderOn'),
  nextOrderOn: column('next_order_on', 'date', days, 'nextOrderOn'),
  tag: { value: sql.ref('s.tag'), type: 'text', rows: rowsOf('customer_tag'), tests: words, property: 'tag' },
  size: profile('size', choices),
  source: profile('source', words),
  lastContactOn: {
    value: organisationDay(sql.ref('s.happened_at')),
    type: 'date',
    rows: rowsOf('interaction', sql`s.deleted_at is null`),
    tests: days,
    property: 'lastContactOn',
  },
  attitude: {
    value: sql.ref('s.attitude'),
    type: 'int',
    rows: rowsOf('contact', sql`s.deleted_at is null and s.left_on is null`),
    tests: numbers,
    property: 'attitude',
  },
};

/** A free field holds text, numbers and whatever was imported: it is compared as the test wants it. */
function freeField(name: string): SegmentField {
  return {
    value: sql`(s.custom ->> ${name})`,
    type: 'any',
    rows: rowsOf('customer'),
    tests: all,
    property: name,
  };
}

function definedField(id: string): SegmentField | null {
  if (!/^\d{1,9}$/.test(id)) return null;
  return {
    // Amounts are kept in minor units.
    value: sql`coalesce(s.text_value, (s.number_value / case when s.custom_field_id = any (array(
      select f.custom_field_id from custom_field f where f.kind = 'money')) then 100 else 1 end)::text, s.date_value::text)`,
    type: 'any',
    rows: rowsOf('customer_field_value', sql`s.custom_field_id = ${Number(id)}::int`),
    tests: all,
    // As the wall calls it.
    property: `cf${id}`,
  };
}

/** @throws CodedError segments.field_unknown */
export function fieldOf(name: string): SegmentField {
  const found =
    name in fields
      ? fields[name as keyof typeof fields]
      : name.startsWith(customFieldPrefix)
        ? freeField(name.slice(customFieldPrefix.length))
        : name.startsWith(definedFieldPrefix)
          ? definedField(name.slice(definedFieldPrefix.length))
          : null;
  if (!found) throw new CodedError('segments.field_unknown', { field: name });
  return found;
}

/** Whether the field is kept from the reader. The groups of RFM tell an amount. */
export function isKeptFrom(rules: FieldRules, name: string): boolean {
  const property = name === 'rfm' ? 'monetaryValue' : fieldOf(name).property;
  return isRestricted(rules, property);
}

/** Names of the fields that every company has and this reader may ask for. */
export function fieldsFor(rules: FieldRules): SegmentFieldName[] {
  const names = Object.keys(segmentFieldKinds) as SegmentFieldName[];
  return names.filter((name) => !isKeptFrom(rules, name));
}

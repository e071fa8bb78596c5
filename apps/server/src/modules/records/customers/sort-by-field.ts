import type { CustomField } from '@kezi/contract';
import { sql, type RawBuilder } from 'kysely';
import {
  foundValue,
  type CustomerSort,
  type Direction,
  type Place,
  type SortColumn,
} from './customer-sort.js';

type SortField = Pick<CustomField, 'customFieldId' | 'kind'>;

/** The value of a field in a row `v` of `customer_field_value`; texts by pinyin, as names are, people by their names. */
function columnOf(kind: CustomField['kind']): SortColumn {
  switch (kind) {
    case 'number':
    case 'money':
      return { expression: 'v.number_value', type: 'float8' };
    case 'date':
      return { expression: 'v.date_value', type: 'date' };
    case 'person':
      return {
        expression: '(select p.name from colleague p where p.user_id = v.person_id) collate "zh-Hans-x-icu"',
        type: 'text',
      };
    case 'text':
    case 'choice':
      break;
  }
  return { expression: 'left(v.text_value, 100) collate "zh-Hans-x-icu"', type: 'text' };
}

/** `from` and `where` of the rows `v` with a value of the field, after a place where one is given. */
function valuesAfter({ customFieldId, kind }: SortField, direction: Direction, after: Place | null) {
  const { expression, type } = columnOf(kind);
  const value = sql.raw(expression);
  const beyond = sql.raw(direction === 'desc' ? '<' : '>');
  const place =
    after === null
      ? sql`true`
      : sql`(${value}, v.customer_id) ${beyond} (${after.value}::${sql.raw(type)}, ${after.customerId}::bigint)`;
  return sql`from customer_field_value v
    where v.custom_field_id = ${customFieldId}::int and ${value} is not null and ${place}`;
}

/** The first rows of the field's own index after a place: the customer and the value. */
export function walkOfField(
  field: SortField,
  direction: Direction,
  after: Place | null,
  rows: number,
): RawBuilder<unknown> {
  const value = sql.raw(columnOf(field.kind).expression);
  const way = sql.raw(direction);
  return sql`select v.customer_id, ${value} as sort_value ${valuesAfter(field, direction, after)}
    order by ${value} ${way}, v.customer_id ${way} limit ${rows}`;
}

/**
 * The register by a field of the company's own. Its values stand beside the customer, in a table with an index by field and
 * value; customers without one come last in both directions.
 */
export function sortByField(field: CustomField, direction: Direction): CustomerSort {
  const { expression, type } = columnOf(field.kind);
  const value = sql`(select ${sql.raw(expression)} from customer_field_value v
    where v.customer_id = c.customer_id and v.custom_field_id = ${field.customFieldId}::int)`;
  const words = sql.raw(direction === 'desc' ? 'desc nulls last' : 'asc nulls first');
  const way = sql.raw(direction);
  const beyond = sql.raw(direction === 'desc' ? '<' : '>');
  return {
    name: field.key,
    direction,
    type,
    // People have no order in the index: it knows their numbers alone.
    ...(field.kind === 'person' ? {} : { field }),
    value,
    orderBy: sql`${value} ${words}, c.customer_id ${way}`,
    orderFound: sql`${sql.raw(foundValue(type))} ${words}, customer_id ${way}`,
    valued: (after) => sql`c.customer_id in (select v.customer_id ${valuesAfter(field, direction, after)})`,
    unvalued: (after) => {
      const place = after === null ? sql`true` : sql`c.customer_id ${beyond} ${after.customerId}::bigint`;
      return sql`${value} is null and ${place}`;
    },
  };
}

import type { customerSorts, CustomField } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql, type RawBuilder } from 'kysely';
import { decodeCursor, encodeCursor, type CursorValue } from '../../../platform/http/cursor.js';
import type { Condition } from './customer-filter.js';

type SortName = (typeof customerSorts)[number];
export type Direction = 'asc' | 'desc';

/** What rows are sorted by. */
export interface SortColumn {
  /** SQL of the value on a row `c`; there is an index (value desc nulls last, customer_id desc) on it. */
  expression: string;
  type: 'float8' | 'int' | 'date' | 'text';
}

const columns: Readonly<Record<SortName, SortColumn>> = {
  clv: { expression: 'c.clv', type: 'float8' },
  // The Chinese order of names: by pinyin.
  name: { expression: 'c.name collate "zh-Hans-x-icu"', type: 'text' },
  pAlive: { expression: 'c.p_alive', type: 'float8' },
  expectedOrders: { expression: 'c.expected_orders', type: 'float8' },
  orders: { expression: 'c.orders', type: 'int' },
  monetaryValue: { expression: 'c.monetary_value', type: 'float8' },
  lastOrderOn: { expression: 'c.last_order_on', type: 'date' },
  nextOrderOn: { expression: 'c.next_order_on', type: 'date' },
  // 1 is the highest.
  tier: { expression: 'c.tier_rank', type: 'int' },
  stage: { expression: 'c.stage_rank', type: 'int' },
};

/** The last row of a page: the value it was sorted by (null: among those without one) and its id. */
export interface Place {
  value: string | number | null;
  customerId: number;
}

/**
 * One order of the register: by a value, then by id in the same direction, customers without a value last in both
 * directions. Both parts run along the same index, so that a place in it is found at once, also among thousands of ties.
 */
export interface CustomerSort {
  name: string;
  direction: Direction;
  type: SortColumn['type'];
  /** Where it is by a field of the company's own. */
  field?: Pick<CustomField, 'customFieldId' | 'kind'>;
  value: RawBuilder<unknown>;
  orderBy: RawBuilder<unknown>;
  /** The same order for rows that carry the value as `sort_value`. */
  orderFound: RawBuilder<unknown>;
  /** Customers with a value, after the place where one is given. */
  valued: (after: Place | null) => Condition;
  /** Customers without a value, after the place where one is given; null where every customer has one. */
  unvalued: ((after: Place | null) => Condition) | null;
}

/** The value of rows that carry it as `sort_value`. */
export const foundValue = (type: SortColumn['type']): string =>
  type === 'text' ? 'sort_value collate "zh-Hans-x-icu"' : 'sort_value';

export function sortOf(name: SortName, direction: Direction): CustomerSort {
  const { expression, type } = columns[name];
  const value = sql.raw(expression);
  const cast = sql.raw(type);
  const words = sql.raw(direction === 'desc' ? 'desc nulls last' : 'asc nulls first');
  const way = sql.raw(direction);
  const beyond = sql.raw(direction === 'desc' ? '<' : '>');
  const found = sql.raw(foundValue(type));
  return {
    name,
    direction,
    type,
    value,
    orderBy: sql`${value} ${words}, c.customer_id ${way}`,
    orderFound: sql`${found} ${words}, customer_id ${way}`,
    valued: (after) =>
      after === null
        ? sql`${value} is not null`
        : sql`${value} is not null and (${value}, c.customer_id) ${beyond} (${after.value}::${cast}, ${after.customerId}::bigint)`,
    unvalued:
      name === 'name'
        ? null
        : (after) =>
            after === null
              ? sql`${value} is null`
              : sql`${value} is null and c.customer_id ${beyond} ${after.customerId}::bigint`,
  };
}

/** A cursor names its sort too: used with another one it is refused instead of showing rows twice. */
export function cursorOf({ name, direction }: CustomerSort, place: Place): string {
  return encodeCursor([name, direction, place.value, place.customerId]);
}

function isDay(text: string): boolean {
  const moment = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text);
}

function isValueOf(type: SortColumn['type'], value: CursorValue): value is Place['value'] {
  if (value === null) return true;
  if (type === 'text') return typeof value === 'string' && !value.includes('\0');
  if (type === 'date') return typeof value === 'string' && value.length === 10 && isDay(value);
  if (typeof value !== 'number') return false;
  return type === 'float8' || (Number.isInteger(value) && Math.abs(value) < 2 ** 31);
}

/** @throws CodedError app.cursor_invalid when it was not made by `cursorOf` for this order */
export function placeOf(sort: CustomerSort, cursor: string): Place {
  const [name, way, value, customerId] = decodeCursor(cursor, 4);
  const known =
    name === sort.name &&
    way === sort.direction &&
    value !== undefined &&
    isValueOf(sort.type, value) &&
    typeof customerId === 'number' &&
    Number.isSafeInteger(customerId) &&
    (value !== null || sort.unvalued !== null);
  if (!known) throw new CodedError('app.cursor_invalid');
  return { value, customerId };
}

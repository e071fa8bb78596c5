import { sql, type RawBuilder } from 'kysely';
import { isRestricted, type FieldRules } from './field-wall.rules.js';

interface ValueOrder {
  by: RawBuilder<unknown>;
  /** What the cursor of a page holds of its last row. */
  place: (value: number | null) => number | null;
}

/**
 * The value that a list is sorted by. Where value is kept from the reader all rows are alike: an order tells it, a cursor
 * holds it, and a cursor that somebody made up would ask for it.
 */
export function valueOrder(rules: FieldRules | undefined, column: string): ValueOrder {
  if (isRestricted(rules ?? {}, 'clv')) return { by: sql`0::float8`, place: () => 0 };
  return { by: sql.ref(column), place: (value) => value };
}

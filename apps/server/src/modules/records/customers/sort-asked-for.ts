import { customerSorts, isFieldKey } from '@kezi/contract';
import type { Db } from '../../../platform/db/scoped-db.js';
import { isRestricted, type FieldRules } from '../../../platform/http/field-wall.rules.js';
import { readFields } from '../fields/index.js';
import { sortOf, type CustomerSort, type Direction } from './customer-sort.js';
import { sortByField } from './sort-by-field.js';

/**
 * The order asked for. By name where it would be by a value that is kept from the reader, for an order tells the value, and
 * where it would be by a field out of use, which an old link or view may still name.
 */
export async function sortFor(
  db: Db,
  rules: FieldRules | undefined,
  { sort, order }: { sort: string; order: Direction },
): Promise<CustomerSort> {
  const byName = sortOf('name', 'asc');
  if (rules && isRestricted(rules, sort)) return byName;
  if (isFieldKey(sort)) {
    const field = (await readFields(db)).find(({ key }) => key === sort);
    return field ? sortByField(field, order) : byName;
  }
  const known = customerSorts.find((name) => name === sort);
  return known ? sortOf(known, order) : byName;
}

import { sql } from 'kysely';
import { figuresAsOf, registerCustomerFilter } from '../../records/customers/index.js';
import { memberCondition } from './count-members.js';
import { usableSegments } from './segments.queries.js';

// Wherever customers are filtered: the register, its count and export, transfers, the lifecycle, warnings.
registerCustomerFilter(async (db, reader, { segmentId }) => {
  if (segmentId === undefined || segmentId.length === 0) return [];
  const found = await usableSegments(db, reader, segmentId);
  const asOf = await figuresAsOf(db);
  const [first, ...others] = found.map((segment) => memberCondition(segment, asOf));
  if (first === undefined) return [];
  return others.length === 0 ? [first] : [sql`(${sql.join([first, ...others], sql` or `)})`];
});

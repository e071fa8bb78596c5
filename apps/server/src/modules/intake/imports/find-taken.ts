import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { withAllRows } from '../../../platform/db/with-all-rows.js';
import type { BatchContext } from './import-kind.js';

/** Numbers are unique for the whole organisation, also where the user does not see their rows. */
export interface UniqueNumber {
  table: 'customer' | 'customer_order' | 'contract' | 'payment';
  column: 'customer_no' | 'order_key' | 'contract_no' | 'payment_no';
}

/** Numbers that merged customers had are taken, too. */
function former(numbers: readonly string[]) {
  return sql`union all select customer_no from customer_alias where customer_no = any (${[...numbers]}::text[])`;
}

async function findNumbers(
  db: Db,
  { table, column }: UniqueNumber,
  numbers: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ number: string }>`
    select ${sql.id(column)} as number from ${sql.id(table)}
    where ${sql.id(column)} = any (${[...numbers]}::text[])
      ${table === 'contract' || table === 'payment' ? sql`and deleted_at is null` : sql``}
    ${table === 'customer' ? former(numbers) : sql``}`.execute(db);
  return new Set(rows.map((row) => row.number));
}

type Asker = Pick<BatchContext, 'viewer' | 'isDryRun'>;

/**
 * A dry run looks no further than its user sees: it leaves no trace, and whoever repeats it at will could count by it what the
 * company has. The import looks at everything, and refuses those rows.
 */
export const looksNoFurther = ({ viewer, isDryRun }: Asker): boolean => isDryRun && viewer.scope !== 'all';

/** Which of the numbers, none of which the user may write, belong to rows that exist all the same. For refusing rows only. */
export async function findTaken(
  db: Db,
  batch: Asker,
  place: UniqueNumber,
  numbers: readonly string[],
): Promise<ReadonlySet<string>> {
  if (batch.viewer.scope === 'all' || numbers.length === 0) return new Set();
  if (looksNoFurther(batch)) return findNumbers(db, place, numbers);
  return withAllRows(db, batch.viewer, () => findNumbers(db, place, numbers));
}

/** No number that a file names has this sign: it is taken out of what is read. */
const standInSign = '\u2060';

/** Under which number a dry run makes a record whose own may be taken. */
export const standInNumber = (number: string): string => `${standInSign}${number}`;

export const withoutStandIn = (number: string): string =>
  number.startsWith(standInSign) ? number.slice(1) : number;

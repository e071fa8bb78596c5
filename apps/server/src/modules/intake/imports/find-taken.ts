import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { BatchContext } from './import-kind.js';
import { seeAll } from './see-all.js';

/** Numbers are unique for the whole organisation, also where the user does not see their rows. */
interface UniqueNumber {
  table: 'customer' | 'customer_order';
  column: 'customer_no' | 'order_key';
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
    ${table === 'customer' ? former(numbers) : sql``}`.execute(db);
  return new Set(rows.map((row) => row.number));
}

/** Which of the numbers, none of which the user may write, belong to rows that exist all the same. For refusing rows only. */
export async function findTaken(
  db: Db,
  { viewer }: Pick<BatchContext, 'viewer'>,
  place: UniqueNumber,
  numbers: readonly string[],
): Promise<ReadonlySet<string>> {
  if (viewer.scope === 'all' || numbers.length === 0) return new Set();
  return seeAll(db, viewer, () => findNumbers(db, place, numbers));
}

/**
 * Which customer numbers are somebody else's. A dry run looks no further than its user sees: it leaves no trace, and whoever
 * repeats it at will could count the company's customers by it. The import looks at all of them, and refuses those rows.
 */
export async function findTakenCustomers(
  db: Db,
  batch: Pick<BatchContext, 'viewer' | 'isDryRun'>,
  numbers: readonly string[],
): Promise<ReadonlySet<string>> {
  const place = { table: 'customer', column: 'customer_no' } as const;
  if (batch.isDryRun && batch.viewer.scope !== 'all') return findNumbers(db, place, numbers);
  return findTaken(db, batch, place, numbers);
}

/** No number that a file names has this sign: it is taken out of what is read. */
const standInSign = '\u2060';

/** Under which number a dry run makes a customer whose own may be taken. */
export const standInNumber = (customerNo: string): string => `${standInSign}${customerNo}`.slice(0, 200);

export const withoutStandIn = (customerNo: string): string =>
  customerNo.startsWith(standInSign) ? customerNo.slice(1) : customerNo;

import { sql } from 'kysely';
import type { Db, Viewer } from '../../../platform/db/scoped-db.js';
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

/** Which of the numbers, none of which the user can see, belong to rows that exist all the same. For refusing rows only. */
export async function findTaken(
  db: Db,
  viewer: Viewer,
  { table, column }: UniqueNumber,
  numbers: readonly string[],
): Promise<ReadonlySet<string>> {
  if (viewer.scope === 'all' || numbers.length === 0) return new Set();
  const { rows } = await seeAll(db, viewer, () =>
    sql<{ number: string }>`
      select ${sql.id(column)} as number from ${sql.id(table)}
      where ${sql.id(column)} = any (${numbers as string[]}::text[])
      ${table === 'customer' ? former(numbers) : sql``}`.execute(db),
  );
  return new Set(rows.map((row) => row.number));
}

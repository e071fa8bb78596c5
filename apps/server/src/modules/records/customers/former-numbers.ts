import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import type { Db, Viewer } from '../../../platform/db/scoped-db.js';
import { withAllRows } from '../../../platform/db/with-all-rows.js';

/**
 * A number that a merged customer had leads to the one that remains, and is not given out again.
 * @throws CodedError customers.number_conflict, whether or not the user sees the customer that it leads to
 */
export async function refuseFormerNumber(db: Db, viewer: Viewer, customerNo: string): Promise<void> {
  const { rows } = await withAllRows(db, viewer, () =>
    sql`select from customer_alias where customer_no = ${customerNo}`.execute(db),
  );
  if (rows.length > 0) throw new CodedError('customers.number_conflict', { customerNo });
}

/** The customer into which another was merged, by the id that the other had; null where there is none in sight. */
export async function survivorOf(db: Db, formerId: number): Promise<number | null> {
  const row = await db
    .selectFrom('customer_alias')
    .where('former_customer_id', '=', formerId)
    .select('customer_id')
    .executeTakeFirst();
  return row?.customer_id ?? null;
}

interface FormerNumber {
  formerNo: string;
  customerId: number;
  ownerId: number | null;
  teamId: number | null;
  isErased: boolean;
}

/** Of numbers that customers had before they were merged: who they are now, among those that the user sees. */
export async function findFormerNumbers(db: Db, numbers: readonly string[]): Promise<FormerNumber[]> {
  if (numbers.length === 0) return [];
  const { rows } = await sql<FormerNumber>`
    select customer_no as "formerNo", customer_id as "customerId", owner_id as "ownerId", team_id as "teamId",
      exists (select from customer c where c.customer_id = a.customer_id and c.erased_at is not null) as "isErased"
    from customer_alias a where customer_no = any (${[...numbers]}::text[])`.execute(db);
  return rows;
}

import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { CustomerRecord } from './merge-fields.rules.js';

export interface Both {
  remaining: CustomerRecord;
  merged: CustomerRecord;
}

/**
 * The two customers, whole. Who may not see one of them cannot merge, and is told no more than that it is not there. An erased
 * person stays apart: merged into another, their number would lead to a record that a file may give a name again; merged with
 * another, what is erased would be filled anew.
 * @param isHeld whether the two are held until the end of the transaction, the smaller number first
 * @throws CodedError merges.same, customers.not_found, merges.erased
 */
export async function readBoth(
  db: Db,
  remainingId: number,
  mergedId: number,
  isHeld: boolean,
): Promise<Both> {
  if (remainingId === mergedId) throw new CodedError('merges.same');
  const { rows } = await sql<{ id: number; row: CustomerRecord }>`
    select customer_id as id, to_jsonb(c) as row from customer c
    where customer_id in (${remainingId}::bigint, ${mergedId}::bigint)
    order by customer_id ${isHeld ? sql`for update` : sql``}`.execute(db);
  const remaining = rows.find(({ id }) => id === remainingId)?.row;
  const merged = rows.find(({ id }) => id === mergedId)?.row;
  if (!remaining || !merged) throw new CodedError('customers.not_found');
  const erased = [remaining, merged].find((row) => row['erased_at'] !== null);
  if (erased) throw new CodedError('merges.erased', { customerNo: String(erased['customer_no']) });
  return { remaining, merged };
}

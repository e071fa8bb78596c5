import { type CustomerSelection } from '@kezi/contract';
import { sql } from 'kysely';
import type { Db, Viewer } from '../../../platform/db/scoped-db.js';
import { selectCustomers } from '../../records/customers/index.js';
import { isOwnRow } from './own-rows.js';

/** The customers of a selection that are the viewer's to give and not there already, by id. */
export async function chooseCustomers(
  db: Db,
  viewer: Viewer,
  selection: CustomerSelection,
  to: { ownerId: number | null; teamId: number | null },
): Promise<number[]> {
  const isElsewhere = sql`(c.owner_id, c.team_id) is distinct from (${to.ownerId}::int, ${to.teamId}::int)
    and ${isOwnRow(viewer)}`;
  if ('customerIds' in selection) {
    const { rows } = await sql<{ customer_id: number }>`
      select c.customer_id from customer c
      where c.customer_id = any (${selection.customerIds}::bigint[]) and ${isElsewhere}
      order by 1`.execute(db);
    return rows.map((row) => row.customer_id);
  }
  const { rows } = await sql<{ customer_id: number }>`
    select c.customer_id from (${await selectCustomers(db, viewer, selection.filter)}) c
    where ${isElsewhere} and c.customer_id <> all (${selection.except}::bigint[])
    order by 1`.execute(db);
  return rows.map((row) => row.customer_id);
}

/** The customers of a transfer that are still where it put them, unless whoever had them has left. */
export async function undoableCustomers(db: Db, transferId: number): Promise<number[]> {
  const { rows } = await sql<{ customer_id: number }>`
    select p.customer_id from ownership_period p left join colleague u on u.user_id = p.previous_holder_id
    where p.transfer_id = ${transferId}::bigint and p.ended_at is null and u.is_disabled is not true
    order by 1`.execute(db);
  return rows.map((row) => row.customer_id);
}

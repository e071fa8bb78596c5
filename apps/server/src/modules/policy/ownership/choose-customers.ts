import { type CustomerSelection } from '@kezi/contract';
import { sql } from 'kysely';
import type { Db, Viewer } from '../../../platform/db/scoped-db.js';
import { selectCustomers } from '../../records/customers/index.js';
import { isOwnRow } from './own-rows.js';

/** What a selection comes to: who goes, and how many stay for which reason. */
interface Choice {
  /** The viewer's to give and not there already, in ascending order. */
  customerIds: number[];
  alreadyThere: number;
  /** Seen but not the viewer's to give, out of his sight, or not there at all: never told apart. */
  notToGive: number;
}

/** The customers of a selection that are the viewer's to give and not there already. */
export async function chooseCustomers(
  db: Db,
  viewer: Viewer,
  selection: CustomerSelection,
  to: { ownerId: number | null; teamId: number | null },
): Promise<Choice> {
  const seen =
    'customerIds' in selection
      ? sql`select c.customer_id, c.owner_id, c.team_id from customer c
          where c.customer_id = any (${selection.customerIds}::bigint[])`
      : sql`select c.customer_id, c.owner_id, c.team_id
          from (${await selectCustomers(db, viewer, selection.filter)}) c
          where c.customer_id <> all (${selection.except}::bigint[])`;
  const { rows } = await sql<{ customerId: number; fate: 'goes' | 'there' | 'stays' }>`
    select c.customer_id as "customerId", case
      when (c.owner_id, c.team_id) is not distinct from (${to.ownerId}::int, ${to.teamId}::int) then 'there'
      when ${isOwnRow(viewer)} then 'goes' else 'stays' end as fate
    from (${seen}) c order by 1`.execute(db);
  const customerIds = rows.filter(({ fate }) => fate === 'goes').map((row) => row.customerId);
  const alreadyThere = rows.filter(({ fate }) => fate === 'there').length;
  const asked = 'customerIds' in selection ? new Set(selection.customerIds).size : rows.length;
  return { customerIds, alreadyThere, notToGive: asked - customerIds.length - alreadyThere };
}

/** The customers of a transfer that are still where it put them, unless whoever had them has left. */
export async function undoableCustomers(db: Db, transferId: number): Promise<number[]> {
  const { rows } = await sql<{ customer_id: number }>`
    select p.customer_id from ownership_period p left join colleague u on u.user_id = p.previous_holder_id
    where p.transfer_id = ${transferId}::bigint and p.ended_at is null and u.is_disabled is not true
    order by 1`.execute(db);
  return rows.map((row) => row.customer_id);
}

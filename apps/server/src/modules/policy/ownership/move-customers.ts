import type { OwnershipManner } from '@kezi/contract';
import { sql, type RawBuilder } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { carryOwnership } from '../../records/customers/index.js';

/** Why customers change hands; it stands in their history and in the audit. */
export interface Why {
  manner: Exclude<OwnershipManner, 'start' | 'edit'>;
  reason: string | null;
  transferId?: number;
  poolId?: number;
}

/** Where customers go; `back` is whoever had each of them before. */
export type Destination = { ownerId: number | null; teamId: number | null } | 'back';

/** Owner and team as they are to be, for rows `c` of customer and `p`, the open period of its history. */
function targetOf(to: Destination): RawBuilder<unknown> {
  return to === 'back'
    ? sql`p.previous_holder_id, p.previous_team_id`
    : sql`${to.ownerId}::int, ${to.teamId}::int`;
}

/** Tells the history why, for the next statements of this transaction. */
async function sayWhy(db: Db, why: Why | null): Promise<void> {
  const text = why === null ? '' : JSON.stringify(why);
  await sql`select set_config('kezi.ownership', ${text}, true)`.execute(db);
}

/** One entry a customer: whose it was, whose it is, and why. */
async function auditMoves(db: Db, customerIds: readonly number[], why: Why): Promise<void> {
  await sql`
    insert into audit_entry (action, subject, subject_id, changes)
    select ${`customer.${pastOf[why.manner]}`}, 'customer', c.customer_id::text, jsonb_build_object(
      'ownerId', jsonb_build_array(p.previous_holder_id, p.holder_id),
      'teamId', jsonb_build_array(p.previous_team_id, p.holder_team_id),
      'rowVersion', jsonb_build_array(c.row_version - 1, c.row_version),
      'reason', ${why.reason}::text)
    from customer c join ownership_period p on p.customer_id = c.customer_id and p.ended_at is null
    where c.customer_id = any (${[...customerIds]}::bigint[])
    order by c.customer_id`.execute(db);
}

const pastOf: Readonly<Record<Why['manner'], string>> = {
  transfer: 'transferred',
  claim: 'claimed',
  release: 'released',
  recycle: 'recycled',
  dispute: 'awarded',
  handover: 'handed_over',
  undo: 'transfer_undone',
};

/**
 * Gives customers to somebody else, with everything that is theirs, their history and the audit, in the caller's
 * transaction. The caller has checked that it may be; row-level security checks it again.
 * @returns the customers whose owner or team is another now; those that were there already are left alone
 */
export async function moveCustomers(
  db: Db,
  move: { customerIds: readonly number[]; to: Destination; why: Why; now: Date },
): Promise<number[]> {
  const { to, why, now } = move;
  if (move.customerIds.length === 0) return [];
  await sayWhy(db, why);
  // In one order, so that two moves that touch the same customers wait for each other and never both for ever.
  const { rows } = await sql<{ customer_id: number }>`
    with held as (
      select customer_id from customer where customer_id = any (${[...move.customerIds]}::bigint[])
      order by customer_id for no key update)
    update customer c set (owner_id, team_id) = (select ${targetOf(to)}),
      row_version = c.row_version + 1, updated_at = ${now}
    from held left join ownership_period p on p.customer_id = held.customer_id and p.ended_at is null
    where c.customer_id = held.customer_id and (c.owner_id, c.team_id) is distinct from (${targetOf(to)})
    returning c.customer_id`.execute(db);
  await sayWhy(db, null);
  const moved = rows.map((row) => row.customer_id);
  if (moved.length === 0) return moved;
  await carryOwnership(db, moved);
  await auditMoves(db, moved, why);
  return moved;
}

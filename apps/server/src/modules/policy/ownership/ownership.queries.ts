import { undoDays, type OwnershipPeriod, type TransferRow } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { decodeCursor, encodeCursor } from '../../../platform/http/cursor.js';
import { mustSeeCustomer } from '../../records/customers/index.js';

/** A customer that changes hands every month has as many in eight years. */
const mostPeriods = 100;

/**
 * Through whose hands a customer went, the newest first. One that never changed hands has one stretch, since it is there.
 * @throws CodedError customers.not_found
 */
export async function listPeriods(db: Db, customerId: number): Promise<OwnershipPeriod[]> {
  await mustSeeCustomer(db, customerId);
  const { rows } = await sql<OwnershipPeriod>`
    select p.ownership_period_id as "ownershipPeriodId", p.holder_id as "holderId", u.name as "holderName",
      t.name as "holderTeamName", p.started_at as "startedAt", p.ended_at as "endedAt", p.manner, p.reason,
      b.name as "byName"
    from ownership_period p left join colleague u on u.user_id = p.holder_id left join team t on t.team_id = p.holder_team_id
      left join colleague b on b.user_id = p.changed_by
    where p.customer_id = ${customerId}::bigint
    order by p.ownership_period_id desc limit ${mostPeriods}`.execute(db);
  if (rows.length > 0) return rows;
  const { rows: untouched } = await sql<OwnershipPeriod>`
    select 0 as "ownershipPeriodId", c.owner_id as "holderId", u.name as "holderName", t.name as "holderTeamName",
      c.created_at as "startedAt", null as "endedAt", 'start' as manner, null as reason, null as "byName"
    from customer c left join colleague u on u.user_id = c.owner_id left join team t on t.team_id = c.team_id
    where c.customer_id = ${customerId}::bigint`.execute(db);
  return untouched;
}

async function findTransfers(
  db: Db,
  options: { which: RawBuilder<SqlBool>; limit: number; now: Date },
): Promise<TransferRow[]> {
  const oldest = new Date(options.now.getTime() - undoDays * 86_400_000);
  const { rows } = await sql<TransferRow>`
    select t.transfer_id as "transferId", t.manner, t.reason, u.name as "toOwnerName", m.name as "toTeamName", t.status,
      t.wanted, t.moved, t.already_there as "alreadyThere", t.not_to_give as "notToGive", t.job_id as "jobId", t.undo_job_id as "undoJobId", b.name as "createdByName",
      t.created_at as "createdAt", t.finished_at as "finishedAt",
      t.status in ('done', 'cancelled', 'failed') and t.moved > 0 and t.created_at >= ${oldest} as "canUndo"
    from ownership_transfer t left join colleague u on u.user_id = t.to_owner_id left join team m on m.team_id = t.to_team_id
      left join colleague b on b.user_id = t.created_by
    where ${options.which}
    order by t.transfer_id desc limit ${options.limit}`.execute(db);
  return rows;
}

/** The transfers that the reader made; who sees all rows of the company, all. */
export async function listTransfers(
  db: Db,
  query: { cursor?: string | undefined; limit: number },
  now: Date,
): Promise<{ items: TransferRow[]; nextCursor: string | null }> {
  const { cursor, limit } = query;
  const which =
    cursor === undefined
      ? sql<SqlBool>`true`
      : sql<SqlBool>`t.transfer_id < ${Number(decodeCursor(cursor, 1)[0])}::bigint`;
  const rows = await findTransfers(db, { which, limit: limit + 1, now });
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return { items, nextCursor: last ? encodeCursor([last.transferId]) : null };
}

/** @throws CodedError ownership.transfer_not_found */
export async function getTransfer(db: Db, transferId: number, now: Date): Promise<TransferRow> {
  const [row] = await findTransfers(db, {
    which: sql<SqlBool>`t.transfer_id = ${transferId}::bigint`,
    limit: 1,
    now,
  });
  if (!row) throw new CodedError('ownership.transfer_not_found');
  return row;
}

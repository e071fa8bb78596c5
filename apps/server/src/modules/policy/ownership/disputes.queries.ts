import type { DisputeDetail, DisputeQuery, DisputeRow } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { decodeCursor, encodeCursor } from '../../../platform/http/cursor.js';
import type { Principal } from '../../../platform/http/kezi-app.js';
import { inSegments } from '../../records/customers/index.js';
import { isOwnRow } from './own-rows.js';
import { disputeEvidence } from './dispute-evidence.js';

/** What the reader may do next stands with each: it is the same question as the one the deed asks. */
async function findDisputes(
  db: Db,
  principal: Principal,
  which: RawBuilder<SqlBool>,
  limit: number,
): Promise<DisputeRow[]> {
  const me = principal.userId;
  const mayDecide = principal.permissions.has('disputes:decide');
  const { rows } = await sql<DisputeRow>`
    select d.dispute_id as "disputeId", d.customer_id as "customerId", coalesce(c.name, '—') as "customerName",
      d.claimant_id as "claimantId", a.name as "claimantName", d.respondent_id as "respondentId",
      r.name as "respondentName", d.grounds, d.status, d.decision, d.decision_reason as "decisionReason",
      b.name as "decidedByName", d.decided_at as "decidedAt", d.row_version as "rowVersion",
      d.created_at as "createdAt",
      ${mayDecide} and d.status = 'open' and coalesce(${isOwnRow(principal)}, false) and d.claimant_id <> ${me}
        and d.respondent_id is distinct from ${me} as "canDecide",
      d.status = 'open' and d.claimant_id = ${me} as "canWithdraw",
      ${mayDecide} and d.status = 'decided' and coalesce(${isOwnRow(principal)}, false)
        and (d.decided_by = ${me} or ${principal.scope === 'all'}) as "canUndo"
    from ownership_dispute d left join register_entry c on c.customer_id = d.customer_id
      left join colleague a on a.user_id = d.claimant_id left join colleague r on r.user_id = d.respondent_id
      left join colleague b on b.user_id = d.decided_by
    where ${which} order by d.dispute_id desc limit ${limit}`.execute(db);
  return rows;
}

/**
 * Disputes over customers within sight, and those that the reader began; the newest first.
 * @throws CodedError segments.not_found, segments.not_usable
 */
export async function listDisputes(
  db: Db,
  principal: Principal,
  { cursor, limit, status, segmentId }: DisputeQuery,
): Promise<{ items: DisputeRow[]; nextCursor: string | null }> {
  const before =
    cursor === undefined ? sql`true` : sql`d.dispute_id < ${Number(decodeCursor(cursor, 1)[0])}::bigint`;
  const ofStatus = status === undefined ? sql`true` : sql`d.status = ${status}`;
  const among = await inSegments(db, principal, segmentId);
  const which = sql<SqlBool>`${before} and ${ofStatus} and ${among('d.customer_id')}`;
  const rows = await findDisputes(db, principal, which, limit + 1);
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return { items, nextCursor: last ? encodeCursor([last.disputeId]) : null };
}

/**
 * One dispute; with the evidence for those who see the customer.
 * @throws CodedError disputes.not_found
 */
export async function getDispute(db: Db, principal: Principal, disputeId: number): Promise<DisputeDetail> {
  const [row] = await findDisputes(db, principal, sql`d.dispute_id = ${disputeId}::bigint`, 1);
  if (!row) throw new CodedError('disputes.not_found');
  const seen = await db
    .selectFrom('customer')
    .where('customer_id', '=', row.customerId)
    .select('customer_id')
    .executeTakeFirst();
  return { ...row, evidence: seen ? await disputeEvidence(db, row) : null };
}

import type { DisputeDecisionInput } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import { writeAudit } from '../../../platform/audit/write-audit.js';
import { sqlStateOf } from '../../../platform/db/connection-errors.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { emitEvent } from '../../../platform/events/emit-event.js';
import type { Principal } from '../../../platform/http/kezi-app.js';
import { withAllRows } from '../../../platform/db/with-all-rows.js';
import { getDispute } from './disputes.queries.js';
import { moveCustomers } from './move-customers.js';

const uniqueViolation = '23505';

async function tell(db: Db, disputeId: number, userIds: readonly (number | null)[]): Promise<void> {
  for (const userId of new Set(userIds)) {
    if (userId !== null) await emitEvent(db, 'dispute.changed', { disputeId }, { audience: { userId } });
  }
}

/** The customer as the claimant knows it: within sight, or his in earlier days. */
async function findClaimable(db: Db, principal: Principal, customerId: number) {
  const columns = ['owner_id', 'team_id'] as const;
  const find = () =>
    db.selectFrom('customer').where('customer_id', '=', customerId).select(columns).executeTakeFirst();
  const seen = await find();
  if (seen) return seen;
  return withAllRows(db, principal, async () => {
    const once = await db
      .selectFrom('ownership_period')
      .where('customer_id', '=', customerId)
      .where('holder_id', '=', principal.userId)
      .select('ownership_period_id')
      .limit(1)
      .executeTakeFirst();
    return once ? find() : undefined;
  });
}

/**
 * Says that a customer of somebody else should be one's own.
 * @throws CodedError customers.not_found for a customer that is not within sight and never was his, disputes.own_already,
 *   disputes.nobody_owns, disputes.open_exists
 */
export async function openDispute(
  db: Db,
  principal: Principal,
  input: { customerId: number; grounds: string },
  now: Date,
): Promise<number> {
  const customer = await findClaimable(db, principal, input.customerId);
  if (!customer) throw new CodedError('customers.not_found');
  if (customer.owner_id === null) throw new CodedError('disputes.nobody_owns');
  if (customer.owner_id === principal.userId) throw new CodedError('disputes.own_already');
  const made = await db
    .insertInto('ownership_dispute')
    .values({
      customer_id: input.customerId,
      ...customer,
      claimant_id: principal.userId,
      respondent_id: customer.owner_id,
      grounds: input.grounds,
      created_at: now,
      updated_at: now,
    })
    .returning('dispute_id')
    .executeTakeFirstOrThrow()
    .catch((error: unknown) => {
      if (sqlStateOf(error) !== uniqueViolation) throw error;
      throw new CodedError('disputes.open_exists', {}, { cause: error });
    });
  await writeAudit(db, {
    action: 'ownership_dispute.opened',
    subject: 'ownership_dispute',
    subjectId: made.dispute_id,
    changes: { customerId: [null, input.customerId] },
  });
  await tell(db, made.dispute_id, [customer.owner_id]);
  return made.dispute_id;
}

/** @throws CodedError disputes.not_found, disputes.not_open, disputes.withdraw_forbidden */
export async function withdrawDispute(
  db: Db,
  principal: Principal,
  disputeId: number,
  now: Date,
): Promise<void> {
  const dispute = await getDispute(db, principal, disputeId);
  if (dispute.claimantId !== principal.userId) throw new CodedError('disputes.withdraw_forbidden');
  const done = await db
    .updateTable('ownership_dispute')
    .set({ status: 'withdrawn', row_version: sql`row_version + 1`, updated_at: now })
    .where('dispute_id', '=', disputeId)
    .where('status', '=', 'open')
    .executeTakeFirst();
  if (done.numUpdatedRows !== 1n) throw new CodedError('disputes.not_open');
  await writeAudit(db, {
    action: 'ownership_dispute.withdrawn',
    subject: 'ownership_dispute',
    subjectId: disputeId,
    changes: { status: ['open', 'withdrawn'] },
  });
  await tell(db, disputeId, [dispute.respondentId]);
}

async function addToTeam(db: Db, customerId: number, userId: number, now: Date): Promise<void> {
  await sql`
    insert into customer_member (customer_id, user_id, owner_id, team_id, role, access, created_at, updated_at)
    select customer_id, ${userId}::int, owner_id, team_id, 'support', 'edit', ${now}, ${now} from customer
    where customer_id = ${customerId}::bigint
    on conflict (customer_id, user_id) do nothing`.execute(db);
}

/**
 * Decides whose the customer is. Nobody decides over his own claim or his own customer. What the decision was made upon is
 * kept with it.
 * @throws CodedError disputes.not_found, disputes.decide_forbidden, disputes.not_open, disputes.changed
 */
export async function decideDispute(
  db: Db,
  principal: Principal,
  disputeId: number,
  { input, now }: { input: DisputeDecisionInput; now: Date },
): Promise<void> {
  const held = await db
    .selectFrom('ownership_dispute')
    .where('dispute_id', '=', disputeId)
    .select('row_version')
    .forUpdate()
    .executeTakeFirst();
  if (!held) throw new CodedError('disputes.not_found');
  const dispute = await getDispute(db, principal, disputeId);
  if (dispute.status !== 'open') throw new CodedError('disputes.not_open');
  if (!dispute.canDecide) throw new CodedError('disputes.decide_forbidden');
  if (dispute.rowVersion !== input.rowVersion) throw new CodedError('disputes.changed');
  const before = await db
    .selectFrom('customer')
    .where('customer_id', '=', dispute.customerId)
    .select(['owner_id', 'team_id'])
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow();
  const { customerId, claimantId } = dispute;
  const { claimant, respondent } = dispute.evidence ?? {};
  await db
    .updateTable('ownership_dispute')
    .set({
      status: 'decided',
      decision: input.decision,
      decision_reason: input.reason,
      evidence: JSON.stringify({ claimant, respondent }),
      decided_by: principal.userId,
      decided_at: now,
      owner_before: before.owner_id,
      team_before: before.team_id,
      row_version: dispute.rowVersion + 1,
      updated_at: now,
    })
    .where('dispute_id', '=', disputeId)
    .execute();
  await withAllRows(db, principal, async () => {
    if (input.decision === 'claimant') {
      const user = await db
        .selectFrom('app_user')
        .where('id', '=', claimantId)
        .where('disabled_at', 'is', null)
        .select('team_id')
        .executeTakeFirst();
      if (!user) throw new CodedError('disputes.claimant_left');
      const why = { manner: 'dispute' as const, reason: input.reason.slice(0, 500) };
      const to = { ownerId: claimantId, teamId: user.team_id ?? before.team_id };
      await moveCustomers(db, { customerIds: [customerId], to, why, now });
    }
    if (input.decision === 'shared') await addToTeam(db, customerId, claimantId, now);
    await writeAudit(db, {
      action: 'ownership_dispute.decided',
      subject: 'ownership_dispute',
      subjectId: disputeId,
      changes: { status: ['open', 'decided'], decision: [null, input.decision] },
    });
    await tell(db, disputeId, [claimantId, dispute.respondentId]);
  });
}

/**
 * Takes a decision back: the dispute is open again, and the customer returns to whoever had it, unless it has changed hands
 * since.
 * @throws CodedError disputes.not_found, disputes.undo_forbidden, disputes.moved_since, disputes.open_exists
 */
export async function undoDecision(
  db: Db,
  principal: Principal,
  disputeId: number,
  now: Date,
): Promise<void> {
  const row = await db
    .selectFrom('ownership_dispute')
    .where('dispute_id', '=', disputeId)
    .selectAll()
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new CodedError('disputes.not_found');
  const dispute = await getDispute(db, principal, disputeId);
  if (!dispute.canUndo) throw new CodedError('disputes.undo_forbidden');
  await withAllRows(db, principal, async () => {
    if (row.decision === 'claimant') {
      const customer = await db
        .selectFrom('customer')
        .where('customer_id', '=', row.customer_id)
        .select('owner_id')
        .forNoKeyUpdate()
        .executeTakeFirst();
      if (customer?.owner_id !== row.claimant_id) throw new CodedError('disputes.moved_since');
      await moveCustomers(db, {
        customerIds: [row.customer_id],
        to: { ownerId: row.owner_before, teamId: row.team_before },
        why: { manner: 'undo', reason: row.decision_reason?.slice(0, 500) ?? null },
        now,
      });
    }
    if (row.decision === 'shared') {
      await db
        .deleteFrom('customer_member')
        .where('customer_id', '=', row.customer_id)
        .where('user_id', '=', row.claimant_id)
        .where('role', '=', 'support')
        .execute();
    }
    await db
      .updateTable('ownership_dispute')
      .set({
        status: 'open',
        decision: null,
        decision_reason: null,
        evidence: null,
        decided_by: null,
        decided_at: null,
        row_version: row.row_version + 1,
        updated_at: now,
      })
      .where('dispute_id', '=', disputeId)
      .execute()
      .catch((error: unknown) => {
        if (sqlStateOf(error) !== uniqueViolation) throw error;
        throw new CodedError('disputes.open_exists', {}, { cause: error });
      });
    await writeAudit(db, {
      action: 'ownership_dispute.undone',
      subject: 'ownership_dispute',
      subjectId: disputeId,
      changes: { status: ['decided', 'open'], decision: [row.decision, null] },
    });
    await tell(db, disputeId, [row.claimant_id, row.respondent_id]);
  });
}

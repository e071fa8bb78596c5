import { mostAtOnce, type CustomerSelection, type TransferInput } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { writeAudit } from '../../../platform/audit/write-audit.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { Principal } from '../../../platform/http/kezi-app.js';
import { enqueueJob } from '../../../platform/jobs/enqueue-job.js';
import { checkTarget, type Target } from './check-target.js';
import { chooseCustomers } from './choose-customers.js';
import { moveCustomers } from './move-customers.js';
import { transferJob } from './ownership.jobs.js';
import { tellTransfer } from './tell-transfer.js';

async function insertTransfer(
  db: Db,
  row: {
    manner: 'transfer' | 'release' | 'handover';
    reason: string;
    selection: CustomerSelection;
    target: Target;
    alreadyThere: number;
    notToGive: number;
  },
  now: Date,
): Promise<number> {
  const { transfer_id: transferId } = await db
    .insertInto('ownership_transfer')
    .values({
      manner: row.manner,
      reason: row.reason,
      selection: JSON.stringify(row.selection),
      to_owner_id: row.target.ownerId,
      to_team_id: row.target.teamId,
      already_there: row.alreadyThere,
      not_to_give: row.notToGive,
      created_at: now,
    })
    .returning('transfer_id')
    .executeTakeFirstOrThrow();
  return transferId;
}

/**
 * Gives customers to another owner or team. Up to 200 go at once; more are a job, which may be watched, left and cancelled.
 * @returns the number of the transfer
 * @throws CodedError as `checkTarget`, and ownership.nothing_to_move
 */
export async function transferCustomers(
  db: Db,
  principal: Principal,
  input: TransferInput,
  options: { now: Date; manner?: 'transfer' | 'handover' },
): Promise<number> {
  const { manner = 'transfer', now } = options;
  const target = await checkTarget(db, principal, input);
  const { customerIds, ...staying } = await chooseCustomers(db, principal, input.customers, target);
  if (customerIds.length === 0 && manner === 'transfer') {
    throw new CodedError('ownership.nothing_to_move', staying);
  }
  const transferId = await insertTransfer(
    db,
    { manner, reason: input.reason, selection: input.customers, target, ...staying },
    now,
  );
  await writeAudit(db, {
    action: 'ownership_transfer.created',
    subject: 'ownership_transfer',
    subjectId: transferId,
    changes: { customers: customerIds.length, toOwnerId: target.ownerId, toTeamId: target.teamId },
  });
  if (customerIds.length > mostAtOnce) {
    const jobId = await enqueueJob(db, transferJob, { transferId });
    await db
      .updateTable('ownership_transfer')
      .set({ job_id: jobId, wanted: customerIds.length })
      .where('transfer_id', '=', transferId)
      .execute();
    return transferId;
  }
  const why = { manner, reason: input.reason, transferId };
  const moved = await moveCustomers(db, { customerIds, to: target, why, now });
  await db
    .updateTable('ownership_transfer')
    .set({ status: 'done', wanted: customerIds.length, moved: moved.length, finished_at: now })
    .where('transfer_id', '=', transferId)
    .execute();
  await tellTransfer(db, { ownerId: target.ownerId, customers: moved.length, transferId });
  return transferId;
}

import { customerSelection } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { z } from 'zod';
import { findUserPrincipal } from '../../../platform/auth/find-principal.js';
import { defineJob, type JobContext } from '../../../platform/jobs/define-job.js';
import type { Platform } from '../../../platform/platform.js';
import { checkTarget } from './check-target.js';
import { chooseCustomers, undoableCustomers } from './choose-customers.js';
import { inParts } from './in-parts.js';
import { moveCustomers, type Destination, type Why } from './move-customers.js';
import { tellTransfer } from './tell-transfer.js';

interface Work {
  transferId: number;
  customerIds: readonly number[];
  to: Destination;
  why: Why;
  stage: string;
}

async function setTransfer(
  job: JobContext,
  transferId: number,
  values: { status?: string; wanted?: number; finished_at?: Date },
): Promise<void> {
  await job.asSystem((db) =>
    db.updateTable('ownership_transfer').set(values).where('transfer_id', '=', transferId).execute(),
  );
}

/** Moves part by part, and counts with each part what it has moved. */
function moveInParts(job: JobContext, platform: Platform, work: Work): Promise<number> {
  const { transferId, to } = work;
  return inParts(job, work, (customerIds) =>
    job.inScope(async (db) => {
      const ids = await moveCustomers(db, { customerIds, to, why: work.why, now: platform.clock.now() });
      await db
        .updateTable('ownership_transfer')
        .set((row) => ({ moved: row('moved', to === 'back' ? '-' : '+', ids.length) }))
        .where('transfer_id', '=', transferId)
        .execute();
      return ids.length;
    }),
  );
}

async function loadTransfer(job: JobContext, transferId: number) {
  const row = await job.asSystem((db) =>
    db.selectFrom('ownership_transfer').selectAll().where('transfer_id', '=', transferId).executeTakeFirst(),
  );
  if (!row) throw new CodedError('ownership.transfer_not_found');
  return row;
}

/** Whoever asked for it may have lost the right meanwhile. */
async function principalOf(job: JobContext, platform: Platform) {
  const principal =
    job.userId === null ? null : await findUserPrincipal(platform.db.login, job.userId, platform.clock.now());
  if (!principal) throw new CodedError('app.forbidden');
  return principal;
}

/** The transfer says how it ended, whatever the reason. */
async function ending<Result>(
  job: JobContext,
  platform: Platform,
  transferId: number,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const isStopping = job.signal.aborted && job.signal.reason !== 'cancelled';
    if (!isStopping) {
      const status = job.signal.aborted ? 'cancelled' : 'failed';
      await setTransfer(job, transferId, { status, finished_at: platform.clock.now() });
    }
    throw error;
  }
}

const params = z.object({ transferId: z.int() });

/** After a crash it goes on: what is moved already is no longer chosen. */
export const transferJob = defineJob({
  kind: 'ownership.transfer',
  params,
  exclusive: 'ownership',
  run: (job, { transferId }, platform) =>
    ending(job, platform, transferId, async () => {
      const row = await loadTransfer(job, transferId);
      const principal = await principalOf(job, platform);
      const selection = customerSelection.parse(row.selection);
      const wanted = { toOwnerId: row.to_owner_id, toTeamId: row.to_team_id };
      const target = await job.inScope((db) => checkTarget(db, principal, wanted));
      const { customerIds } = await job.inScope((db) => chooseCustomers(db, principal, selection, target));
      await setTransfer(job, transferId, { status: 'running', wanted: row.moved + customerIds.length });
      const manner = row.manner as 'transfer' | 'handover';
      const why = { manner, reason: row.reason, transferId };
      const moved = await moveInParts(job, platform, {
        transferId,
        customerIds,
        to: target,
        why,
        stage: 'transfer',
      });
      await setTransfer(job, transferId, { status: 'done', finished_at: platform.clock.now() });
      await job.asSystem((db) =>
        tellTransfer(db, { ownerId: target.ownerId, customers: row.moved + moved, transferId }),
      );
      return { transferId, moved: row.moved + moved };
    }),
});

export const undoTransferJob = defineJob({
  kind: 'ownership.undo',
  params,
  exclusive: 'ownership',
  run: (job, { transferId }, platform) =>
    ending(job, platform, transferId, async () => {
      const row = await loadTransfer(job, transferId);
      const customerIds = await job.inScope((db) => undoableCustomers(db, transferId));
      const why = { manner: 'undo' as const, reason: row.reason };
      const back = await moveInParts(job, platform, {
        transferId,
        customerIds,
        to: 'back',
        why,
        stage: 'undo',
      });
      await setTransfer(job, transferId, { status: 'undone', finished_at: platform.clock.now() });
      return { transferId, back };
    }),
});

import { writeAudit } from '../../../platform/audit/write-audit.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { emitEvent } from '../../../platform/events/emit-event.js';
import { enqueueJob } from '../../../platform/jobs/enqueue-job.js';
import { readSettings } from '../../people/settings/index.js';
import { dayIn } from '../../records/customers/index.js';
import { mustBeOpen } from './open-run.js';
import { enforceJob } from './tiers.jobs.js';
import { withdrawRuns } from './withdraw-runs.js';

/**
 * Decides that the tiers of a run shall hold: at once where its day has come, else on that day.
 * @throws CodedError tiers.run_state
 */
export async function acceptRun(db: Db, tierRunId: number, now: Date): Promise<void> {
  const { effectiveOn } = await mustBeOpen(db, tierRunId);
  const today = dayIn((await readSettings(db)).timeZone, now);
  await db
    .updateTable('tier_run')
    .set({ status: 'scheduled' })
    .where('tier_run_id', '=', tierRunId)
    .execute();
  if (effectiveOn <= today) {
    const jobId = await enqueueJob(db, enforceJob, { tierRunId }, { key: `tiers.enforce ${tierRunId}` });
    await db.updateTable('tier_run').set({ job_id: jobId }).where('tier_run_id', '=', tierRunId).execute();
  }
  await writeAudit(db, { action: 'tier_run.accepted', subject: 'tier_run', subjectId: tierRunId });
  await emitEvent(db, 'tiers.changed', { tierRunId }, { audience: 'all' });
}

/** Gives up a run that is not in force. @throws CodedError tiers.run_state */
export async function withdrawRun(db: Db, tierRunId: number): Promise<void> {
  await mustBeOpen(db, tierRunId);
  await withdrawRuns(db, [tierRunId]);
  await writeAudit(db, { action: 'tier_run.withdrawn', subject: 'tier_run', subjectId: tierRunId });
  await emitEvent(db, 'tiers.changed', { tierRunId }, { audience: 'all' });
}

/** Runs whose first day has come since they were accepted. */
export async function enforceDueRuns(db: Db, today: string): Promise<void> {
  const due = await db
    .selectFrom('tier_run')
    .where('status', '=', 'scheduled')
    .where('effective_on', '<=', today)
    .select('tier_run_id as tierRunId')
    .execute();
  for (const { tierRunId } of due) {
    await enqueueJob(db, enforceJob, { tierRunId }, { key: `tiers.enforce ${tierRunId}` });
  }
}

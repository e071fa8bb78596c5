import { CodedError } from '@kezi/contract/errors';
import { findUserPrincipal } from '../auth/find-principal.js';
import { notify } from '../events/notifications.js';
import type { Platform } from '../platform.js';
import type { JobContext, JobProgress } from './define-job.js';

/** A statement of a job may take an hour: it loads a million rows or writes scores. */
const statementTimeoutMs = 3_600_000;
const reportEveryMs = 250;

interface RunningJob {
  jobId: number;
  attempt: number;
  userId: number | null;
  signal: AbortSignal;
}

export function makeJobContext(platform: Platform, running: RunningJob): JobContext {
  const { jobId, signal, userId } = running;
  let reportedAt = -Infinity;
  let reportedStage = '';

  const report = async (progress: JobProgress) => {
    signal.throwIfAborted();
    const now = performance.now();
    const finished = progress.done === progress.total;
    if (now - reportedAt < reportEveryMs && progress.stage === reportedStage && !finished) return;
    reportedAt = now;
    reportedStage = progress.stage;
    await platform.db.asSystem(async (db) => {
      await db
        .updateTable('job')
        .set({ progress: JSON.stringify(progress) })
        .where('job_id', '=', jobId)
        .execute();
      await notify(db, { type: 'job', jobId });
    });
  };

  return {
    ...running,
    report,
    async inScope(work) {
      const viewer =
        userId === null ? null : await findUserPrincipal(platform.db.login, userId, platform.clock.now());
      if (!viewer) throw new CodedError('app.forbidden');
      return platform.db.inScope({ ...viewer, origin: `job ${jobId}` }, work, {
        statementTimeoutMs,
        requestId: `job ${jobId}`,
      });
    },
    asSystem: (work) =>
      platform.db.asSystem(work, {
        statementTimeoutMs,
        requestId: `job ${jobId}`,
        ...(userId === null ? {} : { userId }),
      }),
  };
}

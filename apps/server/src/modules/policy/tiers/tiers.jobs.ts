import { z } from 'zod';
import { defineJob } from '../../../platform/jobs/define-job.js';
import { enqueueJob } from '../../../platform/jobs/enqueue-job.js';

const ofRun = z.object({ tierRunId: z.int() });

/** The register is built aside by one at a time: after, or before, a valuation. */
export const enforceJob = defineJob({
  kind: 'tiers.enforce',
  params: ofRun,
  exclusive: 'valuation',
  async run(job, { tierRunId }, platform) {
    const { enforceRun } = await import('./enforce-run.js');
    return enforceRun(job, tierRunId, platform);
  },
});

export const gradeJob = defineJob({
  kind: 'tiers.grade',
  params: ofRun.extend({ enforce: z.boolean() }),
  exclusive: 'tiers',
  async run(job, { tierRunId, enforce }, platform) {
    const { runGrading } = await import('./run-grading.js');
    const done = await runGrading(job, tierRunId, platform);
    if (enforce) await job.asSystem((db) => enqueueJob(db, enforceJob, { tierRunId }));
    return done;
  },
});

export const replayJob = defineJob({
  kind: 'tiers.replay',
  params: ofRun,
  exclusive: 'tiers',
  async run(job, { tierRunId }, platform) {
    const { replayRun } = await import('./replay-run.js');
    return replayRun(job, tierRunId, platform);
  },
});

import { stageRules } from '@kezi/contract';
import { z } from 'zod';
import { listenTo } from '../../../platform/events/listen-to.js';
import { defineJob } from '../../../platform/jobs/define-job.js';
import { enqueueJob } from '../../../platform/jobs/enqueue-job.js';

/** One after the other with valuations: both bring the lake up to date. The engine is loaded at the first run. */
export const lifecycleJob = defineJob({
  kind: 'lifecycle.run',
  params: z.object({}),
  exclusive: 'valuation',
  async run(job, _params, platform) {
    const { assignStages } = await import('./assign-stages.js');
    return (await assignStages(job, platform)) ?? {};
  },
});

export const stageTrialJob = defineJob({
  kind: 'lifecycle.try',
  params: stageRules,
  exclusive: 'valuation',
  async run(job, rules, platform) {
    const { tryStageRules } = await import('./try-stage-rules.js');
    return (await tryStageRules(job, platform, rules)) ?? {};
  },
});

const key = { key: 'lifecycle.run' };

export const stageWhenPublished = listenTo('score.published', async (_event, _platform, db) => {
  await enqueueJob(db, lifecycleJob, {}, key);
});

export const stageAtNight = listenTo('night.began', async (_event, _platform, db) => {
  await enqueueJob(db, lifecycleJob, {}, key);
});

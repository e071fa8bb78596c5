import { z } from 'zod';
import { listenTo } from '../../../platform/events/listen-to.js';
import { defineJob } from '../../../platform/jobs/define-job.js';
import { enqueueJob } from '../../../platform/jobs/enqueue-job.js';
import { readSettings } from '../../people/settings/index.js';
import { dayIn } from '../../records/customers/index.js';

/** One after the other with valuations: both bring the lake up to date. The engine is loaded at the first run. */
export const warningJob = defineJob({
  kind: 'alerts.run',
  params: z.object({}),
  exclusive: 'valuation',
  async run(job, _params, platform) {
    const { runDetectors } = await import('./run-detectors.js');
    const { timeZone } = await job.asSystem(readSettings);
    const counts = await runDetectors(job, platform, dayIn(timeZone, platform.clock.now()));
    return counts ?? {};
  },
});

const key = { key: 'alerts.run' };

export const warnWhenPublished = listenTo('score.published', async (_event, _platform, db) => {
  await enqueueJob(db, warningJob, {}, key);
});

export const warnAtNight = listenTo('night.began', async (_event, _platform, db) => {
  await enqueueJob(db, warningJob, {}, key);
});

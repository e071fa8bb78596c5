import { z } from 'zod';
import { listenTo } from '../../../platform/events/listen-to.js';
import { defineJob } from '../../../platform/jobs/define-job.js';
import { enqueueJob } from '../../../platform/jobs/enqueue-job.js';
import { readSettings } from '../../people/settings/index.js';
import { dayIn } from '../../records/customers/index.js';
import { runDetectors } from './run-detectors.js';

/** One after the other with valuations: it looks from the run that is published. */
export const warningJob = defineJob({
  kind: 'alerts.run',
  /** atAll: looks at everybody, whatever has changed. atNight: nobody waits for it. */
  params: z.object({ atAll: z.boolean().default(false), atNight: z.boolean().default(false) }),
  exclusive: 'valuation',
  async run(job, { atAll, atNight }, platform) {
    const { timeZone } = await job.asSystem(readSettings);
    const today = dayIn(timeZone, platform.clock.now());
    const counts = await runDetectors(job, platform, { today, atAll, atNight });
    return counts ?? {};
  },
});

export const warnWhenPublished = listenTo('score.published', async (_event, _platform, db) => {
  await enqueueJob(db, warningJob, { atAll: false, atNight: false }, { key: 'alerts.run' });
});

export const warnAtNight = listenTo('night.began', async (_event, _platform, db) => {
  await enqueueJob(db, warningJob, { atAll: false, atNight: true }, { key: 'alerts.run.night' });
});

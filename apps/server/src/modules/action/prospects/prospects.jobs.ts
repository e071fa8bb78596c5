import { z } from 'zod';
import { listenTo } from '../../../platform/events/listen-to.js';
import { defineJob } from '../../../platform/jobs/define-job.js';
import { enqueueJob } from '../../../platform/jobs/enqueue-job.js';
import { todayOf } from '../../records/today-of.js';

/** Finds anew who may be won over and who may rise: minutes at a million customers, which no page waits for. */
export const prospectsJob = defineJob({
  kind: 'prospects.find',
  params: z.object({}),
  async run(job, _params, platform) {
    // What learns brings the statistics with it.
    const { keepProspects } = await import('./keep-prospects.js');
    return job.asSystem(async (db) => keepProspects(db, await todayOf(db, platform.clock.now())));
  },
});

/** After a run of the detectors that had something new to look at: in the night, and when figures were published. */
export const findProspects = listenTo('warnings.ran', async ({ hasNews }, _platform, db) => {
  if (hasNews) await enqueueJob(db, prospectsJob, {}, { key: 'prospects.find' });
});

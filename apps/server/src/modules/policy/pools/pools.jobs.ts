import { z } from 'zod';
import { listenTo } from '../../../platform/events/listen-to.js';
import { defineJob } from '../../../platform/jobs/define-job.js';
import { enqueueJob } from '../../../platform/jobs/enqueue-job.js';
import { recycleCustomers } from './recycle-customers.js';

export const recycleJob = defineJob({
  kind: 'pools.recycle',
  params: z.object({ poolId: z.int().nullable() }),
  exclusive: 'ownership',
  run: (job, { poolId }, platform) => recycleCustomers(job, { poolId, now: platform.clock.now() }),
});

/** Every night, over all pools. */
export const recycleByNight = listenTo('night.began', async (_payload, _platform, db) => {
  await enqueueJob(db, recycleJob, { poolId: null }, { key: 'pools.recycle' });
});

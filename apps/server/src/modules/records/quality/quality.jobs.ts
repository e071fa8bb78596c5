import { z } from 'zod';
import type { Db } from '../../../platform/db/scoped-db.js';
import { listenTo } from '../../../platform/events/listen-to.js';
import { defineJob } from '../../../platform/jobs/define-job.js';
import { enqueueJob } from '../../../platform/jobs/enqueue-job.js';
import { readSettings } from '../../people/settings/index.js';
import { dayIn } from '../customers/index.js';
import { readQualityPolicy } from '../identity/index.js';
import { measureAll } from './measure-quality.js';

/** Measures how complete and how fresh every record is. */
export const measureJob = defineJob({
  kind: 'quality.measure',
  params: z.object({}),
  exclusive: 'quality',
  run: (job, _params, platform) =>
    job.asSystem(async (db) => {
      await job.report({ stage: 'measure', done: 0, total: 1 });
      const { timeZone } = await readSettings(db);
      const today = dayIn(timeZone, platform.clock.now());
      const customers = await measureAll(db, await readQualityPolicy(db), today, timeZone);
      await job.report({ stage: 'measure', done: 1, total: 1 });
      return { customers };
    }),
});

export const measureSoon = (db: Db): Promise<number> =>
  enqueueJob(db, measureJob, {}, { key: 'quality.measure' });

export const measureByNight = listenTo('night.began', async (_payload, _platform, db) => {
  await measureSoon(db);
});

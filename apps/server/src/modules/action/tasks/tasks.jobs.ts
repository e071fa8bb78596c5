import { madeTaskKind } from '@kezi/contract';
import { z } from 'zod';
import { listenTo } from '../../../platform/events/listen-to.js';
import { defineJob } from '../../../platform/jobs/define-job.js';
import { enqueueJob } from '../../../platform/jobs/enqueue-job.js';
import { todayOf } from '../../records/today-of.js';

/** Makes and closes the tasks that come by rule. */
export const taskJob = defineJob({
  kind: 'tasks.make',
  /** Of these rules alone; of all where they are left out. */
  params: z.object({ kinds: z.array(madeTaskKind).optional() }),
  async run(job, { kinds }, platform) {
    const { makeTasks } = await import('./make-tasks.js');
    const now = platform.clock.now();
    return job.asSystem(async (db) => ({ ...(await makeTasks(db, await todayOf(db, now), now, kinds)) }));
  },
});

/** After everything from which tasks come: a night, stages, tiers, warnings. */
export const makeTasksAfter = (
  ['night.began', 'lifecycle.changed', 'tiers.changed', 'warnings.ran'] as const
).map((type) =>
  listenTo(type, async (_event, _platform, db) => {
    await enqueueJob(db, taskJob, {}, { key: 'tasks.make' });
  }),
);

/** What a customer waits for stands in the list at once, and leaves it when it was answered: the other rules wait for the night. */
export const makeTasksOfClocks = listenTo('clock.changed', async (_event, _platform, db) => {
  await enqueueJob(db, taskJob, { kinds: ['response', 'solution'] }, { key: 'tasks.make.clocks' });
});

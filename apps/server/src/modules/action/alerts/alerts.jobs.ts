import { sql } from 'kysely';
import { z } from 'zod';
import { emitEvent } from '../../../platform/events/emit-event.js';
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

/** Nobody is to call a customer who was erased, from now on and not from the next run on. */
export const endWhenErased = listenTo('customer.erased', async ({ customerId }, platform, db) => {
  const now = platform.clock.now().toISOString();
  await sql`
    update warning set status = 'gone', closed_at = ${now}::timestamptz, updated_at = ${now}::timestamptz, row_version = row_version + 1
    where customer_id = ${customerId}::bigint and status in ('open', 'snoozed')`.execute(db);
  await emitEvent(db, 'warning.changed', { customerId }, { audience: 'all' });
});

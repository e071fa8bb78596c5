import { sql } from 'kysely';
import { z } from 'zod';
import { writeAudit } from '../../../platform/audit/write-audit.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { listenTo } from '../../../platform/events/listen-to.js';
import { defineJob } from '../../../platform/jobs/define-job.js';
import { enqueueJob } from '../../../platform/jobs/enqueue-job.js';
import { readSettings } from '../../people/settings/index.js';
import { dayIn } from '../customers/index.js';
import { erasePerson } from '../persons/index.js';
import { duePersons } from './due-persons.js';
import { monthsOf, readPeriods } from './write-periods.js';

/** A night ends: what is left over is due the next night as well. */
const mostANight = 5_000;

interface Due {
  contactId: number;
  kind: string;
}

/** Whose period is over, by periods that strike already; the longest overdue first. */
async function findDue(db: Db, now: Date): Promise<Due[]> {
  const { timeZone } = await readSettings(db);
  const today = dayIn(timeZone, now);
  const periods = (await readPeriods(db)).filter(({ strikesOn }) => strikesOn <= today);
  if (periods.length === 0) return [];
  const { rows } = await sql<Due>`
    with ${duePersons({ periods: monthsOf(periods), timeZone, until: sql`${today}::date` })}
    select contact_id as "contactId", kind from due order by due_on, contact_id limit ${mostANight}`.execute(
    db,
  );
  return rows;
}

/** Erases persons whose period of retention is over, one in a transaction: an interrupted night goes on with the next. */
export const retentionJob = defineJob({
  kind: 'retention.erase',
  params: z.object({}),
  exclusive: 'retention',
  async run(job, _params, platform) {
    const now = platform.clock.now();
    const due = await job.asSystem((db) => findDue(db, now));
    let erased = 0;
    for (const { contactId, kind } of due) {
      job.signal.throwIfAborted();
      await job.asSystem((db) =>
        erasePerson(db, contactId, { reason: `retention.${kind}`, now, mark: platform.box.mark }),
      );
      erased++;
      if (erased % 100 === 0) await job.report({ stage: 'erase', done: erased, total: due.length });
    }
    if (erased > 0) {
      await job.asSystem((db) =>
        writeAudit(db, { action: 'retention.ran', subject: 'retention', changes: { erased } }),
      );
    }
    return { erased };
  },
});

export const eraseByNight = listenTo('night.began', async (_event, _platform, db) => {
  const set = await db.selectFrom('retention_period').select('kind').limit(1).executeTakeFirst();
  if (set) await enqueueJob(db, retentionJob, {}, { key: 'retention.erase' });
});

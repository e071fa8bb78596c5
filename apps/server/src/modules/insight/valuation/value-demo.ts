import { emitEvent } from '../../../platform/events/emit-event.js';
import { listenTo } from '../../../platform/events/listen-to.js';
import { startRun } from './start-run.js';
import { lastOrderDay } from './valuation.queries.js';

/** How far the first of the demo's two runs lies back: a quarter, so that the overview has something that moved. */
const earlierDays = 91;
const demoRuns = 2;

/** The demo is shown finished: valued a quarter ago and valued now. Told twice it does nothing the second time. */
export const valueDemo = listenTo('demo.loaded', async ({ userId }, _platform, db) => {
  const run = await db.selectFrom('valuation_run').select('valuation_run_id').limit(1).executeTakeFirst();
  const lastDay = await lastOrderDay(db);
  if (run || lastDay === null) return;
  const earlier = new Date(Date.parse(lastDay) - earlierDays * 86_400_000).toISOString().slice(0, 10);
  for (const asOf of [earlier, lastDay]) {
    await startRun(db, userId, { asOf, timeUnit: 'week', model: 'auto', discountRate: 0.1 });
  }
});

/** Tells those who show the demo graded and trained that it has been valued. */
export const tellDemoValued = listenTo('score.published', async (_payload, _platform, db) => {
  const demo = await db
    .selectFrom('job')
    .where('kind', '=', 'imports.demo')
    .where('status', '=', 'done')
    .select('created_by as userId')
    .executeTakeFirst();
  if (!demo?.userId) return;
  const published = await db
    .selectFrom('valuation_run')
    .where('status', '=', 'published')
    .select('valuation_run_id')
    .limit(demoRuns + 1)
    .execute();
  if (published.length === demoRuns) await emitEvent(db, 'demo.valued', { userId: demo.userId });
});

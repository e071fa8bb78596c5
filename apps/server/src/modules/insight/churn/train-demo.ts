import { listenTo } from '../../../platform/events/listen-to.js';
import { startChurn } from './start-churn.js';

/** How many valuations the demonstration company is shown with; the training looks at the same day as the last. */
const demoRuns = 2;

/**
 * The demo is shown trained, so that 'who is about to leave' has its answer on the first day. Told twice, or where somebody
 * has trained already, it does nothing.
 */
export const trainDemo = listenTo('score.published', async (_payload, _platform, db) => {
  const run = await db.selectFrom('churn_run').select('churn_run_id').limit(1).executeTakeFirst();
  const demo = await db
    .selectFrom('job')
    .where('kind', '=', 'imports.demo')
    .where('status', '=', 'done')
    .select('created_by as userId')
    .executeTakeFirst();
  const published = await db
    .selectFrom('valuation_run')
    .where('status', '=', 'published')
    .select('valuation_run_id')
    .limit(demoRuns)
    .execute();
  if (run || !demo?.userId || published.length < demoRuns) return;
  await startChurn(db, demo.userId, { model: 'auto' });
});

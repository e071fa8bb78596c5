import { listenTo } from '../../../platform/events/listen-to.js';
import { startChurn } from './start-churn.js';

/**
 * The demo is shown trained, so that 'who is about to leave' has its answer on the first day. Told twice, or where somebody
 * has trained already, it does nothing.
 */
export const trainDemo = listenTo('demo.valued', async ({ userId }, _platform, db) => {
  const run = await db.selectFrom('churn_run').select('churn_run_id').limit(1).executeTakeFirst();
  if (!run) await startChurn(db, userId, { model: 'auto' });
});

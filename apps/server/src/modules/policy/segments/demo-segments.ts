import { listenTo } from '../../../platform/events/listen-to.js';
import { readSettings } from '../../people/settings/index.js';
import { startClusters } from './clusters.queries.js';
import { listTemplates } from './segment-templates.js';

/** Ready-made segments that the made-up company has kept. */
const kept = ['win-back', 'one-order', 'new', 'important'];

/** A newcomer finds some segments wherever one can filter by them. Told twice, or where there are some, it does nothing. */
export const segmentDemo = listenTo('demo.loaded', async ({ userId }, _platform, db) => {
  const there = await db.selectFrom('segment').select('segment_id').limit(1).executeTakeFirst();
  if (there || userId === 0) return;
  const { language } = await readSettings(db);
  const templates = listTemplates(language).filter(({ templateId }) => kept.includes(templateId));
  await db
    .insertInto('segment')
    .values(
      templates.map(({ name, note, rule }) => ({
        name,
        note,
        kind: 'dynamic',
        rule: JSON.stringify(rule),
        is_shared: true,
        created_by: userId,
      })),
    )
    .execute();
});

/** The made-up company has been clustered once, after its first grading: with the number of clusters that the data say. */
export const clusterDemo = listenTo('tier.enforced', async ({ previousRunId }, platform, db) => {
  const demo = await db
    .selectFrom('job')
    .where('kind', '=', 'imports.demo')
    .select('created_by as userId')
    .executeTakeFirst();
  const there = await db.selectFrom('cluster_run').select('cluster_run_id').limit(1).executeTakeFirst();
  if (!demo?.userId || there || previousRunId !== null) return;
  await startClusters(
    db,
    { features: ['recencyDays', 'orders12m', 'averageOrder'] },
    { userId: demo.userId, fieldRules: {}, now: platform.clock.now() },
  );
});

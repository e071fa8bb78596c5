import { listenTo } from '../../../platform/events/listen-to.js';
import { readSettings } from '../../people/settings/index.js';
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

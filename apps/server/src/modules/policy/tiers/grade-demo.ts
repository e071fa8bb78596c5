import { listenTo } from '../../../platform/events/listen-to.js';
import { readSettings } from '../../people/settings/index.js';
import { dayIn } from '../../records/customers/index.js';
import { addDemoEntitlements, addDemoUses } from '../entitlements/index.js';
import { tiersOfSet } from './tier-sets.js';
import { fixedWeights } from './weigh.rules.js';
import { publishPolicy } from './start-grading.js';
import { getPolicy, startPolicy } from './write-policy.js';

/** How many valuations the demonstration company is shown with; tiers come after the last. */
const demoRuns = 2;

/**
 * The demo is shown graded: when its last valuation is published, a policy by the ready-made set of manufacturers is put in
 * force, with what its tiers get. Told twice, or where somebody has written a policy already, it does nothing.
 */
export const gradeDemo = listenTo('score.published', async (_payload, platform, db) => {
  const policy = await db.selectFrom('tier_policy').select('tier_policy_id').limit(1).executeTakeFirst();
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
    .execute();
  if (policy || !demo?.userId || published.length < demoRuns) return;
  const { language, timeZone } = await readSettings(db);
  const tierPolicyId = await startPolicy(db, demo.userId, 'manufacturing', language);
  const { definition, rowVersion, tierSetId } = await getPolicy(db, tierPolicyId);
  const tiers = await tiersOfSet(db, tierSetId);
  await addDemoEntitlements(
    db,
    tiers.map((tier) => tier.tierId),
    language,
  );
  const now = platform.clock.now();
  await addDemoUses(db, { userId: demo.userId, today: dayIn(timeZone, now), now });
  const publishing = { tierPolicyId, rowVersion, userId: demo.userId, effectiveOn: undefined, enforce: true };
  await publishPolicy(db, publishing, fixedWeights(definition), now);
});

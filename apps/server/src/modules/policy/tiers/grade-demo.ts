import type { Language } from '@kezi/contract/errors';
import { sql } from 'kysely';
import { listenTo } from '../../../platform/events/listen-to.js';
import { readSettings } from '../../people/settings/index.js';
import { dayIn } from '../../records/customers/index.js';
import { addDemoEntitlements, addDemoUses } from '../entitlements/index.js';
import { overrideTier } from './decide-tiers.js';
import { tiersOfSet } from './tier-sets.js';
import { fixedWeights } from './weigh.rules.js';
import { publishPolicy } from './start-grading.js';
import { getPolicy, startPolicy } from './write-policy.js';

/**
 * The demo is shown graded: when it has been valued, a policy by the ready-made set of manufacturers is put in
 * force, with what its tiers get. Told twice, or where somebody has written a policy already, it does nothing.
 */
export const gradeDemo = listenTo('demo.valued', async ({ userId }, platform, db) => {
  const policy = await db.selectFrom('tier_policy').select('tier_policy_id').limit(1).executeTakeFirst();
  if (policy) return;
  const { language, timeZone } = await readSettings(db);
  const tierPolicyId = await startPolicy(db, userId, 'manufacturing', language);
  const { definition, rowVersion, tierSetId } = await getPolicy(db, tierPolicyId);
  const tiers = await tiersOfSet(db, tierSetId);
  await addDemoEntitlements(
    db,
    tiers.map((tier) => tier.tierId),
    language,
  );
  const now = platform.clock.now();
  await addDemoUses(db, { userId, language, today: dayIn(timeZone, now), now });
  const publishing = { tierPolicyId, rowVersion, userId, effectiveOn: undefined, enforce: true };
  await publishPolicy(db, publishing, fixedWeights(definition), now);
});

/** Why the managers of the made-up company ask for a better tier. */
const requests: Record<Language, readonly string[]> = {
  'zh-CN': ['刚签三年框架协议，明年采购量预计翻倍', '集团内部推荐了两家兄弟公司，请先按上一级服务'],
  'en-US': [
    'Signed a frame agreement for three years; next year twice the volume is expected',
    'Recommended us to two companies of its group; please serve it a tier higher meanwhile',
  ],
};
const requestDays = 180;

/** After its first grading two managers ask for a tier by hand, so that a newcomer finds something to approve. */
export const askDemo = listenTo('tier.enforced', async ({ tierRunId, previousRunId }, platform, db) => {
  const demo = await db
    .selectFrom('job')
    .where('kind', '=', 'imports.demo')
    .select('job_id')
    .executeTakeFirst();
  if (!demo || previousRunId !== null) return;
  const { language, timeZone } = await readSettings(db);
  const { rows } = await sql<{ customerId: number; userId: number; tierId: number }>`
    select distinct on (m.id) c.customer_id as "customerId", m.id as "userId", better.tier_id as "tierId"
    from tier_result r join tier own on own.tier_id = r.tier_id
      join tier better on better.tier_set_id = own.tier_set_id and better.rank = own.rank - 1
      join customer c on c.customer_id = r.customer_id join team t on t.team_id = c.team_id
      join app_user m on m.role = 'manager' and m.disabled_at is null and m.team_id in (t.team_id, t.parent_team_id)
    where r.tier_run_id = ${tierRunId}::bigint
    order by m.id, r.score desc, c.customer_no limit ${requests[language].length}`.execute(db);
  const now = platform.clock.now();
  const today = dayIn(timeZone, now);
  const end = new Date(Date.parse(`${today}T00:00:00Z`) + requestDays * 86_400_000);
  for (const [i, { customerId, userId, tierId }] of rows.entries()) {
    const wish = { tierId, reason: requests[language][i] ?? '', expiresOn: end.toISOString().slice(0, 10) };
    await overrideTier(db, customerId, wish, { userId, today, now, mayApprove: false });
  }
});

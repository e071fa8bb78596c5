import type { StageRules, StageTrial } from '@kezi/contract';
import { withLake } from '@kezi/valuation';
import { sql } from 'kysely';
import type { JobContext } from '../../../platform/jobs/define-job.js';
import type { Platform } from '../../../platform/platform.js';
import { freshenLake } from '../valuation/index.js';
import { momentsOf } from './assign-stages.js';
import { ruleOn } from './rule-on.js';

/**
 * Where customers would stand today by other rules, beside where they stand; who is pinned stays. Nothing is kept.
 * @returns null where nobody has ordered
 */
export async function tryStageRules(
  job: JobContext,
  platform: Platform,
  rules: StageRules,
): Promise<StageTrial | null> {
  const moment = (await job.asSystem(momentsOf)).at(-1);
  if (!moment) return null;
  await job.report({ stage: 'extract', done: 0, total: 1 });
  await freshenLake(platform, job.signal);
  const { lake: folder, temp: workFolder } = platform.folders;
  const moves = await withLake({ folder, workFolder, signal: job.signal }, (engine, lake) =>
    job.asSystem(async (db) => {
      await ruleOn(db, { engine, lake }, moment, rules);
      const { rows } = await sql<StageTrial['moves'][number]>`
        select s.stage as "from",
          case when s.pinned_by is not null and s.pin_released_on is null
              and coalesce(s.pinned_until >= ${moment.asOf}::date, true) then s.stage else n.stage end as "to",
          count(*)::int as customers, coalesce(sum(e.clv), 0)::float8 as clv
        from stage_now n left join customer_stage s on s.customer_id = n.customer_id and s.left_on is null
          left join register_entry e on e.customer_id = n.customer_id
        group by 1, 2 order by 3 desc, 1, 2`.execute(db);
      return rows;
    }),
  );
  const customers = moves.reduce((sum, move) => sum + move.customers, 0);
  return { asOf: moment.asOf, customers, moves };
}

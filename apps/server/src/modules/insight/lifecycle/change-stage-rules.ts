import { stageRules, type KeptStageRules, type StageRulesInput } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import { changesBetween, writeAudit } from '../../../platform/audit/write-audit.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { enqueueJob } from '../../../platform/jobs/enqueue-job.js';
import { lifecycleJob } from './lifecycle.jobs.js';
import { checkStageRules } from './lifecycle.rules.js';
import { readStageRules } from './stage-rules.js';

/**
 * Other rules, from today on: all customers are looked at again at once; what stages were before stays.
 * @throws CodedError lifecycle.times_order, lifecycle.rules_changed where somebody has changed them since `rowVersion`
 */
export async function changeStageRules(
  db: Db,
  { rowVersion, ...rules }: StageRulesInput,
  today: string,
): Promise<KeptStageRules> {
  checkStageRules(rules);
  await sql`select pg_advisory_xact_lock(hashtext('kezi stage rules'))`.execute(db);
  const before = await readStageRules(db);
  if (before.rowVersion !== rowVersion) throw new CodedError('lifecycle.rules_changed');
  const values = { rules: JSON.stringify(rules), changed_on: today, row_version: rowVersion + 1 };
  await db
    .insertInto('stage_rules')
    .values(values)
    .onConflict((conflict) => conflict.column('is_only').doUpdateSet(values))
    .execute();
  await writeAudit(db, {
    action: 'stage.rules_changed',
    subject: 'lifecycle',
    changes: changesBetween(stageRules.parse(before), rules),
  });
  await enqueueJob(db, lifecycleJob, {}, { key: lifecycleJob.kind });
  return readStageRules(db);
}

import type { ChurnOptions } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { writeAudit } from '../../../platform/audit/write-audit.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { enqueueJob } from '../../../platform/jobs/enqueue-job.js';
import { churnJob } from './churn.jobs.js';

/**
 * Puts a training into the queue; it follows the valuations that wait.
 * @throws CodedError valuation.no_orders when there is nothing to learn from
 */
export async function startChurn(db: Db, userId: number, options: ChurnOptions): Promise<number> {
  const order = await db.selectFrom('customer_order').select('order_id').limit(1).executeTakeFirst();
  if (order === undefined) throw new CodedError('valuation.no_orders');
  const { churn_run_id: runId } = await db
    .insertInto('churn_run')
    .values({ status: 'waiting', options: JSON.stringify(options), created_by: userId })
    .returning('churn_run_id')
    .executeTakeFirstOrThrow();
  const jobId = await enqueueJob(db, churnJob, { runId });
  await db.updateTable('churn_run').set({ job_id: jobId }).where('churn_run_id', '=', runId).execute();
  await writeAudit(db, { action: 'churn.started', subject: 'churn_run', subjectId: runId });
  return runId;
}

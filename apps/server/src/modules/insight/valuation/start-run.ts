import type { ValuationOptions } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import type { Db } from '../../../platform/db/scoped-db.js';
import { enqueueJob } from '../../../platform/jobs/enqueue-job.js';
import { writeAudit } from '../../../platform/audit/write-audit.js';
import { valuationJob } from './valuation.jobs.js';
import { checkOptions, waitingStages } from './valuation.rules.js';
import { lastOrderDay } from './valuation.queries.js';

/**
 * Puts a valuation into the queue; runs follow one another.
 * @throws CodedError valuation.no_orders when there is nothing to value; valuation.by_and_covariates,
 * valuation.model_takes_no_attributes, valuation.costs_take_all, valuation.forever_needs_discount, valuation.yearly_cost_needs_horizon for options that do not go together
 */
export async function startRun(db: Db, userId: number, options: ValuationOptions): Promise<number> {
  checkOptions(options);
  const { checkTerms, costsOf } = await import('@kezi/valuation');
  checkTerms({ isForever: options.isForever ?? false, costs: costsOf(options.costs) }, options.discountRate);
  const lastDay = await lastOrderDay(db);
  if (lastDay === null) throw new CodedError('valuation.no_orders');
  const { valuation_run_id: runId } = await db
    .insertInto('valuation_run')
    .values({
      status: 'waiting',
      as_of: options.asOf ?? lastDay,
      options: JSON.stringify(options),
      stages: JSON.stringify(waitingStages()),
      created_by: userId,
    })
    .returning('valuation_run_id')
    .executeTakeFirstOrThrow();
  const jobId = await enqueueJob(db, valuationJob, { runId });
  await db
    .updateTable('valuation_run')
    .set({ job_id: jobId })
    .where('valuation_run_id', '=', runId)
    .execute();
  await writeAudit(db, { action: 'valuation.started', subject: 'valuation_run', subjectId: runId });
  return runId;
}

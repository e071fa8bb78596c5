import { z } from 'zod';
import { defineJob } from '../../../platform/jobs/define-job.js';

/** Waits for valuations, whose lake and memory it shares. The engine is loaded at the first run. */
export const churnJob = defineJob({
  kind: 'churn.run',
  params: z.object({ runId: z.int() }),
  exclusive: 'valuation',
  async run(job, { runId }, platform) {
    const { runChurn } = await import('./run-churn.js');
    return runChurn(job, runId, platform);
  },
});

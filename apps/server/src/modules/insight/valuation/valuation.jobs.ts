import { z } from 'zod';
import { defineJob } from '../../../platform/jobs/define-job.js';

/** The engine and the models are loaded at the first run: they are a tenth of what the server would read at its start. */
export const valuationJob = defineJob({
  kind: 'valuation.run',
  params: z.object({ runId: z.int() }),
  exclusive: 'valuation',
  async run(job, { runId }, platform) {
    const { runValuation } = await import('./run-valuation.js');
    return runValuation(job, runId, platform);
  },
});

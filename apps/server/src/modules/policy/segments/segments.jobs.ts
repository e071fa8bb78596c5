import { z } from 'zod';
import { defineJob } from '../../../platform/jobs/define-job.js';

export const clusterJob = defineJob({
  kind: 'segments.cluster',
  params: z.object({ clusterRunId: z.int() }),
  exclusive: 'tiers',
  async run(job, { clusterRunId }, platform) {
    const { runClusters } = await import('./run-clusters.js');
    return runClusters(job, clusterRunId, platform);
  },
});

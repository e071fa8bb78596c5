import type { DemoInput } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { z } from 'zod';
import type { Db } from '../../../platform/db/scoped-db.js';
import { defineJob } from '../../../platform/jobs/define-job.js';
import { enqueueJob } from '../../../platform/jobs/enqueue-job.js';

const demoParams = z.object({
  customers: z.int(),
  months: z.int(),
  seed: z.int(),
  endOn: z.iso.date(),
});

/** The making of the company is loaded when it is asked for: few starts of the program want one. */
export const demoJob = defineJob({
  kind: 'imports.demo',
  params: demoParams,
  exclusive: 'imports',
  async run(job, params, platform) {
    const { loadDemo } = await import('./load-demo.js');
    return loadDemo(job, params, platform);
  },
});

/** Yesterday, so that no order lies in the future in any time zone. */
function lastDay(now: Date): string {
  return new Date(now.getTime() - 86_400_000).toISOString().slice(0, 10);
}

/** @throws CodedError imports.demo_exists when there are customers already */
export async function startDemo(db: Db, input: DemoInput, now: Date): Promise<number> {
  const customer = await db.selectFrom('customer').select('customer_id').limit(1).executeTakeFirst();
  if (customer) throw new CodedError('imports.demo_exists');
  const { demoDefaults } = await import('@kezi/demo');
  const params = {
    customers: input.customers ?? demoDefaults.customers,
    months: input.months ?? demoDefaults.months,
    seed: input.seed ?? demoDefaults.seed,
    endOn: lastDay(now),
  };
  return enqueueJob(db, demoJob, params, { key: 'imports.demo' });
}

import type { JobContext } from '../../../platform/jobs/define-job.js';

/** Customers of one transaction: about a second, so that cancelling answers at once and nobody waits long for a lock. */
const customersATime = 2_000;
/** Two transactions at a time, one a core; each holds customers that the other does not touch. */
const lanes = 2;

/**
 * Works through many customers part by part; `work` moves one part whole or not at all, and what is done stays done when the
 * rest is cancelled.
 * @returns the sum of what `work` returns
 */
export async function inParts(
  job: JobContext,
  { customerIds, stage }: { customerIds: readonly number[]; stage: string },
  work: (customerIds: readonly number[]) => Promise<number>,
): Promise<number> {
  const total = customerIds.length;
  let at = 0;
  let done = 0;
  let sum = 0;
  const lane = async () => {
    while (at < total) {
      const part = customerIds.slice(at, (at += customersATime));
      await job.report({ stage, done, total });
      sum += await work(part);
      done += part.length;
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  await job.report({ stage, done, total });
  return sum;
}

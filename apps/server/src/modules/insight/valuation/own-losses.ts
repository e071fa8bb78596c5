import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ValuationReport } from '@kezi/valuation';
import type { JobContext } from '../../../platform/jobs/define-job.js';
import type { Platform } from '../../../platform/platform.js';
import { classesFrom, expectedLosses, readProvisionMatrix } from '../../records/payments/index.js';
import type { PublishedReport } from './valuation.rules.js';

/** The run whose customers' own credit losses are wanted. */
interface LossesWanted {
  asOf: string;
  /** Of the values; receivables in others say nothing here. */
  currency: string;
}

/**
 * Values with each customer's own expected credit loss where it is known, handed over as a file that goes with its folder. Without
 * enough receivables whose outcome is known the share of the run holds for everybody, and the card says so.
 */
export async function withOwnLosses(
  job: JobContext,
  platform: Platform,
  { asOf, currency }: LossesWanted,
  value: (creditLosses: string | undefined) => Promise<ValuationReport>,
): Promise<PublishedReport> {
  const { receivables, rates } = await job.asSystem((db) => readProvisionMatrix(db, asOf, currency));
  if (rates === null)
    return { ...(await value(undefined)), ownCreditLoss: { customers: 0, receivables, rates } };
  const folder = await mkdtemp(join(platform.folders.temp, 'credit-losses-'));
  try {
    const losses = await job.asSystem((db) => expectedLosses(db, asOf, currency, rates));
    const file = join(folder, 'credit-losses.csv');
    await writeFile(file, losses.map(({ customerId, share }) => `${customerId},${share}\n`).join(''));
    const report = await value(losses.length > 0 ? file : undefined);
    const classes = rates.map((rate, k) => ({ fromDays: classesFrom[k]!, rate }));
    return {
      ...report,
      ownCreditLoss: { customers: report.ownLossCustomers ?? 0, receivables, rates: classes },
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

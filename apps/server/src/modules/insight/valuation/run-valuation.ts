import type { ValuationOptions } from '@kezi/contract';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { valueCustomers, type ScoreBatch, type ValuationReport } from '@kezi/valuation';
import { emitEvent } from '../../../platform/events/emit-event.js';
import { codedErrorOf } from '../../../platform/http/problem.js';
import type { JobContext } from '../../../platform/jobs/define-job.js';
import type { Platform } from '../../../platform/platform.js';
import { readSettings } from '../../people/settings/index.js';
import { copyAttributes } from './copy-attributes.js';
import { withOwnLosses } from './own-losses.js';
import {
  dropScores,
  forgetOldScores,
  keepScores,
  prepareScores,
  publishScores,
  publishedTotals,
} from './publish-scores.js';
import { refreshLake } from './refresh-lake.js';
import { finishedStages, stagesAt, type PublishedReport, type StageName } from './valuation.rules.js';
import { getRunOptions, type RunOptions } from './valuation.queries.js';

/** What valuation calls its stages, in the words of a run. */
const stageOf = {
  read: 'extract',
  features: 'features',
  fit: 'fit',
  score: 'score',
  write: 'publish',
} as const;

/**
 * A valuation from orders to published scores. Run again after a crash it begins anew with what the lake already holds:
 * nothing of an attempt is seen before its last transaction.
 */
export async function runValuation(
  job: JobContext,
  runId: number,
  platform: Platform,
): Promise<{ customers: number; clv: number }> {
  const seconds: Partial<Record<StageName, number>> = {};
  const enter = async (stage: StageName) => {
    await markStage(job, runId, stage, seconds, platform.clock.now());
    await job.report({ stage, done: 0, total: 1 });
  };
  // The program died after the scores were published and before the job had said so: people work with them by now.
  const published = await job.asSystem((db) => publishedTotals(db, runId));
  if (published !== null) return published;
  try {
    await enter('extract');
    const options = await job.asSystem((db) => getRunOptions(db, runId));
    const { baseCurrency } = await job.asSystem(readSettings);
    const began = performance.now();
    const lake = await refreshLake(platform, {
      baseCurrency,
      rebuild: options.rebuild ?? false,
      signal: job.signal,
    });
    seconds.extract = elapsed(began);
    await job.asSystem((db) => dropScores(db, runId));
    const valuing = { runId, options, folder: lake.folder, enter, seconds };
    const valueWith = (creditLosses?: string) =>
      withAttributes(job, platform, options, (attributes) =>
        value(job, platform, { ...valuing, attributes, creditLosses }),
      );
    const valued: PublishedReport = options.ownCreditLoss
      ? await withOwnLosses(job, platform, { asOf: options.runAsOf, currency: baseCurrency }, valueWith)
      : await valueWith();
    const report = { ...valued, valueBasis: lake.valueBasis };
    const publishing = performance.now();
    await prepareScores(job.asSystem, runId, job.signal);
    await publishScores(job.asSystem, runId, {
      report,
      stages: () =>
        finishedStages({ ...seconds, publish: elapsed(publishing) + (valued.seconds.write ?? 0) }),
      now: platform.clock.now(),
      signal: job.signal,
    });
    await job.asSystem(forgetOldScores);
    return { customers: report.customers, clv: report.totals.clv };
  } catch (error) {
    await close(job, platform, runId, error);
    throw error;
  }
}

interface Valuing {
  runId: number;
  options: RunOptions;
  folder: string;
  /** File with the attributes that the run was asked to use. */
  attributes: string | undefined;
  /** File with the customers whose own credit loss is known. */
  creditLosses: string | undefined;
  enter: (stage: StageName) => Promise<void>;
  seconds: Partial<Record<StageName, number>>;
}

/** Lays out the attributes for the run in a folder that goes with it; nothing where it uses none. */
async function withAttributes<T>(
  job: JobContext,
  platform: Platform,
  { by, covariates = [] }: ValuationOptions,
  work: (file: string | undefined) => Promise<T>,
): Promise<T> {
  const fields = by === undefined ? [...new Set(covariates)] : [by];
  if (fields.length === 0) return work(undefined);
  const folder = await mkdtemp(join(platform.folders.temp, 'attributes-'));
  try {
    return await work(await copyAttributes(platform, folder, fields, job.signal));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function value(job: JobContext, platform: Platform, valuing: Valuing): Promise<ValuationReport> {
  const { runId, options, folder, attributes, creditLosses, enter, seconds } = valuing;
  await enter('features');
  let kept = 0;
  const report = await valueCustomers({
    source: { kind: 'lake', folder, attributes },
    settings: {
      asOf: options.asOf,
      timeUnit: options.timeUnit,
      horizon: options.horizon,
      model: options.model,
      discountRate: options.discountRate,
      isForever: options.isForever,
      costs: options.costs,
      calibrationEnd: options.calibrationEnd ?? 'quarter',
      by: options.by,
      covariates: options.covariates,
    },
    creditLosses,
    workFolder: platform.folders.temp,
    signal: job.signal,
    onScores: async (batch: ScoreBatch) => {
      if (kept === 0) await enter('publish');
      await job.asSystem((db) => keepScores(db, runId, batch));
      kept += batch.size;
      await job.report({ stage: 'publish', done: kept, total: null });
    },
    onProgress: (stage, share) => {
      // A report that fails because the job was cancelled is met again at the next awaited one.
      void job.report({ stage: stageOf[stage], done: share, total: 1 }).catch(() => undefined);
    },
  });
  seconds.features = report.seconds.features;
  seconds.fit = report.seconds.fit;
  seconds.score = report.seconds.score;
  return report;
}

async function markStage(
  job: JobContext,
  runId: number,
  stage: StageName,
  seconds: Partial<Record<StageName, number>>,
  now: Date,
): Promise<void> {
  await job.asSystem(async (db) => {
    await db
      .updateTable('valuation_run')
      .set((set) => ({
        status: 'running',
        error: null,
        stages: JSON.stringify(stagesAt(stage, seconds)),
        started_at: set.fn.coalesce('started_at', set.val(now.toISOString())),
      }))
      .where('valuation_run_id', '=', runId)
      .execute();
    await emitEvent(db, 'valuation.changed', { valuationRunId: runId }, { audience: 'all' });
  });
}

/** Says on the run how it ended. A stop of the program is no end: the job is run again at the next start. */
async function close(job: JobContext, platform: Platform, runId: number, error: unknown): Promise<void> {
  const stopping = job.signal.aborted && job.signal.reason === 'stopping';
  if (stopping) return;
  const cancelled = job.signal.aborted;
  // The database's own words, such as a full disk while the scores are published, become ours here as everywhere.
  const { code, params } = codedErrorOf(error, `job ${job.jobId}`);
  await platform.db.asSystem(async (db) => {
    await dropScores(db, runId);
    await db
      .updateTable('valuation_run')
      .set({
        status: cancelled ? 'cancelled' : 'failed',
        error: cancelled ? null : JSON.stringify({ code, params }),
        finished_at: platform.clock.now().toISOString(),
      })
      .where('valuation_run_id', '=', runId)
      .where('status', '<>', 'published')
      .execute();
    await emitEvent(db, 'valuation.changed', { valuationRunId: runId }, { audience: 'all' });
  });
}

function elapsed(since: number): number {
  return Math.round(performance.now() - since) / 1000;
}

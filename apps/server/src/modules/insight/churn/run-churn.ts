import type { ChurnReport } from '@kezi/contract';
import { churnOfOrders, type ChurnScores } from '@kezi/valuation';
import { sql } from 'kysely';
import { gatherRunStatistics } from '../../../platform/db/run-statistics.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { unnest } from '../../../platform/db/unnest.js';
import { emitEvent } from '../../../platform/events/emit-event.js';
import { codedErrorOf } from '../../../platform/http/problem.js';
import type { JobContext } from '../../../platform/jobs/define-job.js';
import type { Platform } from '../../../platform/platform.js';
import { freshenLake } from '../valuation/index.js';
import { getChurnOptions } from './churn.queries.js';
import { reportOf } from './churn.rules.js';

/** The same seed and orders give the same probabilities. */
const seed = 1;
/** Runs whose probabilities are kept: the last and the one before it. Older ones keep their report. */
const keptRuns = 2;

/** Keeps a batch of a run that is not published yet. Owner and team are those of the customer now; who was deleted meanwhile is left out. */
async function keepScores(db: Db, runId: number, scores: ChurnScores): Promise<void> {
  const { ids, probability, tenth, reasons } = scores;
  const rows = unnest('score', {
    customer_id: { type: 'bigint', values: ids },
    probability: { type: 'float8', values: Array.from(probability) },
    tenth: { type: 'int', values: tenth ?? ids.map(() => null) },
    reasons: { type: 'jsonb', values: ids.map((_, i) => JSON.stringify(reasons[i] ?? [])) },
  });
  await sql`
    insert into customer_churn (churn_run_id, owner_id, team_id, customer_id, probability, tenth, reasons)
    select ${runId}::bigint, customer.owner_id, customer.team_id, score.customer_id, score.probability, score.tenth, score.reasons
    from ${rows} join customer on customer.customer_id = score.customer_id`.execute(db);
}

const dropScores = (db: Db, runId: number) =>
  db.deleteFrom('customer_churn').where('churn_run_id', '=', runId).execute();

/** Makes a run the one that pages show, and forgets the probabilities of old ones. */
async function publish(db: Db, runId: number, report: ChurnReport, now: Date): Promise<void> {
  await db
    .updateTable('churn_run')
    .set({
      status: 'published',
      as_of: report.cuts.asOf,
      silence_days: report.silence.days,
      report: JSON.stringify(report),
      // What is published later is the later run, whatever the clock says.
      published_at: sql`greatest(${now.toISOString()}::timestamptz,
        (select max(published_at) from churn_run) + interval '1 millisecond')`,
      finished_at: now.toISOString(),
    })
    .where('churn_run_id', '=', runId)
    .execute();
  await sql`
    delete from customer_churn where churn_run_id in (
      select churn_run_id from churn_run where status = 'published'
      order by published_at desc, churn_run_id desc offset ${keptRuns})`.execute(db);
  await emitEvent(db, 'churn.changed', { churnRunId: runId }, { audience: 'all' });
}

/** Customers of a training that is published; null for any other. */
async function countPublished(db: Db, runId: number): Promise<number | null> {
  const { rows } = await sql<{ count: number }>`
    select (select count(*) from customer_churn s where s.churn_run_id = r.churn_run_id)::int as count
    from churn_run r where r.churn_run_id = ${runId} and r.status = 'published'`.execute(db);
  return rows[0]?.count ?? null;
}

async function mark(db: Db, runId: number): Promise<void> {
  // Tried again after a failure that passes: what went wrong then no longer stands.
  const running = { status: 'running', error: null };
  await db.updateTable('churn_run').set(running).where('churn_run_id', '=', runId).execute();
  await emitEvent(db, 'churn.changed', { churnRunId: runId }, { audience: 'all' });
}

/**
 * A training from orders to published probabilities. Run again after a crash it begins anew; nothing of an attempt is seen
 * before its last transaction.
 */
export async function runChurn(
  job: JobContext,
  runId: number,
  platform: Platform,
): Promise<{ customers: number }> {
  // The program died after it was published and before the job had said so: people work with it by now.
  const published = await job.asSystem((db) => countPublished(db, runId));
  if (published !== null) return { customers: published };
  try {
    await job.report({ stage: 'learn', done: 0, total: 1 });
    const options = await job.asSystem(async (db) => {
      await mark(db, runId);
      await dropScores(db, runId);
      return getChurnOptions(db, runId);
    });
    await freshenLake(platform, job.signal);
    let kept = 0;
    const { report, expectedRate } = await churnOfOrders({
      source: { kind: 'lake', folder: platform.folders.lake },
      silenceDays: options.silenceDays,
      model: options.model,
      seed,
      workFolder: platform.folders.temp,
      signal: job.signal,
      onScores: async (scores) => {
        await job.asSystem((db) => keepScores(db, runId, scores));
        kept += scores.ids.length;
        await job.report({ stage: 'publish', done: kept, total: null });
      },
    });
    if (!('candidates' in report)) throw new Error('a model was learnt, not applied');
    await job.asSystem((db) => gatherRunStatistics(db, 'customer_churn'));
    await job.asSystem((db) => publish(db, runId, reportOf(report, expectedRate), platform.clock.now()));
    return { customers: kept };
  } catch (error) {
    await close(job, platform, runId, error);
    throw error;
  }
}

/** Says on the run how it ended. A stop of the program is no end: the job is run again at the next start. */
async function close(job: JobContext, platform: Platform, runId: number, error: unknown): Promise<void> {
  const cancelled = job.signal.aborted;
  if (cancelled && job.signal.reason === 'stopping') return;
  const { code, params } = codedErrorOf(error, `job ${job.jobId}`);
  await platform.db.asSystem(async (db) => {
    await dropScores(db, runId);
    await db
      .updateTable('churn_run')
      .set({
        status: cancelled ? 'cancelled' : 'failed',
        error: cancelled ? null : JSON.stringify({ code, params }),
        finished_at: platform.clock.now().toISOString(),
      })
      .where('churn_run_id', '=', runId)
      .where('status', '<>', 'published')
      .execute();
    await emitEvent(db, 'churn.changed', { churnRunId: runId }, { audience: 'all' });
  });
}

import { clusterFeature, type ClusterFeature } from '@kezi/contract';
import { CodedError, type Language } from '@kezi/contract/errors';
import { sql } from 'kysely';
import { writeAudit } from '../../../platform/audit/write-audit.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { unnest } from '../../../platform/db/unnest.js';
import { emitEvent } from '../../../platform/events/emit-event.js';
import { codedErrorOf } from '../../../platform/http/problem.js';
import type { JobContext } from '../../../platform/jobs/define-job.js';
import { runThread } from '../../../platform/jobs/run-thread.js';
import type { Platform } from '../../../platform/platform.js';
import { readSettings } from '../../people/settings/index.js';
import { basisOf, loadIndicators, type IndicatorTable } from '../tiers/index.js';
import { clusterColumns } from './cluster-features.js';
import {
  clusterCustomers,
  fewestCustomers,
  type ClusterAnswer,
  type ClusterRefusal,
  type ClusterResult,
  type ClusterTask,
} from './cluster.rules.js';
import { nameOfCluster } from './portrait.js';

interface Run {
  clusterRunId: number;
  features: ClusterFeature[];
  asked: number | null;
  createdBy: number;
  asOf: string;
  valuationRunId: number | null;
  today: string;
  language: Language;
}

async function readRun(db: Db, clusterRunId: number, now: Date): Promise<Run> {
  const row = await db
    .selectFrom('cluster_run')
    .where('cluster_run_id', '=', clusterRunId)
    .select(['features', 'asked', 'created_by'])
    .executeTakeFirstOrThrow();
  const { basis, today } = await basisOf(db, now);
  if (basis.valuationRunId === null || row.created_by === null) throw new CodedError('segments.not_valued');
  return {
    clusterRunId,
    features: clusterFeature.array().parse(row.features),
    asked: row.asked,
    createdBy: row.created_by,
    asOf: basis.asOf,
    valuationRunId: basis.valuationRunId,
    today,
    language: (await readSettings(db)).language,
  };
}

/** So many customers take some milliseconds; to start a thread takes longer. */
const fewCustomers = 500;

async function cluster(run: Run, table: IndicatorTable, signal: AbortSignal): Promise<ClusterAnswer> {
  const [recencyDays = new Float64Array(), ...measured] = table.measured;
  const task: ClusterTask = {
    columns: run.features.map((feature, i) => {
      const { scale, missing } = clusterColumns[feature];
      return { feature, scale, missing, values: measured[i] ?? new Float64Array() };
    }),
    clv: table.clv,
    recencyDays,
    asked: run.asked,
  };
  const answer =
    table.size <= fewCustomers
      ? clusterCustomers(task)
      : await runThread<ClusterAnswer | ClusterRefusal>(import.meta.url, 'cluster-thread', task, signal);
  if (!('refused' in answer)) return answer;
  if (answer.refused === 'alike') throw new CodedError('segments.cluster_alike');
  throw new CodedError('segments.cluster_few', { least: fewestCustomers, customers: answer.customers });
}

/** Rows of one statement. */
const batchRows = 10_000;

async function keepMembersOf(
  db: Db,
  segmentIds: readonly number[],
  table: IndicatorTable,
  answer: ClusterAnswer,
) {
  for (let from = 0; from < table.size; from += batchRows) {
    const to = Math.min(table.size, from + batchRows);
    const labels = Array.from(answer.labels.subarray(from, to));
    const rows = unnest('g', {
      customer_id: { type: 'bigint', values: Array.from(table.customerId.subarray(from, to)) },
      segment_id: { type: 'int', values: labels.map((label) => segmentIds[label] ?? null) },
    });
    // Who was deleted meanwhile is left out.
    await sql`
      insert into segment_member (segment_id, customer_id, owner_id, team_id)
      select g.segment_id, g.customer_id, c.owner_id, c.team_id
      from ${rows} join customer c on c.customer_id = g.customer_id where g.segment_id is not null`.execute(
      db,
    );
  }
}

async function keep(
  db: Db,
  run: Run,
  table: IndicatorTable,
  answer: ClusterAnswer,
  now: Date,
): Promise<void> {
  const { clusterRunId, createdBy } = run;
  const rows = await db
    .insertInto('segment')
    .values(
      answer.clusters.map((figures, place) => ({
        name: nameOfCluster(run, figures, place, run.language).slice(0, 100),
        kind: 'static',
        frozen_on: run.today,
        cluster_run_id: clusterRunId,
        cluster_no: place,
        is_shared: true,
        created_by: createdBy,
      })),
    )
    .returning(['segment_id as segmentId', 'cluster_no as place'])
    .execute();
  rows.sort((a, b) => (a.place ?? 0) - (b.place ?? 0));
  await keepMembersOf(
    db,
    rows.map(({ segmentId }) => segmentId),
    table,
    answer,
  );
  const { silhouettes, clusters, customers, clv } = answer;
  const result: ClusterResult = { silhouettes, clusters, customers, clv };
  await db
    .updateTable('cluster_run')
    .set({ status: 'done', as_of: run.asOf, result: JSON.stringify(result), finished_at: now })
    .where('cluster_run_id', '=', clusterRunId)
    .execute();
  await writeAudit(db, {
    action: 'cluster_run.finished',
    subject: 'cluster_run',
    subjectId: clusterRunId,
    changes: { clusters: clusters.length, customers },
  });
  await emitEvent(db, 'segments.changed', { clusterRunId }, { audience: 'all' });
}

/** Clusters all customers and keeps each cluster as a static segment: all of them at once, or nothing. */
export async function runClusters(
  job: JobContext,
  clusterRunId: number,
  platform: Platform,
): Promise<{ clusters: number; customers: number }> {
  try {
    await job.report({ stage: 'measure', done: 0, total: 1 });
    const run = await job.asSystem((db) => readRun(db, clusterRunId, platform.clock.now()));
    const table = await loadIndicators(
      platform.db.pool,
      {
        asOf: run.asOf,
        valuationRunId: run.valuationRunId,
        features: ['recencyDays', ...run.features],
        previousRunId: null,
        decidedBefore: platform.clock.now().toISOString(),
      },
      job.signal,
    );
    await job.report({ stage: 'grade', done: 0, total: 1 });
    const answer = await cluster(run, table, job.signal);
    await job.report({ stage: 'write', done: 0, total: 1 });
    await job.asSystem((db) => keep(db, run, table, answer, platform.clock.now()));
    return { clusters: answer.clusters.length, customers: answer.customers };
  } catch (error) {
    await close(job, platform, clusterRunId, error);
    throw error;
  }
}

/** Says on the run how it ended. A stop of the program is no end: the job is run again at the next start. */
async function close(
  job: JobContext,
  platform: Platform,
  clusterRunId: number,
  error: unknown,
): Promise<void> {
  if (job.signal.aborted && job.signal.reason === 'stopping') return;
  const { code, params } = codedErrorOf(error, `job ${job.jobId}`);
  await platform.db.asSystem(async (db) => {
    await db
      .updateTable('cluster_run')
      .set({
        status: job.signal.aborted ? 'cancelled' : 'failed',
        error: job.signal.aborted ? null : JSON.stringify({ code, params }),
        finished_at: platform.clock.now(),
      })
      .where('cluster_run_id', '=', clusterRunId)
      .where('status', '=', 'waiting')
      .execute();
    await emitEvent(db, 'segments.changed', { clusterRunId }, { audience: 'all' });
  });
}

import { clusterFeature, type ClusterInput, type ClusterPortrait, type ClusterRun } from '@kezi/contract';
import { CodedError, type Language } from '@kezi/contract/errors';
import { sql } from 'kysely';
import { writeAudit } from '../../../platform/audit/write-audit.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { isRestricted, type FieldRules } from '../../../platform/http/field-wall.rules.js';
import { enqueueJob } from '../../../platform/jobs/enqueue-job.js';
import { readSettings } from '../../people/settings/index.js';
import { latestPublishedRuns } from '../../insight/valuation/index.js';
import { closeLostRuns } from '../close-lost-runs.js';
import { featureName, findFeature } from '../tiers/index.js';
import { featuresKept } from './cluster-features.js';
import type { ClusterResult } from './cluster.rules.js';
import { portraitOf } from './portrait.js';
import { clusterJob } from './segments.jobs.js';

interface RunRow extends Omit<
  ClusterRun,
  'features' | 'silhouettes' | 'customers' | 'portraits' | 'currency'
> {
  features: string[];
  result: ClusterResult | null;
  /** In the order of the clusters; one that was deleted is not among them. */
  segments: { segmentId: number; name: string; place: number }[];
}

/** Who reads, and in which language. */
interface Reading {
  fieldRules: FieldRules;
  language: Language;
}

async function readRuns(db: Db, clusterRunId: number | null): Promise<RunRow[]> {
  const { rows } = await sql<RunRow>`
    select r.cluster_run_id as "clusterRunId", r.status, r.features, r.asked, r.as_of as "asOf", r.result,
      r.job_id as "jobId", r.error, u.name as "createdByName", r.created_at as "createdAt",
      coalesce((select jsonb_agg(jsonb_build_object('segmentId', s.segment_id, 'name', s.name, 'place', s.cluster_no)
        order by s.cluster_no) from segment s where s.cluster_run_id = r.cluster_run_id), '[]') as segments
    from cluster_run r left join colleague u on u.user_id = r.created_by
    where ${clusterRunId}::int is null or r.cluster_run_id = ${clusterRunId}::int
    order by r.cluster_run_id desc limit 50`.execute(db);
  return rows;
}

function portraitsOf({ features: names, result, segments }: RunRow, reading: Reading): ClusterPortrait[] {
  if (result === null) return [];
  const features = clusterFeature.array().parse(names);
  const seesValue = !isRestricted(reading.fieldRules, 'clv');
  return segments.flatMap(({ segmentId, name, place }) => {
    const figures = result.clusters[place];
    if (!figures) return [];
    const share = figures.customers / result.customers;
    const clvShare = seesValue && result.clv > 0 ? figures.clv / result.clv : null;
    const portrait = portraitOf(features, figures, { share, clvShare }, reading.language);
    const { customers, clv } = figures;
    return [{ segmentId, name, portrait, customers, share, clv, clvShare, features: figures.features }];
  });
}

function runOf(row: RunRow, reading: Reading, currency: string): ClusterRun {
  const { features, result, segments: _segments, ...rest } = row;
  return {
    ...rest,
    features: clusterFeature
      .array()
      .parse(features)
      .map((feature) => ({
        feature,
        name: featureName(feature, reading.language),
        unit: findFeature(feature)?.unit ?? 'rate',
      })),
    silhouettes: result?.silhouettes ?? [],
    customers: result?.customers ?? null,
    portraits: portraitsOf(row, reading),
    currency,
  };
}

/** The newest first; those by features that are kept from the reader are left out. */
export async function listClusterRuns(db: Db, reading: Reading): Promise<ClusterRun[]> {
  const { baseCurrency } = await readSettings(db);
  const rows = await readRuns(db, null);
  return rows
    .filter(({ features }) => !featuresKept(features, reading.fieldRules))
    .map((row) => runOf(row, reading, baseCurrency));
}

/** @throws CodedError segments.not_found, fields.restricted_forbidden */
export async function getClusterRun(db: Db, reading: Reading, clusterRunId: number): Promise<ClusterRun> {
  const [row] = await readRuns(db, clusterRunId);
  if (!row) throw new CodedError('segments.not_found');
  if (featuresKept(row.features, reading.fieldRules)) throw new CodedError('fields.restricted_forbidden');
  return runOf(row, reading, (await readSettings(db)).baseCurrency);
}

/**
 * Puts a clustering of all customers into the queue.
 * @throws CodedError segments.not_valued, segments.cluster_busy, fields.restricted_forbidden
 */
export async function startClusters(
  db: Db,
  input: ClusterInput,
  starting: { userId: number; fieldRules: FieldRules; now: Date },
): Promise<number> {
  const features = [...new Set(input.features)];
  if (features.length < 2) throw new CodedError('segments.cluster_features');
  if (featuresKept(features, starting.fieldRules)) throw new CodedError('fields.restricted_forbidden');
  if ((await latestPublishedRuns(db)).latest === null) throw new CodedError('segments.not_valued');
  // Two who start at once come one after the other.
  await sql`lock table cluster_run in share row exclusive mode`.execute(db);
  await closeLostRuns(db, 'cluster_run');
  const busy = await db
    .selectFrom('cluster_run')
    .where('status', '=', 'waiting')
    .select('cluster_run_id')
    .executeTakeFirst();
  if (busy) throw new CodedError('segments.cluster_busy');
  const { cluster_run_id: clusterRunId } = await db
    .insertInto('cluster_run')
    .values({
      features,
      asked: input.clusters ?? null,
      created_by: starting.userId,
      created_at: starting.now,
    })
    .returning('cluster_run_id')
    .executeTakeFirstOrThrow();
  const jobId = await enqueueJob(db, clusterJob, { clusterRunId });
  await db
    .updateTable('cluster_run')
    .set({ job_id: jobId })
    .where('cluster_run_id', '=', clusterRunId)
    .execute();
  await writeAudit(db, {
    action: 'cluster_run.started',
    subject: 'cluster_run',
    subjectId: clusterRunId,
    changes: { features: [null, features], clusters: [null, input.clusters ?? null] },
  });
  return clusterRunId;
}

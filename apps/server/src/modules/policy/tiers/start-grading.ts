import { CodedError, type Language } from '@kezi/contract/errors';
import { sql } from 'kysely';
import { writeAudit } from '../../../platform/audit/write-audit.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { emitEvent } from '../../../platform/events/emit-event.js';
import { enqueueJob } from '../../../platform/jobs/enqueue-job.js';
import type { Platform } from '../../../platform/platform.js';
import { closeLostRuns } from '../close-lost-runs.js';
import { nameOfWhole } from './check-definition.rules.js';
import { mostContradiction } from './grade.rules.js';
import { basisOf, previewPolicy } from './preview-policy.js';
import { gradeJob } from './tiers.jobs.js';
import { featureName, ownNumberFields } from './tier-features.js';
import { weighingOf } from './weighing-of-preview.rules.js';
import { weighIndicators, withFixedWeights, type Weights } from './weigh.rules.js';
import { withdrawRuns } from './withdraw-runs.js';
import { checkPolicy, getPolicy } from './write-policy.js';

interface Grading {
  tierPolicyId: number;
  userId: number;
  effectiveOn: string | undefined;
  /** Puts the tiers in force as soon as they are worked out: the demonstration company's first. */
  enforce: boolean;
  now: Date;
}

/** A run that nobody put in force makes room for the next one. */
async function withdrawOpenRuns(db: Db): Promise<void> {
  const open = await db
    .selectFrom('tier_run')
    .where('status', 'in', ['proposed', 'scheduled'])
    .select('tier_run_id as tierRunId')
    .execute();
  await withdrawRuns(
    db,
    open.map(({ tierRunId }) => tierRunId),
  );
}

/**
 * Grading again by the policy in force would withdraw a newer version that was published and is not in force yet: nobody
 * who asks for fresh figures means that.
 * @throws CodedError tiers.newer_conflict
 */
export async function mustNotReplaceNewer(db: Db, tierPolicyId: number): Promise<void> {
  const newer = await db
    .selectFrom('tier_run as r')
    .innerJoin('tier_policy as p', 'p.tier_policy_id', 'r.tier_policy_id')
    .where('r.status', 'in', ['proposed', 'scheduled'])
    .where('r.tier_policy_id', '<>', tierPolicyId)
    .select(['p.name', 'p.version_no as version', 'r.effective_on as effectiveOn'])
    .executeTakeFirst();
  if (!newer) return;
  const { name, version, effectiveOn } = newer;
  throw new CodedError('tiers.newer_conflict', { name, version: version ?? 0, effectiveOn });
}

/**
 * Puts a grading by a published policy into the queue.
 * @throws CodedError tiers.run_busy, tiers.effective_past
 */
export async function startGrading(db: Db, grading: Grading): Promise<number> {
  const { tierPolicyId, userId, enforce, now } = grading;
  // Two who start at once come one after the other.
  await sql`lock table tier_run in share row exclusive mode`.execute(db);
  await closeLostRuns(db, 'tier_run');
  const busy = await db
    .selectFrom('tier_run')
    .where('status', 'in', ['waiting', 'running'])
    .select('tier_run_id')
    .executeTakeFirst();
  if (busy) throw new CodedError('tiers.run_busy');
  const { basis, today } = await basisOf(db, now);
  const effectiveOn = grading.effectiveOn ?? today;
  if (effectiveOn < today) throw new CodedError('tiers.effective_past', { today });
  await withdrawOpenRuns(db);
  const { tier_run_id: tierRunId } = await db
    .insertInto('tier_run')
    .values({
      tier_policy_id: tierPolicyId,
      status: 'waiting',
      as_of: basis.asOf,
      effective_on: effectiveOn,
      valuation_run_id: basis.valuationRunId,
      previous_run_id: basis.previousRunId,
      created_by: userId,
      created_at: now,
    })
    .returning('tier_run_id')
    .executeTakeFirstOrThrow();
  const jobId = await enqueueJob(db, gradeJob, { tierRunId, enforce });
  await db.updateTable('tier_run').set({ job_id: jobId }).where('tier_run_id', '=', tierRunId).execute();
  await writeAudit(db, {
    action: 'tier_run.started',
    subject: 'tier_run',
    subjectId: tierRunId,
    changes: { tierPolicyId: [null, tierPolicyId], effectiveOn: [null, effectiveOn] },
  });
  await emitEvent(db, 'tiers.changed', { tierRunId }, { audience: 'all' });
  return tierRunId;
}

function refuseContradiction(consistency: Weights['consistency'], nameOf: (of: string) => string): void {
  const bad = consistency.find(({ ratio }) => ratio > mostContradiction);
  if (!bad) return;
  throw new CodedError('tiers.contradiction', {
    of: nameOf(bad.of),
    ratio: Number(bad.ratio.toFixed(2)),
    first: nameOf(bad.worst?.first ?? ''),
    second: nameOf(bad.worst?.second ?? ''),
  });
}

interface Publishing {
  tierPolicyId: number;
  rowVersion: number;
  userId: number;
  effectiveOn: string | undefined;
  enforce: boolean;
}

/** The weights that the data or the judgements give now: from here on they stand in the version. */
export async function weighForPublishing(
  platform: Platform,
  db: Db,
  tierPolicyId: number,
  language: Language,
): Promise<Weights> {
  const policy = await getPolicy(db, tierPolicyId);
  if (policy.status !== 'draft') throw new CodedError('tiers.not_draft');
  const { axes } = policy.definition;
  await checkPolicy(db, policy, language);
  const anybody = await db.selectFrom('customer').select('customer_id').limit(1).executeTakeFirst();
  if (!anybody) throw new CodedError('tiers.no_customers');
  // Judgements and numbers weigh the same whoever is graded; only these two ways look at customers.
  const asksCustomers = axes.some(({ weighing }) => weighing === 'entropy' || weighing === 'critic');
  const weights = asksCustomers
    ? weighingOf(await previewPolicy(platform, policy, language, { among: null, isValueKept: true }))
    : weighIndicators(policy.definition, []);
  const own = await ownNumberFields(db);
  refuseContradiction(weights.consistency, (of) =>
    of === 'axes'
      ? nameOfWhole(axes)
      : (axes.find((axis) => axis.key === of)?.name ?? featureName(of, language, own)),
  );
  return weights;
}

/**
 * Makes a draft a numbered version that is never changed again, and starts its grading.
 * @throws CodedError tiers.not_draft, tiers.changed, and those of `startGrading`
 */
export async function publishPolicy(
  db: Db,
  publishing: Publishing,
  weights: Weights,
  now: Date,
): Promise<number> {
  const { tierPolicyId, userId, rowVersion } = publishing;
  const policy = await getPolicy(db, tierPolicyId);
  const done = await db
    .updateTable('tier_policy')
    .set({
      status: 'published',
      definition: JSON.stringify(withFixedWeights(policy.definition, weights)),
      version_no: sql`(select coalesce(max(version_no), 0) + 1 from tier_policy)`,
      published_by: userId,
      published_at: now,
      updated_at: now,
      row_version: rowVersion + 1,
    })
    .where('tier_policy_id', '=', tierPolicyId)
    .where('row_version', '=', rowVersion)
    .where('status', '=', 'draft')
    .executeTakeFirst();
  if (done.numUpdatedRows === 0n) throw new CodedError('tiers.changed');
  await writeAudit(db, { action: 'tier_policy.published', subject: 'tier_policy', subjectId: tierPolicyId });
  return startGrading(db, {
    tierPolicyId,
    userId,
    effectiveOn: publishing.effectiveOn,
    enforce: publishing.enforce,
    now,
  });
}

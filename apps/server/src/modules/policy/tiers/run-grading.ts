import type { Tier } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { gatherRunStatistics } from '../../../platform/db/run-statistics.js';
import { emitEvent } from '../../../platform/events/emit-event.js';
import { codedErrorOf } from '../../../platform/http/problem.js';
import type { JobContext } from '../../../platform/jobs/define-job.js';
import { withSystemClient } from '../../../platform/db/system-client.js';
import type { Platform } from '../../../platform/platform.js';
import { costsOfTiers } from '../entitlements/index.js';
import { indicatorsOf } from './check-definition.rules.js';
import { gradeAside } from './grade-aside.js';
import type { GradeAnswer, GradeTask } from './grade-task.js';
import { dropGrades, keepGrades, proposeDemotions } from './keep-grades.js';
import { loadIndicators, type IndicatorTable } from './load-indicators.js';
import type { RunSnapshot } from './runs.queries.js';
import { heldPlaces, summariseGrades } from './summarise-grades.rules.js';
import { tiersOfSet } from './tier-sets.js';
import { getPolicy } from './write-policy.js';

export interface Run {
  tierRunId: number;
  asOf: string;
  effectiveOn: string;
  valuationRunId: number | null;
  previousRunId: number | null;
  createdAt: string;
  tierSetId: number;
  policy: Pick<RunSnapshot, 'policyName' | 'versionNo' | 'definition'>;
  tiers: Tier[];
  fromTiers: Tier[];
  costMinor: number[];
  digest: string | null;
}

export async function readRun(job: JobContext, tierRunId: number): Promise<Run> {
  return job.asSystem(async (db) => {
    const row = await db
      .selectFrom('tier_run')
      .where('tier_run_id', '=', tierRunId)
      .selectAll()
      .executeTakeFirstOrThrow();
    const { name: policyName, versionNo, definition, tierSetId } = await getPolicy(db, row.tier_policy_id);
    const before = row.previous_run_id
      ? await db
          .selectFrom('tier_run as r')
          .innerJoin('tier_policy as p', 'p.tier_policy_id', 'r.tier_policy_id')
          .where('r.tier_run_id', '=', row.previous_run_id)
          .select('p.tier_set_id as tierSetId')
          .executeTakeFirst()
      : undefined;
    const tiers = await tiersOfSet(db, tierSetId);
    const costs = await costsOfTiers(db);
    return {
      tierRunId,
      asOf: row.as_of,
      effectiveOn: row.effective_on,
      valuationRunId: row.valuation_run_id,
      previousRunId: row.previous_run_id,
      createdAt: row.created_at,
      tierSetId,
      policy: { policyName, versionNo, definition },
      tiers,
      fromTiers: before ? await tiersOfSet(db, before.tierSetId) : [],
      costMinor: tiers.map((tier) => costs.get(tier.tierId) ?? 0),
      digest: row.digest,
    };
  });
}

/** Figures of the customers of a run: of its day, or as it kept them. */
export async function loadOf(
  job: JobContext,
  platform: Platform,
  run: Run,
  kept?: readonly string[],
): Promise<IndicatorTable> {
  return loadIndicators(
    platform.db.pool,
    {
      asOf: run.asOf,
      valuationRunId: run.valuationRunId,
      previousRunId: run.previousRunId,
      features: indicatorsOf(run.policy.definition).map((indicator) => indicator.feature),
      decidedBefore: new Date(run.createdAt).toISOString(),
      ...(kept === undefined ? {} : { kept: { tierRunId: run.tierRunId, columns: kept } }),
    },
    job.signal,
  );
}

/** What is graded, however its figures came about. */
export function taskOf(run: Run, table: IndicatorTable): GradeTask {
  const held = { tierId: table.heldTierId, since: table.heldSince };
  const ids = run.tiers.map((tier) => tier.tierId);
  return {
    definition: run.policy.definition,
    tiers: run.tiers.length,
    measured: table.measured,
    points: table.measured.map(() => null),
    previous: run.previousRunId === null ? null : heldPlaces(held, ids, run.effectiveOn),
    isPublished: true,
    customerId: table.customerId,
  };
}

/**
 * Grades all customers by a published policy. Nothing of it is seen before it is put in force; run again after a crash it
 * begins anew for the same day.
 */
export async function runGrading(
  job: JobContext,
  tierRunId: number,
  platform: Platform,
): Promise<{ customers: number }> {
  try {
    await job.report({ stage: 'measure', done: 0, total: 1 });
    if (!(await begin(job, tierRunId))) return { customers: await countGraded(job, tierRunId) };
    const run = await readRun(job, tierRunId);
    const table = await loadOf(job, platform, run);
    if (table.size === 0) throw new CodedError('tiers.no_customers');
    await job.report({ stage: 'grade', done: 0, total: 1 });
    const graded = await gradeAside(taskOf(run, table), job.signal);
    await writeGrades(job, platform, { run, table, graded });
    await propose(job, platform, { run, table, graded });
    return { customers: table.size };
  } catch (error) {
    await close(job, platform, tierRunId, error);
    throw error;
  }
}

/**
 * Begins, without what an earlier try left. False for a run that has come to its end: the program died after it was proposed and
 * before the job had said so, and somebody may have put it in force since.
 */
function begin(job: JobContext, tierRunId: number): Promise<boolean> {
  return job.asSystem(async (db) => {
    const begun = await db
      .updateTable('tier_run')
      // Tried again after a failure that passes: what went wrong then no longer stands.
      .set({ status: 'running', error: null })
      .where('tier_run_id', '=', tierRunId)
      .where('status', 'in', ['waiting', 'running', 'failed'])
      .executeTakeFirst();
    if (begun.numUpdatedRows === 0n) return false;
    await dropGrades(db, tierRunId);
    await emitEvent(db, 'tiers.changed', { tierRunId }, { audience: 'all' });
    return true;
  });
}

async function countGraded(job: JobContext, tierRunId: number): Promise<number> {
  const { count } = await job.asSystem((db) =>
    db
      .selectFrom('tier_result')
      .where('tier_run_id', '=', tierRunId)
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow(),
  );
  return count;
}

interface Proposal {
  run: Run;
  table: IndicatorTable;
  graded: GradeAnswer;
}

/** Two batches at a time: while the database writes one, the program makes the other. Ends when none is under way. */
async function writeGrades(job: JobContext, platform: Platform, proposal: Proposal): Promise<void> {
  const { run, table, graded } = proposal;
  const { tierRunId, effectiveOn, tiers } = run;
  const batches = keepGrades({ tierRunId, effectiveOn, tiers, table, graded });
  const lane = async () => {
    for (const { write, done } of batches) {
      await job.report({ stage: 'write', done, total: table.size });
      await withSystemClient(platform.db.pool, write);
    }
  };
  for (const ended of await Promise.allSettled([lane(), lane()])) {
    if (ended.status === 'rejected') throw ended.reason;
  }
  await job.asSystem((db) => gatherRunStatistics(db, 'tier_result'));
}

async function propose(job: JobContext, platform: Platform, proposal: Proposal): Promise<void> {
  const { run, table, graded } = proposal;
  const { tierRunId, tiers, fromTiers, policy } = run;
  const fromTierIds = fromTiers.map((tier) => tier.tierId);
  const summary = summariseGrades({
    definition: policy.definition,
    graded,
    clv: table.clv,
    tierIds: tiers.map((tier) => tier.tierId),
    fromTierIds,
    from: heldPlaces({ tierId: table.heldTierId, since: table.heldSince }, fromTierIds, run.effectiveOn).tier,
    costMinor: run.costMinor,
  });
  const cutScores = graded.cutScores.map((score) => (Number.isFinite(score) ? score : null));
  const snapshot: RunSnapshot = { ...policy, tierSetId: run.tierSetId, tiers, cutScores };
  await job.asSystem(async (db) => {
    await proposeDemotions(db, tierRunId, job.userId, platform.clock.now());
    await db
      .updateTable('tier_run')
      .set({
        status: 'proposed',
        snapshot: JSON.stringify(snapshot),
        summary: JSON.stringify(summary),
        digest: graded.digest,
        finished_at: platform.clock.now(),
      })
      .where('tier_run_id', '=', tierRunId)
      .execute();
    await emitEvent(db, 'tiers.changed', { tierRunId }, { audience: 'all' });
  });
}

/** Says on the run how it ended. A stop of the program is no end: the job is run again at the next start. */
async function close(job: JobContext, platform: Platform, tierRunId: number, error: unknown): Promise<void> {
  if (job.signal.aborted && job.signal.reason === 'stopping') return;
  const cancelled = job.signal.aborted;
  const { code, params } = codedErrorOf(error, `job ${job.jobId}`);
  await platform.db.asSystem(async (db) => {
    await dropGrades(db, tierRunId);
    await db
      .updateTable('tier_run')
      .set({
        status: cancelled ? 'cancelled' : 'failed',
        error: cancelled ? null : JSON.stringify({ code, params }),
        finished_at: platform.clock.now(),
      })
      .where('tier_run_id', '=', tierRunId)
      .where('status', 'in', ['waiting', 'running'])
      .execute();
    await emitEvent(db, 'tiers.changed', { tierRunId }, { audience: 'all' });
  });
}

import type { TierReplay } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import type { JobContext } from '../../../platform/jobs/define-job.js';
import type { Platform } from '../../../platform/platform.js';
import { indicatorsOf } from './check-definition.rules.js';
import { gradeAside } from './grade-aside.js';
import { loadOf, readRun, taskOf, type Run } from './run-grading.js';
import { snapshotOf } from './runs.queries.js';

/** Whether customers of the run were erased or merged since: then nobody has the same rank any more. */
async function hasLost(job: JobContext, run: Run, size: number): Promise<{ left: number; isLess: boolean }> {
  return job.asSystem(async (db) => {
    const { customers } = await db
      .selectFrom('tier_run')
      .where('tier_run_id', '=', run.tierRunId)
      .select(sql<number | null>`(summary ->> 'customers')::int`.as('customers'))
      .executeTakeFirstOrThrow();
    const merged = await db
      .selectFrom('customer_merge')
      .where('merged_at', '>', run.createdAt)
      .where('undone_at', 'is', null)
      .select('customer_merge_id')
      .limit(1)
      .executeTakeFirst();
    const left = Math.max(0, (customers ?? size) - size);
    return { left, isLess: left > 0 || merged !== undefined };
  });
}

/** Whether every customer who is there has the score and the tier that follow from the points and cut-offs that were kept. */
async function holdsOneByOne(job: JobContext, platform: Platform, run: Run): Promise<boolean> {
  const indicators = indicatorsOf(run.policy.definition);
  const kept = [...indicators.map((_, i) => `c.points[${i + 1}]`), 'c.score', 'c.tier_id'];
  const table = await loadOf(job, platform, run, kept);
  const points = table.measured.slice(0, indicators.length).map((column) => Int16Array.from(column));
  const [score, tierId] = table.measured.slice(indicators.length);
  const { cutScores } = await job.asSystem(async (db) => {
    const row = await db
      .selectFrom('tier_run')
      .where('tier_run_id', '=', run.tierRunId)
      .select('snapshot')
      .executeTakeFirstOrThrow();
    return snapshotOf(row.snapshot);
  });
  const graded = await gradeAside(
    {
      ...taskOf(run, { ...table, measured: points.map(() => new Float64Array()) }),
      points,
      customerId: null,
      // Above the last tier no cut-off means that nobody passes it.
      cutScores: cutScores.map((cut, i) => cut ?? (i < cutScores.length - 1 ? Infinity : -Infinity)),
    },
    job.signal,
  );
  return table.customerId.every(
    (_, i) => graded.score[i] === score?.[i] && run.tiers[graded.given[i] ?? 0]?.tierId === tierId?.[i],
  );
}

/**
 * Grades a run's customers again from what was measured then, and compares the fingerprints. Where customers have left since,
 * the others are compared one by one. Keeps nothing.
 * @throws CodedError tiers.run_state
 */
export async function replayRun(job: JobContext, tierRunId: number, platform: Platform): Promise<TierReplay> {
  await job.report({ stage: 'measure', done: 0, total: 1 });
  const run = await readRun(job, tierRunId);
  if (run.digest === null) throw new CodedError('tiers.run_state');
  const measured = indicatorsOf(run.policy.definition).map((_, i) => `c.measured[${i + 1}]`);
  const table = await loadOf(job, platform, run, measured);
  if (table.size === 0) throw new CodedError('tiers.no_customers');
  await job.report({ stage: 'grade', done: 0, total: 1 });
  const digest = (await gradeAside(taskOf(run, table), job.signal)).digest ?? '';
  const answer = { digest, expected: run.digest, left: 0 };
  if (digest === run.digest) return { ...answer, same: true };
  const { left, isLess } = await hasLost(job, run, table.size);
  return { ...answer, left, same: isLess && (await holdsOneByOne(job, platform, run)) };
}

import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import { notify } from '../events/notifications.js';
import { codedErrorOf } from '../http/problem.js';
import type { Platform } from '../platform.js';
import type { AnyJob } from './define-job.js';
import { makeJobContext } from './job-context.js';

/** An error that we did not foresee may pass by itself (the database was away): asked again twice. */
const mostFailures = 3;

/** Why a running job's signal was aborted. */
export type StopReason = 'cancelled' | 'stopping';

export type RunningJobs = Map<number, AbortController>;

type Ending =
  | { status: 'done'; result: unknown }
  | { status: 'cancelled' }
  | { status: 'failed'; error: CodedError }
  | { status: 'queued'; failed: boolean };

async function begin(platform: Platform, jobId: number) {
  return platform.db.asSystem(async (db) => {
    const row = await db
      .updateTable('job')
      .set({
        status: sql`case when cancel_requested_at is null then 'running' else 'cancelled' end`,
        attempt: sql`attempt + 1`,
        started_at: sql`coalesce(started_at, now())`,
      })
      .where('job_id', '=', jobId)
      .where('status', 'in', ['queued', 'running'])
      .returning(['job_id', 'kind', 'params', 'attempt', 'failures', 'created_by', 'status'])
      .executeTakeFirst();
    if (row) await notify(db, { type: 'job', jobId });
    return row?.status === 'running' ? row : null;
  });
}

async function finish(platform: Platform, jobId: number, ending: Ending): Promise<void> {
  await platform.db.asSystem(async (db) => {
    await db
      .updateTable('job')
      .set({
        status: ending.status,
        ...(ending.status === 'done' ? { result: JSON.stringify(ending.result ?? null), error: null } : {}),
        ...(ending.status === 'failed'
          ? { error: JSON.stringify({ code: ending.error.code, params: ending.error.params }) }
          : {}),
        ...(ending.status === 'queued'
          ? { failures: ending.failed ? sql<number>`failures + 1` : sql<number>`failures` }
          : { finished_at: platform.clock.now() }),
      })
      .where('job_id', '=', jobId)
      .execute();
    await notify(db, { type: 'job', jobId });
  });
}

function endingOf(error: unknown, failures: number, signal: AbortSignal, requestId: string): Ending {
  if (signal.aborted) {
    const reason = signal.reason as StopReason;
    return reason === 'cancelled' ? { status: 'cancelled' } : { status: 'queued', failed: false };
  }
  const coded = codedErrorOf(error, requestId);
  // What we foresaw will not pass by itself; a database that is away will.
  const passing = coded.code === 'app.database_unavailable' || coded.code === 'app.busy';
  if (error instanceof CodedError && !passing) return { status: 'failed', error: coded };
  return failures + 1 >= mostFailures
    ? { status: 'failed', error: coded }
    : { status: 'queued', failed: true };
}

/** At most one job of a key waits. Where another was asked for meanwhile, that one does the work and this one has ended. */
async function leftToAnother(
  platform: Platform,
  jobId: number,
  ending: Ending,
  error: unknown,
): Promise<Ending> {
  if (ending.status !== 'queued') return ending;
  const other = await platform.db.asSystem((db) =>
    db
      .selectFrom('job as own')
      .innerJoin('job as other', 'other.key', 'own.key')
      .select('other.job_id')
      .where('own.job_id', '=', jobId)
      .where('other.status', '=', 'queued')
      .executeTakeFirst(),
  );
  if (other === undefined) return ending;
  return ending.failed
    ? { status: 'failed', error: codedErrorOf(error, `job ${jobId}`) }
    : { status: 'cancelled' };
}

/**
 * Runs one job of the queue to its end. Returns when the job has ended for good (done, failed, cancelled); throws when
 * the queue should ask again.
 */
export async function runJob(
  platform: Platform,
  definition: AnyJob,
  jobId: number,
  running: RunningJobs,
): Promise<void> {
  const stop = new AbortController();
  // From the first moment: a job that is locked and not in this list counts as lost, and would be given to another.
  running.set(jobId, stop);
  try {
    const row = await begin(platform, jobId);
    if (row) await runBegun(platform, definition, row, stop.signal);
  } finally {
    running.delete(jobId);
  }
}

type BegunJob = NonNullable<Awaited<ReturnType<typeof begin>>>;

async function runBegun(
  platform: Platform,
  definition: AnyJob,
  row: BegunJob,
  signal: AbortSignal,
): Promise<void> {
  const jobId = row.job_id;
  try {
    const context = makeJobContext(platform, {
      jobId,
      attempt: row.attempt,
      userId: row.created_by,
      signal,
    });
    const result = await definition.start(context, row.params, platform);
    await finish(platform, jobId, { status: 'done', result });
  } catch (error) {
    const wanted = endingOf(error, row.failures, signal, `job ${jobId}`);
    const ending = await leftToAnother(platform, jobId, wanted, error);
    if (ending.status === 'failed' || (ending.status === 'queued' && ending.failed)) {
      platform.log.error({ err: error, jobId, kind: row.kind }, 'A job failed.');
    }
    await finish(platform, jobId, ending);
    if (ending.status === 'queued') throw error;
  }
}

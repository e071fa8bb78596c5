import { setTimeout as sleep } from 'node:timers/promises';
import { Logger, run, runOnce, type Runner, type Task, type TaskList } from 'graphile-worker';
import type { Pool } from 'pg';
import { z } from 'zod';
import { forgetOldAttempts } from '../auth/forget-attempts.js';
import { sealAudit } from '../audit/seal-audit.js';
import { emitEvent } from '../events/emit-event.js';
import type { EventListener } from '../events/listen-to.js';
import { makePool } from '../db/pool.js';
import type { DeliveryChannel } from '../outbound/delivery-channel.js';
import { forgetOldDeliveries, queueDue } from '../outbound/put-delivery.js';
import { sendLane } from '../outbound/send-delivery.js';
import type { Platform } from '../platform.js';
import { forgetOldKeys } from '../http/idempotency.js';
import type { AnyJob } from './define-job.js';
import { runJob, type RunningJobs, type StopReason } from './run-job.js';

const jobPayload = z.object({ jobId: z.number() });
const eventPayload = z.object({ eventId: z.number() });
const deliveryPayload = z.object({ lane: z.string() });

export interface JobRunner {
  /** Works in the background until stopped. */
  start: () => Promise<void>;
  /** Runs everything that waits, to the end. */
  runWaiting: () => Promise<void>;
  stop: () => Promise<void>;
}

interface JobRunnerOptions {
  platform: Platform;
  ownerUrl: string;
  jobs: readonly AnyJob[];
  listeners: readonly EventListener[];
  channels: readonly DeliveryChannel[];
  /** Once an hour and at every start, one after the other. */
  hourly: readonly ((platform: Platform) => Promise<void>)[];
  concurrency: number;
}

async function deliver(
  platform: Platform,
  listeners: readonly EventListener[],
  eventId: number,
): Promise<void> {
  const event = await platform.db.asSystem((db) =>
    db.selectFrom('event_outbox').selectAll().where('event_id', '=', eventId).executeTakeFirst(),
  );
  if (!event) return;
  for (const listener of listeners) {
    if (listener.type !== event.type) continue;
    const occurrence = { eventId, recordedAt: event.recorded_at };
    await platform.db.asSystem((db) => listener.hear(event.payload, platform, db, occurrence));
  }
  await platform.db.asSystem((db) => db.deleteFrom('event_outbox').where('event_id', '=', eventId).execute());
}

/**
 * Once a night: what nobody will ask for again. Every minute: what was done becomes part of the audit's chain, and what is
 * due to go out goes.
 */
const crontab = ['17 3 * * * tidy', '* * * * * seal', '* * * * * outbound', '2 * * * * hourly'].join('\n');

async function tidy(platform: Platform): Promise<void> {
  const now = platform.clock.now();
  await platform.db.asSystem(async (db) => {
    await forgetOldKeys(db, now);
    await forgetOldAttempts(db, now);
    await forgetOldDeliveries(db, now);
  });
  await platform.db.asSystem((db) => emitEvent(db, 'night.began', {}));
  await platform.db.login.deleteFrom('user_session').where('expires_at', '<', now.toISOString()).execute();
}

function makeTasks(options: JobRunnerOptions, running: RunningJobs): TaskList {
  const { platform } = options;
  const tasks: TaskList = {
    tidy: () => tidy(platform),
    seal: async () => {
      await sealAudit(platform);
    },
    outbound: async () => {
      await platform.db.asSystem((db) => queueDue(db, platform.clock.now()));
    },
    hourly: async () => {
      for (const work of options.hourly) await work(platform);
    },
    event: (payload) => deliver(platform, options.listeners, eventPayload.parse(payload).eventId),
  };
  for (const job of options.jobs) {
    const name = `job:${job.kind}`;
    if (name in tasks) throw new Error(`Two jobs are called ${job.kind}.`);
    tasks[name] = (payload) => runJob(platform, job, jobPayload.parse(payload).jobId, running);
  }
  return tasks;
}

/**
 * A killed server leaves its jobs locked (for four hours, by the queue's own rule). Only one server works on a database
 * and it holds the lock of `openNotifications`, so every lock found now belongs to the dead.
 */
async function takeOverJobs(pool: Pool): Promise<void> {
  await pool.query(`
    select graphile_worker.force_unlock_workers(
      array(select distinct locked_by from graphile_worker._private_jobs where locked_by is not null))`);
  await pool.query(`
    select graphile_worker.reschedule_jobs(
      array(select id from graphile_worker._private_jobs where attempts > 0), run_at := now(), attempts := 0)`);
}

/** How often lost jobs are looked for, and how long one is locked before it counts as lost. */
const lookEveryMs = 5000;
const lostAfterSeconds = 20;

/**
 * A job whose end could not be written (the disk was full, the database away) stays locked though nobody works on it.
 * Only this process works, so what is locked and not running here is set free and asked for again.
 */
async function freeLostJobs(pool: Pool, running: RunningJobs): Promise<void> {
  await pool.query(
    `with lost as (
      update graphile_worker._private_jobs job set locked_at = null, locked_by = null
      from graphile_worker._private_tasks task
      where task.id = job.task_id and task.identifier like 'job:%'
        and job.locked_at < now() - make_interval(secs => $1)
        and not (job.payload->>'jobId')::bigint = any ($2::bigint[])
      returning job.job_queue_id)
    update graphile_worker._private_job_queues set locked_at = null, locked_by = null
    where id in (select job_queue_id from lost)`,
    [lostAfterSeconds, [...running.keys()]],
  );
}

/** Until the database answers or the queue is stopped; it starts again by itself within seconds. */
async function databaseAnswers(pool: Pool, isStopping: () => boolean): Promise<void> {
  while (!isStopping()) {
    const answers = await pool.query('select 1').then(
      () => true,
      () => false,
    );
    if (answers) return;
    await sleep(250);
  }
}

/**
 * The queue writes down how a task ended at once and ends the program when it cannot. A task that failed because the
 * database went away therefore ends when the database is back.
 */
function endingWithDatabase(tasks: TaskList, pool: Pool, isStopping: () => boolean): TaskList {
  const patient = ([name, task]: [string, Task | undefined]): [string, Task] => [
    name,
    async (payload, helpers) => {
      try {
        return await task?.(payload, helpers);
      } catch (error) {
        await databaseAnswers(pool, isStopping);
        throw error;
      }
    },
  ];
  return Object.fromEntries(Object.entries(tasks).map(patient));
}

/** Places outside that are called at once. They wait more than they work, and must not keep the house's own work waiting. */
const deliveryConcurrency = 8;

/** What goes out has a queue of its own: a place that answers slowly holds one of its lanes, and no job. */
const deliveryTask = (options: JobRunnerOptions, isStopping: () => boolean): TaskList => ({
  deliver: (payload) =>
    sendLane(options.platform, options.channels, deliveryPayload.parse(payload).lane, isStopping),
});

export function makeJobRunner(options: JobRunnerOptions): JobRunner {
  const { platform } = options;
  const running: RunningJobs = new Map();
  const halt = new AbortController();
  const isStopping = () => halt.signal.aborted;
  // What breaks off because we stop is taken up at the next start: no trouble, and noise behind every command that ends.
  const tell = (about: object, what: string) => platform.log[isStopping() ? 'info' : 'warn'](about, what);
  const onError = (error: Error) => tell({ reason: error.message }, 'The queue lost a connection.');
  const pool = makePool({ url: options.ownerUrl, name: 'queue', max: options.concurrency + 6, onError });
  const tasks = endingWithDatabase(makeTasks(options, running), pool, isStopping);
  const outside = endingWithDatabase(deliveryTask(options, isStopping), pool, isStopping);
  const logger = new Logger(() => (level, message) => {
    if (['error', 'warning'].includes(level)) tell({ queue: level }, message);
  });
  const forget = platform.notifications.on((notice) => {
    if (notice.type === 'cancel') running.get(notice.jobId)?.abort('cancelled' satisfies StopReason);
  });
  // Ends are written in batches (of one tick): a batch that cannot be written stops the queue, where a single one would
  // be an unhandled rejection and end the program.
  const preset = { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } };
  const shared = { pgPool: pool, noHandleSignals: true, logger, preset, pollInterval: 2000 };
  let runners: Runner[] = [];
  let watch: NodeJS.Timeout | undefined;

  const stopAll = async (): Promise<void> => {
    const [...ending] = runners;
    runners = [];
    // One that has stopped by itself says so by an error.
    await Promise.allSettled(ending.map((runner) => runner.stop()));
  };
  /** Works until stopped. A queue that lost its database ends; another takes its place when the database is back. */
  const work = async (): Promise<void> => {
    await takeOverJobs(pool);
    const inside = await run({ ...shared, taskList: tasks, concurrency: options.concurrency, crontab });
    runners = [inside];
    runners.push(await run({ ...shared, taskList: outside, concurrency: deliveryConcurrency }));
    // A day may have begun while the program did not run.
    await inside.addJob('hourly', {}, { jobKey: 'hourly at start' });
    void Promise.race(runners.map(({ promise }) => promise))
      .catch((error: unknown) => platform.log.error({ err: error }, 'The queue stopped.'))
      .then(async () => {
        await stopAll();
        return workAgain();
      });
  };
  const workAgain = async (): Promise<void> => {
    while (!isStopping()) {
      await databaseAnswers(pool, isStopping);
      try {
        if (!isStopping()) await work();
        return;
      } catch (error) {
        platform.log.error({ err: error }, 'The queue did not start again.');
        await sleep(1000);
      }
    }
  };
  return {
    async start() {
      await work();
      watch = setInterval(() => void freeLostJobs(pool, running).catch(onError), lookEveryMs);
    },
    runWaiting: () => runOnce({ ...shared, taskList: { ...tasks, ...outside }, concurrency: 1 }),
    async stop() {
      halt.abort();
      clearInterval(watch);
      for (const controller of running.values()) controller.abort('stopping' satisfies StopReason);
      await stopAll();
      forget();
      await pool.end();
    },
  };
}

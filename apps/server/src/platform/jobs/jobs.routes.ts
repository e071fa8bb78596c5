import { idParams, job as jobSchema, jobPage, jobQuery, type Job } from '@kezi/contract';
import { CodedError, messageOf, type ErrorCode, type Language } from '@kezi/contract/errors';
import { EventEmitter, on } from 'node:events';
import type { Selectable } from 'kysely';
import type { DB } from '../db/database.generated.js';
import type { Db } from '../db/scoped-db.js';
import { notify } from '../events/notifications.js';
import { decodeCursor, encodeCursor } from '../http/cursor.js';
import { sendEventStream, type StreamMessage } from '../http/event-stream.js';
import type { KeziApp } from '../http/kezi-app.js';
import type { Platform } from '../platform.js';

function jobOf(row: Selectable<DB['job']>, language: Language): Job {
  const error = row.error as { code: ErrorCode; params: Record<string, string | number> } | null;
  return {
    id: row.job_id,
    kind: row.kind,
    status: row.status as Job['status'],
    progress: row.progress as Job['progress'],
    result: row.result,
    error: error ? { code: error.code, detail: messageOf(error.code, error.params, language) } : null,
    attempt: row.attempt,
    createdBy: row.created_by,
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
  };
}

/** @throws CodedError jobs.not_found */
async function getJob(db: Db, jobId: number, language: Language): Promise<Job> {
  const row = await db.selectFrom('job').selectAll().where('job_id', '=', jobId).executeTakeFirst();
  if (!row) throw new CodedError('jobs.not_found');
  return jobOf(row, language);
}

/** A job that waits is cancelled at once; one that runs is told to stop and says so when it has. */
export async function cancelJob(db: Db, jobId: number, now: Date): Promise<void> {
  const row = await db
    .selectFrom('job')
    .select('status')
    .where('job_id', '=', jobId)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new CodedError('jobs.not_found');
  if (row.status !== 'queued' && row.status !== 'running') return;
  await db
    .updateTable('job')
    .set({
      cancel_requested_at: now,
      ...(row.status === 'queued' ? { status: 'cancelled', finished_at: now } : {}),
    })
    .where('job_id', '=', jobId)
    .execute();
  await notify(db, { type: 'cancel', jobId });
  await notify(db, { type: 'job', jobId });
}

const ended = (job: Job) => job.status === 'done' || job.status === 'failed' || job.status === 'cancelled';

/** The job now, and again whenever it changes, until it has ended. */
async function* watchJob(
  read: () => Promise<Job>,
  jobId: number,
  platform: Platform,
  signal: AbortSignal,
): AsyncGenerator<StreamMessage> {
  const changes = new EventEmitter();
  const forget = platform.notifications.on((notice) => {
    if (notice.type === 'job' && notice.jobId === jobId) changes.emit('change');
  });
  const changed = on(changes, 'change', { signal });
  try {
    for (let job = await read(); ; job = await read()) {
      yield { event: 'job', data: job };
      if (ended(job)) return;
      await changed.next();
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    forget();
  }
}

export function jobsRoutes(app: KeziApp, platform: Platform): void {
  const tags = ['jobs'];
  app.get(
    '/jobs',
    {
      config: { permission: 'jobs:read' },
      schema: { tags, summary: 'Jobs, newest first', querystring: jobQuery, response: { 200: jobPage } },
    },
    (request) =>
      request.inScope(async (db) => {
        const { cursor, limit, kind, status } = request.query;
        let query = db
          .selectFrom('job')
          .selectAll()
          .orderBy('job_id', 'desc')
          .limit(limit + 1);
        if (kind !== undefined) query = query.where('kind', '=', kind);
        if (status !== undefined) query = query.where('status', '=', status);
        if (cursor !== undefined) query = query.where('job_id', '<', Number(decodeCursor(cursor, 1)[0]));
        const rows = await query.execute();
        const items = rows.slice(0, limit).map((row) => jobOf(row, request.language));
        const last = items.at(-1);
        return { items, nextCursor: rows.length > limit && last ? encodeCursor([last.id]) : null };
      }),
  );
  app.get(
    '/jobs/:id',
    {
      config: { permission: 'jobs:read' },
      schema: { tags, summary: 'One job', params: idParams, response: { 200: jobSchema } },
    },
    (request) => request.inScope((db) => getJob(db, request.params.id, request.language)),
  );
  app.post(
    '/jobs/:id/cancel',
    {
      config: { permission: 'jobs:cancel' },
      schema: { tags, summary: 'Cancel a job', params: idParams, response: { 200: jobSchema } },
    },
    (request) =>
      request.inScope(async (db) => {
        await cancelJob(db, request.params.id, platform.clock.now());
        return getJob(db, request.params.id, request.language);
      }),
  );
  app.get(
    '/jobs/:id/events',
    {
      config: { permission: 'jobs:read' },
      schema: { tags, summary: 'A job as it goes on (server-sent events)', params: idParams },
    },
    async (request, reply) => {
      const { id } = request.params;
      const read = () => request.inScope((db) => getJob(db, id, request.language));
      await read();
      return sendEventStream(request, reply, platform.access, (signal) =>
        watchJob(read, id, platform, signal),
      );
    },
  );
}

import {
  valuationFields,
  valuationOptions,
  valuationRun,
  valuationRunPage,
  pageQuery,
  type ValuationRun,
} from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { z } from 'zod';
import type { Db } from '../../../platform/db/scoped-db.js';
import { decodeCursor, encodeCursor } from '../../../platform/http/cursor.js';
import type { KeziApp } from '../../../platform/http/kezi-app.js';
import { cancelJob } from '../../../platform/jobs/jobs.routes.js';
import type { Platform } from '../../../platform/platform.js';
import { startRun } from './start-run.js';
import { findRun, listFields, listRuns } from './valuation.queries.js';
import { forReader } from './valuation.rules.js';
import { valueChangeRoutes } from './value-change.routes.js';

const one = z.object({ runId: z.coerce.number().int() });

export function valuationRoutes(app: KeziApp, platform: Platform): void {
  readingRoutes(app);
  fieldRoutes(app);
  runningRoutes(app, platform);
  valueChangeRoutes(app);
}

function readingRoutes(app: KeziApp): void {
  app.get(
    '/valuation/runs',
    {
      config: { permission: 'valuation:read' },
      schema: {
        tags: ['valuation'],
        summary: 'Runs, newest first',
        querystring: pageQuery,
        response: { 200: valuationRunPage },
      },
    },
    (request) =>
      request.inScope(async (db) => {
        const { limit, cursor } = request.query;
        const before = cursor === undefined ? null : Number(decodeCursor(cursor, 1)[0]);
        const found = await listRuns(db, limit + 1, before);
        const items = found.slice(0, limit).map((run) => forReader(run, request.principal.scope));
        const last = items.at(-1);
        return {
          items,
          nextCursor: found.length > limit && last ? encodeCursor([last.valuationRunId]) : null,
        };
      }),
  );

  app.get(
    '/valuation/runs/:runId',
    {
      config: { permission: 'valuation:read' },
      schema: {
        tags: ['valuation'],
        summary: 'One run with its card',
        params: one,
        response: { 200: valuationRun },
      },
    },
    (request) =>
      request.inScope(async (db) =>
        forReader(await getRun(db, request.params.runId), request.principal.scope),
      ),
  );
}

function fieldRoutes(app: KeziApp): void {
  app.get(
    '/valuation/fields',
    {
      config: { permission: 'valuation:run' },
      schema: {
        tags: ['valuation'],
        summary: 'Fields of the customers that a run may use as segments or covariates',
        response: { 200: valuationFields },
      },
    },
    (request) => request.inScope(async (db) => ({ items: await listFields(db) })),
  );
}

function runningRoutes(app: KeziApp, platform: Platform): void {
  app.post(
    '/valuation/runs',
    {
      config: { permission: 'valuation:run' },
      schema: {
        tags: ['valuation'],
        summary: 'Start a run',
        body: valuationOptions,
        response: { 202: valuationRun },
      },
    },
    (request, reply) =>
      request.inScope(async (db) => {
        const runId = await startRun(db, request.principal.userId, request.body);
        reply.code(202);
        return getRun(db, runId);
      }),
  );

  app.post(
    '/valuation/runs/:runId/cancel',
    {
      config: { permission: 'valuation:run' },
      schema: {
        tags: ['valuation'],
        summary: 'Cancel a run that waits or works',
        params: one,
        response: { 200: valuationRun },
      },
    },
    (request) =>
      request.inScope(async (db) => {
        const run = await getRun(db, request.params.runId);
        if (run.jobId === null || (run.status !== 'waiting' && run.status !== 'running')) {
          throw new CodedError('valuation.not_running_conflict');
        }
        await cancelJob(db, run.jobId, platform.clock.now());
        if (run.status === 'waiting') await markCancelled(db, run.valuationRunId, platform.clock.now());
        return getRun(db, run.valuationRunId);
      }),
  );
}

async function getRun(db: Db, runId: number): Promise<ValuationRun> {
  const run = await findRun(db, runId);
  if (!run) throw new CodedError('valuation.not_found');
  return run;
}

/** A job that never began tells nobody that it was cancelled. */
async function markCancelled(db: Db, runId: number, now: Date): Promise<void> {
  await db
    .updateTable('valuation_run')
    .set({ status: 'cancelled', finished_at: now.toISOString() })
    .where('valuation_run_id', '=', runId)
    .execute();
}

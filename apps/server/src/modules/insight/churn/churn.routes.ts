import {
  churnCustomerPage,
  churnCustomerQuery,
  churnOfCustomer,
  churnOptions,
  churnRun,
  churnRunPage,
  idParams,
  pageQuery,
  type ChurnRun,
} from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { z } from 'zod';
import type { Db } from '../../../platform/db/scoped-db.js';
import { decodeCursor, encodeCursor } from '../../../platform/http/cursor.js';
import type { KeziApp } from '../../../platform/http/kezi-app.js';
import { cancelJob } from '../../../platform/jobs/jobs.routes.js';
import type { Platform } from '../../../platform/platform.js';
import { inSegments, mustSeeCustomer } from '../../records/customers/index.js';
import {
  churnInRun,
  findChurnRun,
  latestChurnRun,
  listChurnCustomers,
  listChurnRuns,
} from './churn.queries.js';
import { forReader } from './churn.rules.js';
import { startChurn } from './start-churn.js';

const one = z.object({ runId: z.coerce.number().int() });
const tags = ['churn'];

export function churnRoutes(app: KeziApp, platform: Platform): void {
  readingRoutes(app);
  customerRoutes(app);
  runningRoutes(app, platform);
}

function readingRoutes(app: KeziApp): void {
  app.get(
    '/churn/runs',
    {
      config: { permission: 'valuation:read' },
      schema: {
        tags,
        summary: 'Trainings that say who will fall silent, newest first',
        querystring: pageQuery,
        response: { 200: churnRunPage },
      },
    },
    (request) =>
      request.inScope(async (db) => {
        const { limit, cursor } = request.query;
        const before = cursor === undefined ? null : Number(decodeCursor(cursor, 1)[0]);
        const found = await listChurnRuns(db, limit + 1, before);
        const items = found.slice(0, limit);
        const last = items.at(-1);
        return { items, nextCursor: found.length > limit && last ? encodeCursor([last.churnRunId]) : null };
      }),
  );
  app.get(
    '/churn/runs/:runId',
    {
      config: { permission: 'valuation:read' },
      schema: { tags, summary: 'One training with what it learnt', params: one, response: { 200: churnRun } },
    },
    (request) =>
      request.inScope(async (db) =>
        forReader(await getRun(db, request.params.runId), request.principal.scope),
      ),
  );
}

function customerRoutes(app: KeziApp): void {
  app.get(
    '/churn/customers',
    {
      config: { permission: 'customers:read' },
      schema: {
        tags,
        summary: 'Customers by the last training, by chance to fall silent or by value at risk, with reasons',
        querystring: churnCustomerQuery,
        response: { 200: churnCustomerPage },
      },
    },
    (request) =>
      request.inScope(async (db) => {
        const { limit, cursor, sort, segmentId } = request.query;
        const among = await inSegments(db, request.principal, segmentId);
        const runId = await latestChurnRun(db);
        if (runId === null) return { items: [], nextCursor: null };
        const last = cursor === undefined ? null : decodeCursor(cursor, 2);
        const after = last && { place: Number(last[0]), customerId: Number(last[1]) };
        const { fieldRules } = request.principal;
        const found = await listChurnCustomers(db, runId, {
          sort,
          among,
          limit: limit + 1,
          after,
          fieldRules,
        });
        const items = found.slice(0, limit);
        const end = found.length > limit ? items.at(-1) : undefined;
        return { items, nextCursor: end ? encodeCursor([end.place, end.customerId]) : null };
      }),
  );
  app.get(
    '/customers/:id/churn',
    {
      config: { permission: 'customers:read' },
      schema: {
        tags: ['customers'],
        summary: 'How likely a customer is to fall silent, and why',
        params: idParams,
        response: { 200: churnOfCustomer },
      },
    },
    (request) =>
      request.inScope(async (db) => {
        await mustSeeCustomer(db, request.params.id);
        const runId = await latestChurnRun(db);
        return runId === null ? { run: null, churn: null } : churnInRun(db, runId, request.params.id);
      }),
  );
}

function runningRoutes(app: KeziApp, platform: Platform): void {
  app.post(
    '/churn/runs',
    {
      config: { permission: 'valuation:run' },
      schema: { tags, summary: 'Start a training', body: churnOptions, response: { 202: churnRun } },
    },
    (request, reply) =>
      request.inScope(async (db) => {
        const runId = await startChurn(db, request.principal.userId, request.body);
        reply.code(202);
        return getRun(db, runId);
      }),
  );
  app.post(
    '/churn/runs/:runId/cancel',
    {
      config: { permission: 'valuation:run' },
      schema: {
        tags,
        summary: 'Cancel a training that waits or works',
        params: one,
        response: { 200: churnRun },
      },
    },
    (request) =>
      request.inScope(async (db) => {
        const run = await getRun(db, request.params.runId);
        if (run.jobId === null || (run.status !== 'waiting' && run.status !== 'running'))
          throw new CodedError('churn.not_running_conflict');
        const now = platform.clock.now();
        await cancelJob(db, run.jobId, now);
        // A job that never began tells nobody that it was cancelled.
        if (run.status === 'waiting')
          await db
            .updateTable('churn_run')
            .set({ status: 'cancelled', finished_at: now.toISOString() })
            .where('churn_run_id', '=', run.churnRunId)
            .execute();
        return getRun(db, run.churnRunId);
      }),
  );
}

async function getRun(db: Db, runId: number): Promise<ChurnRun> {
  const run = await findChurnRun(db, runId);
  if (!run) throw new CodedError('churn.not_found');
  return run;
}

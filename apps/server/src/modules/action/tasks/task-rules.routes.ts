import {
  idParams,
  madeTaskKind,
  stageAction,
  stageActionInput,
  stageActionPatch,
  taskRule,
  taskRuleList,
  taskRulePatch,
} from '@kezi/contract';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { KeziApp } from '../../../platform/http/kezi-app.js';
import { enqueueJob } from '../../../platform/jobs/enqueue-job.js';
import type { Platform } from '../../../platform/platform.js';
import {
  addStageAction,
  changeStageAction,
  deleteStageAction,
  listTaskRules,
  setTaskRule,
} from './task-rules.js';
import { taskJob } from './tasks.jobs.js';

const tags = ['tasks'];
const configure = { permission: 'alerts:configure' } as const;

/** Writes a rule; the tasks follow at once, not in the night. */
function writing<Result>(
  platform: Platform,
  request: FastifyRequest,
  work: (db: Db, by: { userId: number; now: Date }) => Promise<Result>,
): Promise<Result> {
  return request.inScope(async (db) => {
    const written = await work(db, { userId: request.principal.userId, now: platform.clock.now() });
    await enqueueJob(db, taskJob, {}, { key: 'tasks.make' });
    return written;
  });
}

function ruleRoutes(app: KeziApp, platform: Platform): void {
  app.get(
    '/task-rules',
    {
      config: { permission: 'tasks:read' },
      schema: { tags, summary: 'By which rules tasks come', response: { 200: taskRuleList } },
    },
    (request) => request.inScope(listTaskRules),
  );
  app.patch(
    '/task-rules/:kind',
    {
      config: configure,
      schema: {
        tags,
        summary: 'Set a rule',
        params: z.object({ kind: madeTaskKind }),
        body: taskRulePatch,
        response: { 200: taskRule },
      },
    },
    (request) =>
      writing(platform, request, (db, by) => setTaskRule(db, request.params.kind, request.body, by)),
  );
}

function stageActionRoutes(app: KeziApp, platform: Platform): void {
  app.post(
    '/stage-actions',
    {
      config: configure,
      schema: {
        tags,
        summary: 'A task for whoever enters a stage',
        body: stageActionInput,
        response: { 201: stageAction },
      },
    },
    async (request, reply) => {
      void reply.code(201);
      return writing(platform, request, (db, by) => addStageAction(db, request.body, by));
    },
  );
  app.patch(
    '/stage-actions/:id',
    {
      config: configure,
      schema: {
        tags,
        summary: 'Change the task of a stage',
        params: idParams,
        body: stageActionPatch,
        response: { 200: stageAction },
      },
    },
    (request) =>
      writing(platform, request, (db, by) => changeStageAction(db, request.params.id, request.body, by)),
  );
  app.delete(
    '/stage-actions/:id',
    {
      config: configure,
      schema: {
        tags,
        summary: 'No more task for a stage',
        params: idParams,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await writing(platform, request, (db) => deleteStageAction(db, request.params.id));
      return reply.code(204).send(null);
    },
  );
}

export function taskRuleRoutes(app: KeziApp, platform: Platform): void {
  ruleRoutes(app, platform);
  stageActionRoutes(app, platform);
}

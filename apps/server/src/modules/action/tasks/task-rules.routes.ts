import {
  festivalAudience,
  festivalAudienceQuery,
  festivalCare,
  festivalCareInput,
  festivalCarePatch,
  idParams,
  madeTaskKind,
  stageAction,
  stageActionInput,
  stageActionPatch,
  taskRule,
  taskRuleList,
  taskRulePatch,
} from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { KeziApp } from '../../../platform/http/kezi-app.js';
import { enqueueJob } from '../../../platform/jobs/enqueue-job.js';
import type { Platform } from '../../../platform/platform.js';
import { todayOf } from '../../records/today-of.js';
import { addFestivalCare, changeFestivalCare, deleteFestivalCare } from './festival-cares.js';
import {
  addStageAction,
  changeStageAction,
  deleteStageAction,
  listTaskRules,
  setTaskRule,
} from './task-rules.js';
import { taskJob } from './tasks.jobs.js';
import { countMeant } from './wanted-by-festivals.js';

const tags = ['tasks'];
const configure = { permission: 'alerts:configure' } as const;

interface By {
  userId: number;
  reader: FastifyRequest['principal'];
  now: Date;
  today: string;
}

/** Writes a rule; the tasks follow at once, not in the night. @throws CodedError tasks.needs_all_forbidden */
function writing<Result>(
  platform: Platform,
  request: FastifyRequest,
  work: (db: Db, by: By) => Promise<Result>,
): Promise<Result> {
  return request.inScope(async (db) => {
    const { principal: reader } = request;
    // They hold for everybody's customers: the table refuses whoever sees a part of them.
    if (reader.scope !== 'all') throw new CodedError('tasks.needs_all_forbidden');
    const now = platform.clock.now();
    const written = await work(db, { userId: reader.userId, reader, now, today: await todayOf(db, now) });
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
    (request) => request.inScope(async (db) => listTaskRules(db, await todayOf(db, platform.clock.now()))),
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
      await writing(platform, request, (db, { today }) => deleteStageAction(db, request.params.id, today));
      return reply.code(204).send(null);
    },
  );
}

function audienceRoute(app: KeziApp): void {
  app.get(
    '/festival-cares/audience',
    {
      config: configure,
      schema: {
        tags,
        summary: 'How many customers would be thought of',
        querystring: festivalAudienceQuery,
        response: { 200: festivalAudience },
      },
    },
    (request) =>
      request.inScope(async (db) => {
        const { tierId = [], region = [], segmentId = null } = request.query;
        const care = { tierIds: tierId, regions: region, segmentId };
        return { customers: await countMeant(db, request.principal, care) };
      }),
  );
}

function festivalRoutes(app: KeziApp, platform: Platform): void {
  app.post(
    '/festival-cares',
    {
      config: configure,
      schema: {
        tags,
        summary: 'Remind owners of their customers before a festival',
        body: festivalCareInput,
        response: { 201: festivalCare },
      },
    },
    async (request, reply) => {
      void reply.code(201);
      return writing(platform, request, (db, by) => addFestivalCare(db, request.body, by));
    },
  );
  app.patch(
    '/festival-cares/:id',
    {
      config: configure,
      schema: {
        tags,
        summary: 'Change what is done on a festival, and for whom',
        params: idParams,
        body: festivalCarePatch,
        response: { 200: festivalCare },
      },
    },
    (request) =>
      writing(platform, request, (db, by) => changeFestivalCare(db, request.params.id, request.body, by)),
  );
  app.delete(
    '/festival-cares/:id',
    {
      config: configure,
      schema: {
        tags,
        summary: 'No more reminders of a festival',
        params: idParams,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await writing(platform, request, (db, { today }) => deleteFestivalCare(db, request.params.id, today));
      return reply.code(204).send(null);
    },
  );
}

export function taskRuleRoutes(app: KeziApp, platform: Platform): void {
  ruleRoutes(app, platform);
  stageActionRoutes(app, platform);
  festivalRoutes(app, platform);
  audienceRoute(app);
}

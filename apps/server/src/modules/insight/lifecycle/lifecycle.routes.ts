import {
  customerStages,
  idParams,
  keptStageRules,
  lifecycleCohorts,
  lifecycleOverview,
  ofSegments,
  stagePin,
  stageRules,
  stageRulesInput,
} from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { z } from 'zod';
import type { Db, Viewer } from '../../../platform/db/scoped-db.js';
import type { KeziApp } from '../../../platform/http/kezi-app.js';
import { enqueueJob } from '../../../platform/jobs/enqueue-job.js';
import type { Platform } from '../../../platform/platform.js';
import { readSettings } from '../../people/settings/index.js';
import { dayIn, inSegments } from '../../records/customers/index.js';
import { changeStageRules } from './change-stage-rules.js';
import { getCohorts, getLifecycle, getStages } from './get-lifecycle.js';
import { stageTrialJob } from './lifecycle.jobs.js';
import { checkStageRules } from './lifecycle.rules.js';
import { pinStage, unpinStage } from './pin-stage.js';
import { readStageRules } from './stage-rules.js';

const tags = ['lifecycle'];
const read = { permission: 'lifecycle:read' } as const;
const configure = { permission: 'lifecycle:configure' } as const;
const pin = { permission: 'lifecycle:pin' } as const;

async function todayOf(db: Db, platform: Platform): Promise<string> {
  return dayIn((await readSettings(db)).timeZone, platform.clock.now());
}

function readRoutes(app: KeziApp): void {
  app.get(
    '/lifecycle',
    {
      config: read,
      schema: {
        tags,
        summary: 'Stages, flows between them and rates',
        querystring: ofSegments.extend({ days: z.coerce.number().int().min(7).max(365).default(90) }),
        response: { 200: lifecycleOverview },
      },
    },
    (request) =>
      request.inScope(async (db) => {
        const { days, segmentId } = request.query;
        return getLifecycle(db, days, await inSegments(db, request.principal, segmentId));
      }),
  );
  app.get(
    '/lifecycle/cohorts',
    {
      config: read,
      schema: {
        tags,
        summary: 'Retention and spend by the quarter of the first order',
        querystring: ofSegments,
        response: { 200: lifecycleCohorts },
      },
    },
    (request) =>
      request.inScope(async (db) =>
        getCohorts(db, await inSegments(db, request.principal, request.query.segmentId)),
      ),
  );
  app.get(
    '/customers/:id/stages',
    {
      config: read,
      schema: {
        tags,
        summary: 'The stages of a customer, the latest first',
        params: idParams,
        response: { 200: customerStages },
      },
    },
    (request) => request.inScope((db) => getStages(db, request.params.id)),
  );
}

function pinRoutes(app: KeziApp, platform: Platform): void {
  app.post(
    '/customers/:id/stages/pin',
    {
      config: pin,
      schema: {
        tags,
        summary: 'Put a customer into a stage by hand',
        params: idParams,
        body: stagePin,
        response: { 200: customerStages },
      },
    },
    (request) =>
      request.inScope(async (db) => {
        const { params, body, principal } = request;
        const who = { userId: principal.userId, today: await todayOf(db, platform) };
        await pinStage(db, params.id, body, who);
        return getStages(db, params.id);
      }),
  );
  app.delete(
    '/customers/:id/stages/pin',
    {
      config: pin,
      schema: {
        tags,
        summary: 'Leave the stage to the rules again',
        params: idParams,
        response: { 200: customerStages },
      },
    },
    (request) =>
      request.inScope(async (db) => {
        await unpinStage(db, request.params.id, await todayOf(db, platform));
        return getStages(db, request.params.id);
      }),
  );
}

function mustSeeAll({ scope }: Viewer): void {
  if (scope !== 'all') throw new CodedError('lifecycle.needs_all');
}

function ruleRoutes(app: KeziApp, platform: Platform): void {
  app.get(
    '/lifecycle/rules',
    {
      config: read,
      schema: { tags, summary: 'By what stages are told apart', response: { 200: keptStageRules } },
    },
    (request) => request.inScope(readStageRules),
  );
  app.put(
    '/lifecycle/rules',
    {
      config: configure,
      schema: {
        tags,
        summary: 'Tell stages apart otherwise, from today on',
        body: stageRulesInput,
        response: { 200: keptStageRules },
      },
    },
    (request) => {
      mustSeeAll(request.principal);
      return request.inScope(async (db) => changeStageRules(db, request.body, await todayOf(db, platform)));
    },
  );
  app.post(
    '/lifecycle/rules/trial',
    {
      config: configure,
      schema: {
        tags,
        summary: 'Where customers would stand by other rules: a job whose result says it',
        body: stageRules,
        response: { 202: z.object({ jobId: z.int() }) },
      },
    },
    async (request, reply) => {
      mustSeeAll(request.principal);
      checkStageRules(request.body);
      void reply.code(202);
      return request.inScope(async (db) => ({ jobId: await enqueueJob(db, stageTrialJob, request.body) }));
    },
  );
}

export function lifecycleRoutes(app: KeziApp, platform: Platform): void {
  readRoutes(app);
  pinRoutes(app, platform);
  ruleRoutes(app, platform);
}

import {
  customerStages,
  idParams,
  lifecycleCohorts,
  lifecycleOverview,
  ofSegments,
  stagePin,
} from '@kezi/contract';
import { z } from 'zod';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { KeziApp } from '../../../platform/http/kezi-app.js';
import type { Platform } from '../../../platform/platform.js';
import { readSettings } from '../../people/settings/index.js';
import { dayIn, inSegments } from '../../records/customers/index.js';
import { getCohorts, getLifecycle, getStages } from './get-lifecycle.js';
import { pinStage, unpinStage } from './pin-stage.js';

const tags = ['lifecycle'];
const read = { permission: 'lifecycle:read' } as const;
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

export function lifecycleRoutes(app: KeziApp, platform: Platform): void {
  readRoutes(app);
  pinRoutes(app, platform);
}

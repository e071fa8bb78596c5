import {
  capacity,
  capacityInput,
  capacityQuery,
  customerEntitlements as ofCustomer,
  entitlement,
  entitlementInput,
  entitlementList,
  entitlementPatch,
  entitlementUseInput,
  entitlementUses,
  idParams,
  ofSegments,
} from '@kezi/contract';
import { z } from 'zod';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { KeziApp } from '../../../platform/http/kezi-app.js';
import type { Platform } from '../../../platform/platform.js';
import { inSegments } from '../../records/customers/index.js';
import { todayOf } from '../../records/today-of.js';
import { mustSeeAll } from '../must-see-all.js';
import {
  customerEntitlements,
  getEntitlement,
  listEntitlements,
  listUses,
  showCapacity,
  type Moment,
} from './list-entitlements.js';
import { writeCapacity } from './write-capacity.js';
import {
  createEntitlement,
  deleteEntitlement,
  recordUse,
  takeBackUse,
  updateEntitlement,
} from './write-entitlement.js';

const tags = ['entitlements'];
const read = { permission: 'entitlements:read' } as const;
const write = { permission: 'entitlements:write' } as const;

async function momentOf(db: Db, platform: Platform): Promise<Moment> {
  const now = platform.clock.now();
  return { now, today: await todayOf(db, now) };
}

function catalogueRoutes(app: KeziApp, platform: Platform): void {
  app.get(
    '/entitlements',
    {
      config: read,
      schema: {
        tags,
        summary: 'What each tier may claim',
        querystring: ofSegments,
        response: { 200: entitlementList },
      },
    },
    (request) =>
      request.inScope(async (db) =>
        listEntitlements(
          db,
          await inSegments(db, request.principal, request.query.segmentId),
          await momentOf(db, platform),
        ),
      ),
  );
  app.post(
    '/entitlements',
    {
      config: write,
      schema: { tags, summary: 'Add an entitlement', body: entitlementInput, response: { 201: entitlement } },
    },
    async (request, reply) => {
      mustSeeAll(request.principal);
      void reply.code(201);
      return request.inScope(async (db) => {
        const id = await createEntitlement(db, request.body);
        return getEntitlement(db, id, await momentOf(db, platform));
      });
    },
  );
}

function changeRoutes(app: KeziApp, platform: Platform): void {
  app.patch(
    '/entitlements/:id',
    {
      config: write,
      schema: {
        tags,
        summary: 'Change an entitlement',
        params: idParams,
        body: entitlementPatch,
        response: { 200: entitlement },
      },
    },
    (request) => {
      mustSeeAll(request.principal);
      return request.inScope(async (db) => {
        const moment = await momentOf(db, platform);
        await updateEntitlement(db, request.params.id, request.body, moment);
        return getEntitlement(db, request.params.id, moment);
      });
    },
  );
  app.delete(
    '/entitlements/:id',
    {
      config: write,
      schema: {
        tags,
        summary: 'Delete an entitlement that was never used',
        params: idParams,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      mustSeeAll(request.principal);
      await request.inScope(async (db) =>
        deleteEntitlement(db, request.params.id, await momentOf(db, platform)),
      );
      return reply.code(204).send(null);
    },
  );
}

function capacityRoutes(app: KeziApp, platform: Platform): void {
  app.get(
    '/entitlements/capacity',
    {
      config: read,
      schema: {
        tags,
        summary: 'Promised hours against hours there are',
        querystring: capacityQuery,
        response: { 200: capacity },
      },
    },
    (request) =>
      request.inScope(async (db) => {
        const { hours, segmentId } = request.query;
        return showCapacity(db, await inSegments(db, request.principal, segmentId), hours);
      }),
  );
  app.patch(
    '/entitlements/capacity/:id',
    {
      config: write,
      schema: {
        tags,
        summary: 'Hours a year that one colleague has for customers',
        params: idParams,
        body: capacityInput,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const { principal, params, body } = request;
      mustSeeAll(principal);
      const by = { userId: principal.userId, now: platform.clock.now() };
      await request.inScope((db) => writeCapacity(db, params.id, body, by));
      return reply.code(204).send(null);
    },
  );
}

function useRoutes(app: KeziApp, platform: Platform): void {
  app.get(
    '/customers/:id/entitlements/uses',
    {
      config: read,
      schema: {
        tags,
        summary: 'Uses and broken promises of a customer that were written down',
        params: idParams,
        response: { 200: entitlementUses },
      },
    },
    (request) =>
      request.inScope(async (db) => listUses(db, request.params.id, await todayOf(db, platform.clock.now()))),
  );
  app.delete(
    '/entitlements/uses/:id',
    {
      config: { permission: 'entitlements:use' },
      schema: {
        tags,
        summary: 'Take a use back that was written down by mistake',
        params: idParams,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await request.inScope((db) => takeBackUse(db, request.params.id));
      return reply.code(204).send(null);
    },
  );
}

export function entitlementsRoutes(app: KeziApp, platform: Platform): void {
  catalogueRoutes(app, platform);
  changeRoutes(app, platform);
  capacityRoutes(app, platform);
  useRoutes(app, platform);
  app.get(
    '/customers/:id/entitlements',
    {
      config: read,
      schema: { tags, summary: 'What a customer may claim', params: idParams, response: { 200: ofCustomer } },
    },
    (request) =>
      request.inScope(async (db) =>
        customerEntitlements(db, request.params.id, await momentOf(db, platform)),
      ),
  );
  app.post(
    '/customers/:id/entitlements',
    {
      config: { permission: 'entitlements:use' },
      schema: {
        tags,
        summary: 'Write down a use, or a broken promise',
        params: idParams,
        body: entitlementUseInput,
        response: { 201: ofCustomer },
      },
    },
    async (request, reply) => {
      void reply.code(201);
      return request.inScope(async (db) => {
        const moment = await momentOf(db, platform);
        await recordUse(db, request.params.id, request.body, { userId: request.principal.userId, ...moment });
        return customerEntitlements(db, request.params.id, moment);
      });
    },
  );
}

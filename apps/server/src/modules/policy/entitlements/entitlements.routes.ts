import {
  capacity,
  capacityQuery,
  customerEntitlements as ofCustomer,
  entitlement,
  entitlementInput,
  entitlementList,
  entitlementPatch,
  entitlementUseInput,
  idParams,
} from '@kezi/contract';
import { z } from 'zod';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { KeziApp } from '../../../platform/http/kezi-app.js';
import type { Platform } from '../../../platform/platform.js';
import { readSettings } from '../../people/settings/index.js';
import { dayIn } from '../../records/customers/index.js';
import { customerEntitlements, getEntitlement, listEntitlements, showCapacity } from './list-entitlements.js';
import { createEntitlement, deleteEntitlement, recordUse, updateEntitlement } from './write-entitlement.js';

const tags = ['entitlements'];
const read = { permission: 'entitlements:read' } as const;
const write = { permission: 'entitlements:write' } as const;

async function todayOf(db: Db, platform: Platform): Promise<string> {
  return dayIn((await readSettings(db)).timeZone, platform.clock.now());
}

function catalogueRoutes(app: KeziApp, platform: Platform): void {
  app.get(
    '/entitlements',
    {
      config: read,
      schema: { tags, summary: 'What each tier may claim', response: { 200: entitlementList } },
    },
    (request) => request.inScope(async (db) => listEntitlements(db, await todayOf(db, platform))),
  );
  app.post(
    '/entitlements',
    {
      config: write,
      schema: { tags, summary: 'Add an entitlement', body: entitlementInput, response: { 201: entitlement } },
    },
    async (request, reply) => {
      void reply.code(201);
      return request.inScope(async (db) => {
        const id = await createEntitlement(db, request.body);
        return getEntitlement(db, id, await todayOf(db, platform));
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
    (request) =>
      request.inScope(async (db) => {
        const today = await todayOf(db, platform);
        const moment = { today, now: platform.clock.now() };
        await updateEntitlement(db, request.params.id, request.body, moment);
        return getEntitlement(db, request.params.id, today);
      }),
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
      await request.inScope(async (db) =>
        deleteEntitlement(db, request.params.id, await todayOf(db, platform)),
      );
      return reply.code(204).send(null);
    },
  );
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
    (request) => request.inScope((db) => showCapacity(db, request.query.hours)),
  );
}

export function entitlementsRoutes(app: KeziApp, platform: Platform): void {
  catalogueRoutes(app, platform);
  changeRoutes(app, platform);
  app.get(
    '/customers/:id/entitlements',
    {
      config: read,
      schema: { tags, summary: 'What a customer may claim', params: idParams, response: { 200: ofCustomer } },
    },
    (request) =>
      request.inScope(async (db) => customerEntitlements(db, request.params.id, await todayOf(db, platform))),
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
        const today = await todayOf(db, platform);
        await recordUse(db, request.params.id, request.body, { userId: request.principal.userId, today });
        return customerEntitlements(db, request.params.id, today);
      });
    },
  );
}

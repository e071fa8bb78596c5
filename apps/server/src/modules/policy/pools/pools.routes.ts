import {
  claimAnswer,
  idParams,
  poolCustomerPage,
  poolCustomerQuery,
  poolInput,
  poolList,
  poolPatch,
  poolRow,
  recycleNoticePage,
  pageQuery,
  releaseInput,
} from '@kezi/contract';
import { z } from 'zod';
import type { KeziApp } from '../../../platform/http/kezi-app.js';
import { enqueueJob } from '../../../platform/jobs/enqueue-job.js';
import type { Platform } from '../../../platform/platform.js';
import { claimCustomer } from './claim-customer.js';
import { listNotices } from './list-notices.js';
import { listPoolCustomers } from './list-pool-customers.js';
import { getPool, listPools } from './list-pools.js';
import { recycleJob } from './pools.jobs.js';
import { releaseCustomer } from './release-customer.js';
import { changePool, createPool, mustLead, removePool } from './write-pool.js';

const tags = ['pools'];
const read = { permission: 'pools:read' } as const;
const claim = { permission: 'pools:claim' } as const;
const write = { permission: 'pools:write' } as const;

function readRoutes(app: KeziApp, platform: Platform): void {
  app.get(
    '/pools',
    {
      config: read,
      schema: { tags, summary: 'The public pools that concern you', response: { 200: poolList } },
    },
    async (request) => ({
      items: await request.inScope((db) => listPools(db, request.principal, platform.clock.now())),
    }),
  );
  app.get(
    '/pools/:id/customers',
    {
      config: read,
      schema: {
        tags,
        summary: 'Customers that wait in a pool, the most valuable first',
        params: idParams,
        querystring: poolCustomerQuery,
        response: { 200: poolCustomerPage },
      },
    },
    (request) =>
      request.inScope((db) =>
        listPoolCustomers(db, request.principal, request.params.id, request.query, platform.clock.now()),
      ),
  );
  app.get(
    '/pools/notices',
    {
      config: read,
      schema: {
        tags,
        summary: 'Customers within sight that will be recycled, the next first',
        querystring: pageQuery,
        response: { 200: recycleNoticePage },
      },
    },
    (request) => request.inScope((db) => listNotices(db, request.query)),
  );
}

function claimRoutes(app: KeziApp, platform: Platform): void {
  app.post(
    '/customers/:id/claim',
    {
      config: claim,
      schema: {
        tags,
        summary: 'Take a customer out of a pool',
        params: idParams,
        response: { 200: claimAnswer },
      },
    },
    (request) =>
      request.inScope((db) => claimCustomer(db, request.principal, request.params.id, platform.clock.now())),
  );
  app.post(
    '/customers/:id/release',
    {
      config: claim,
      schema: {
        tags,
        summary: 'Give a customer back to the pool of its department',
        params: idParams,
        body: releaseInput,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const release = { reason: request.body.reason, now: platform.clock.now() };
      await request.inScope((db) => releaseCustomer(db, request.principal, request.params.id, release));
      void reply.code(204);
      return null;
    },
  );
}

function writeRoutes(app: KeziApp, platform: Platform): void {
  app.post(
    '/pools',
    {
      config: write,
      schema: { tags, summary: 'Open the pool of a department', body: poolInput, response: { 201: poolRow } },
    },
    async (request, reply) => {
      const made = await request.inScope(async (db) => {
        const id = await createPool(db, request.principal, request.body);
        return getPool(db, request.principal, id, platform.clock.now());
      });
      void reply.code(201);
      return made;
    },
  );
  app.patch(
    '/pools/:id',
    {
      config: write,
      schema: {
        tags,
        summary: 'Change the terms of a pool',
        params: idParams,
        body: poolPatch,
        response: { 200: poolRow },
      },
    },
    (request) =>
      request.inScope(async (db) => {
        const now = platform.clock.now();
        await changePool(db, request.principal, request.params.id, request.body, now);
        return getPool(db, request.principal, request.params.id, now);
      }),
  );
  app.delete(
    '/pools/:id',
    {
      config: write,
      schema: {
        tags,
        summary: 'Close a pool; its customers stay with the department',
        params: idParams,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await request.inScope((db) => removePool(db, request.principal, request.params.id));
      return reply.code(204).send(null);
    },
  );
}

function nightRoute(app: KeziApp, platform: Platform): void {
  app.post(
    '/pools/:id/recycle',
    {
      config: write,
      schema: {
        tags,
        summary: 'Run the rules of a pool now, not at night',
        params: idParams,
        response: { 202: z.object({ jobId: z.int() }) },
      },
    },
    async (request, reply) => {
      const poolId = request.params.id;
      const jobId = await request.inScope(async (db) => {
        const pool = await getPool(db, request.principal, poolId, platform.clock.now());
        mustLead(request.principal, pool.teamId);
        return enqueueJob(db, recycleJob, { poolId }, { key: `pools.recycle ${poolId}` });
      });
      void reply.code(202);
      return { jobId };
    },
  );
}

export function poolsRoutes(app: KeziApp, platform: Platform): void {
  readRoutes(app, platform);
  claimRoutes(app, platform);
  writeRoutes(app, platform);
  nightRoute(app, platform);
}

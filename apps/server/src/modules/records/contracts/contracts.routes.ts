import {
  contractInput,
  contractListQuery,
  contractPage,
  contractPatch,
  contractRow,
  idParams,
} from '@kezi/contract';
import { z } from 'zod';
import type { KeziApp } from '../../../platform/http/kezi-app.js';
import { etagOf, withVersionSeen } from '../../../platform/http/row-version.js';
import type { Platform } from '../../../platform/platform.js';
import { todayOf } from '../today-of.js';
import { getContract } from './get-contract.js';
import { listContracts } from './list-contracts.js';
import { createContract, setAside, updateContract } from './write-contract.js';

const tags = ['contracts'];
const read = { permission: 'contracts:read' } as const;
const write = { permission: 'contracts:write' } as const;

function readRoutes(app: KeziApp, platform: Platform): void {
  app.get(
    '/contracts',
    {
      config: read,
      schema: {
        tags,
        summary: 'Contracts of all customers, by the day on which they end',
        querystring: contractListQuery,
        response: { 200: contractPage },
      },
    },
    (request) =>
      request.inScope(async (db) =>
        listContracts(db, request.principal, request.query, await todayOf(db, platform.clock.now())),
      ),
  );
  app.get(
    '/customers/:id/contracts',
    {
      config: read,
      schema: {
        tags,
        summary: 'Contracts of a customer',
        params: idParams,
        querystring: contractListQuery,
        response: { 200: contractPage },
      },
    },
    (request) =>
      request.inScope(async (db) =>
        listContracts(
          db,
          request.principal,
          { ...request.query, customerId: request.params.id },
          await todayOf(db, platform.clock.now()),
        ),
      ),
  );
  app.get(
    '/contracts/:id',
    {
      config: read,
      schema: { tags, summary: 'One contract', params: idParams, response: { 200: contractRow } },
    },
    async (request, reply) => {
      const found = await request.inScope(async (db) =>
        getContract(db, request.params.id, await todayOf(db, platform.clock.now())),
      );
      void reply.header('etag', etagOf(found.rowVersion));
      return found;
    },
  );
}

function writeRoutes(app: KeziApp, platform: Platform): void {
  app.post(
    '/customers/:id/contracts',
    {
      config: write,
      schema: {
        tags,
        summary: 'Add a contract to a customer',
        params: idParams,
        body: contractInput,
        response: { 201: contractRow },
      },
    },
    async (request, reply) => {
      const now = platform.clock.now();
      const made = await request.inScope(async (db) => {
        const id = await createContract(db, request.params.id, request.body, now);
        return getContract(db, id, await todayOf(db, now));
      });
      void reply.code(201).header('etag', etagOf(made.rowVersion));
      return made;
    },
  );
  app.patch(
    '/contracts/:id',
    {
      config: write,
      schema: {
        tags,
        summary: 'Change a contract',
        params: idParams,
        body: contractPatch,
        response: { 200: contractRow },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const now = platform.clock.now();
      const patch = withVersionSeen(request, request.body);
      const changed = await request.inScope(async (db) => {
        await updateContract(db, request.principal, id, patch, now);
        return getContract(db, id, await todayOf(db, now));
      });
      void reply.header('etag', etagOf(changed.rowVersion));
      return changed;
    },
  );
}

function deleteRoutes(app: KeziApp, platform: Platform): void {
  app.delete(
    '/contracts/:id',
    {
      config: write,
      schema: {
        tags,
        summary: 'Delete a contract; can be undone',
        params: idParams,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await request.inScope((db) => setAside(db, request.params.id, 'deleted', platform.clock.now()));
      return reply.code(204).send(null);
    },
  );
  app.post(
    '/contracts/:id/restore',
    {
      config: write,
      schema: { tags, summary: 'Undo the deletion', params: idParams, response: { 200: contractRow } },
    },
    (request) =>
      request.inScope(async (db) => {
        const now = platform.clock.now();
        await setAside(db, request.params.id, 'restored', now);
        return getContract(db, request.params.id, await todayOf(db, now));
      }),
  );
}

export function contractsRoutes(app: KeziApp, platform: Platform): void {
  readRoutes(app, platform);
  writeRoutes(app, platform);
  deleteRoutes(app, platform);
}

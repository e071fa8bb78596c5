import { deputy, deputyInput, deputyList, idParams } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { z } from 'zod';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { KeziApp } from '../../../platform/http/kezi-app.js';
import type { Platform } from '../../../platform/platform.js';
import { appointDeputy, dismissDeputy, listDeputies } from './deputies.queries.js';

const tags = ['deputies'];

export function deputiesRoutes(app: KeziApp, platform: Platform): void {
  ownRoutes(app, platform);
  administratorRoutes(app, platform);
  app.delete(
    '/deputies/:id',
    {
      config: { permission: 'me:write' },
      schema: {
        tags,
        summary: 'End it: of yours, or of anybody as an administrator',
        params: idParams,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const { userId, permissions } = request.principal;
      const ofUserId = permissions.has('users:write') ? null : userId;
      await request.inScope((db) => dismissDeputy(db, request.params.id, ofUserId));
      return reply.code(204).send(null);
    },
  );
}

function ownRoutes(app: KeziApp, platform: Platform): void {
  app.get(
    '/me/deputies',
    {
      config: { permission: 'me:read' },
      schema: {
        tags,
        summary: 'Who stands in for you, and for whom you stand in',
        response: { 200: deputyList },
      },
    },
    async (request) => ({
      items: await request.inScope((db) => listDeputies(db, request.principal.userId, platform.clock.now())),
    }),
  );
  app.post(
    '/me/deputies',
    {
      config: { permission: 'me:write' },
      schema: {
        tags,
        summary: 'Let a colleague stand in for you',
        body: deputyInput,
        response: { 201: deputy },
      },
    },
    async (request, reply) => {
      const made = await request.inScope((db) =>
        appointDeputy(db, request.principal.userId, request.body, platform.clock.now()),
      );
      void reply.code(201);
      return made;
    },
  );
}

/** @throws CodedError users.not_found */
async function mustBeThere(db: Db, userId: number): Promise<void> {
  const row = await db.selectFrom('app_user').where('id', '=', userId).select('id').executeTakeFirst();
  if (!row) throw new CodedError('users.not_found');
}

function administratorRoutes(app: KeziApp, platform: Platform): void {
  const config = { permission: 'users:write' } as const;
  app.get(
    '/users/:id/deputies',
    {
      config,
      schema: {
        tags,
        summary: 'Who stands in for a person, and for whom they stand in',
        params: idParams,
        response: { 200: deputyList },
      },
    },
    (request) =>
      request.inScope(async (db) => {
        await mustBeThere(db, request.params.id);
        return { items: await listDeputies(db, request.params.id, platform.clock.now()) };
      }),
  );
  app.post(
    '/users/:id/deputies',
    {
      config,
      schema: {
        tags,
        summary: 'Let a colleague stand in for somebody who cannot say so themselves',
        params: idParams,
        body: deputyInput,
        response: { 201: deputy },
      },
    },
    async (request, reply) => {
      const made = await request.inScope(async (db) => {
        await mustBeThere(db, request.params.id);
        return appointDeputy(db, request.params.id, request.body, platform.clock.now());
      });
      void reply.code(201);
      return made;
    },
  );
}

import {
  idParams,
  newUser,
  passwordChange,
  preferences,
  user,
  userChange,
  userPage,
  userQuery,
} from '@kezi/contract';
import { hashPassword } from 'better-auth/crypto';
import { z } from 'zod';
import type { KeziApp } from '../../../platform/http/kezi-app.js';
import { etagOf, versionSeen } from '../../../platform/http/row-version.js';
import type { Platform } from '../../../platform/platform.js';
import { changePassword, changePreferences } from './change-own.js';
import { changeUser } from './change-user.js';
import { checkPassword } from './check-password.js';
import { createUser } from './create-user.js';
import { accessRoutes } from './user-access.routes.js';
import { getUser, listUsers } from './users.queries.js';

const tags = ['users'];

/** @throws CodedError password.common and its like */
async function hashFor(password: string, person: { name: string; email: string }): Promise<string> {
  checkPassword(password, person);
  return hashPassword(password);
}

function changeRoute(app: KeziApp, platform: Platform): void {
  app.patch(
    '/users/:id',
    {
      config: { permission: 'users:write' },
      schema: {
        tags,
        summary: 'Change a person',
        params: idParams,
        body: userChange,
        response: { 200: user },
      },
    },
    async (request) => {
      const { password, ...change } = request.body;
      const { id } = request.params;
      const passwordHash =
        password === undefined
          ? null
          : await hashFor(password, await request.inScope((db) => getUser(db, id)));
      return request.inScope((db) =>
        changeUser(db, {
          userId: id,
          change,
          passwordHash,
          versionSeen: versionSeen(request),
          now: platform.clock.now(),
        }),
      );
    },
  );
}

export function usersRoutes(app: KeziApp, platform: Platform): void {
  app.get(
    '/users',
    {
      config: { permission: 'users:read' },
      schema: {
        tags,
        summary: 'The people you may see',
        querystring: userQuery,
        response: { 200: userPage },
      },
    },
    (request) => request.inScope((db) => listUsers(db, request.query)),
  );
  app.get(
    '/users/:id',
    {
      config: { permission: 'users:read' },
      schema: { tags, summary: 'One person', params: idParams, response: { 200: user } },
    },
    async (request, reply) => {
      const found = await request.inScope((db) => getUser(db, request.params.id));
      void reply.header('etag', etagOf(found.rowVersion));
      return found;
    },
  );
  app.post(
    '/users',
    {
      config: { permission: 'users:write' },
      schema: { tags, summary: 'Add a person', body: newUser, response: { 201: user } },
    },
    async (request, reply) => {
      const made = await createUser((work) => request.inScope(work), request.body, platform.clock.now());
      void reply.code(201);
      return made;
    },
  );
  changeRoute(app, platform);
  ownRoutes(app, platform);
  accessRoutes(app, platform);
}

function ownRoutes(app: KeziApp, platform: Platform): void {
  const tags = ['me'];
  app.patch(
    '/me/preferences',
    {
      config: { permission: 'me:write' },
      schema: {
        tags,
        summary: 'Your name, language and colours',
        body: preferences,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await request.inScope((db) =>
        changePreferences(db, request.principal.userId, request.body, platform.clock.now()),
      );
      return reply.code(204).send(null);
    },
  );
  app.post(
    '/me/password',
    {
      config: {
        permission: 'me:write',
        idempotent: false,
        rateLimit: { max: 10, timeWindow: '5 minutes' },
      },
      schema: {
        tags,
        summary: 'Change your password; you sign in again afterwards',
        body: passwordChange,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await changePassword(platform, request.principal, request.body, request.id);
      return reply.code(204).send(null);
    },
  );
}

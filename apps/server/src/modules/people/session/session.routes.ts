import { me, setupRequest, setupState, signInRequest, type Me } from '@kezi/contract';
import { z } from 'zod';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { KeziApp, Principal } from '../../../platform/http/kezi-app.js';
import type { Platform } from '../../../platform/platform.js';
import { readSettings } from '../settings/index.js';
import { entranceRoutes } from './entrance.routes.js';
import { ownSecurityRoutes } from './own-security.routes.js';
import { readSetupState, setUp } from './set-up.js';
import { signIn, signOut } from './sign-in.js';

/** A flood from one address; wrong passwords are counted apart (guard-attempts.ts). */
const signInLimit = { max: 300, timeWindow: '1 minute' } as const;

async function readMe(db: Db, principal: Principal): Promise<Me> {
  const { theme } = await db
    .selectFrom('app_user')
    .select('theme')
    .where('id', '=', principal.userId)
    .executeTakeFirstOrThrow();
  return {
    id: principal.userId,
    name: principal.name,
    email: principal.email,
    role: principal.role,
    scope: principal.scope,
    teamId: principal.teamId,
    language: principal.language,
    theme: theme as Me['theme'],
    permissions: [...principal.permissions],
    mustEnrol: principal.mustEnrol,
    settings: await readSettings(db),
  };
}

export function sessionRoutes(app: KeziApp, platform: Platform): void {
  const tags = ['session'];
  setupRoutes(app, platform);
  entranceRoutes(app, platform);
  ownSecurityRoutes(app, platform);
  app.post(
    '/auth/sign-in',
    {
      config: {
        permission: 'public',
        idempotent: false,
        rateLimit: signInLimit,
      },
      schema: {
        tags,
        summary: 'Sign in with a password and, where there is one, a code; the session is a cookie',
        body: signInRequest,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await signIn(platform, request, reply, request.body);
      return reply.code(204).send(null);
    },
  );
  app.post(
    '/auth/sign-out',
    {
      config: { permission: 'public', idempotent: false },
      schema: { tags, summary: 'Sign out', response: { 204: z.null() } },
    },
    async (request, reply) => {
      await signOut(platform, request, reply);
      return reply.code(204).send(null);
    },
  );
  app.get(
    '/me',
    {
      config: { permission: 'me:read' },
      schema: { tags: ['me'], summary: 'Who you are and what you may do', response: { 200: me } },
    },
    (request) => request.inScope((db) => readMe(db, request.principal)),
  );
}

function setupRoutes(app: KeziApp, platform: Platform): void {
  const tags = ['setup'];
  app.get(
    '/setup',
    {
      config: { permission: 'public' },
      schema: {
        tags,
        summary: 'Whether the first administrator is still missing',
        response: { 200: setupState },
      },
    },
    (request) => readSetupState(platform, request),
  );
  app.post(
    '/setup',
    {
      config: {
        permission: 'public',
        idempotent: false,
        rateLimit: { max: 10, timeWindow: '5 minutes' },
      },
      schema: {
        tags,
        summary: 'Create the first administrator and sign in',
        body: setupRequest,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await setUp(platform, request, request.body);
      const { email, password } = request.body;
      await signIn(platform, request, reply, { email, password });
      return reply.code(204).send(null);
    },
  );
}

import {
  idParams,
  linkLook,
  linkOwner,
  linkUse,
  signInPolicy,
  signInPolicyChange,
  signInWays,
  ssoAnswer,
} from '@kezi/contract';
import { z } from 'zod';
import { etagOf, versionSeen } from '../../../platform/http/row-version.js';
import type { KeziApp } from '../../../platform/http/kezi-app.js';
import type { Platform } from '../../../platform/platform.js';
import { unblock } from './help-user.js';
import { makeOidc, type Oidc } from './oidc.js';
import { removeSecondFactor } from './second-factor.js';
import { changePolicy, readPolicy } from './sign-in-policy.js';
import { beginSso, finishSso, readWays } from './sso.js';
import { lookAtLink, useLink } from './use-link.js';

const tags = ['session'];
const open = { permission: 'public', rateLimit: { max: 60, timeWindow: '5 minutes' } } as const;

function linkRoutes(app: KeziApp, platform: Platform): void {
  app.post(
    '/auth/links/look',
    {
      config: { ...open, idempotent: false },
      schema: { tags, summary: 'Whose link this is', body: linkLook, response: { 200: linkOwner } },
    },
    (request) => lookAtLink(platform, request.body.token),
  );
  app.post(
    '/auth/links/use',
    {
      config: { ...open, idempotent: false },
      schema: {
        tags,
        summary: 'Set the password of whoever was given the link; it works once',
        body: linkUse,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await useLink(platform, request, reply, request.body);
      return reply.code(204).send(null);
    },
  );
}

function ssoRoutes(app: KeziApp, platform: Platform, oidc: Oidc): void {
  app.get(
    '/auth/ways',
    {
      config: { permission: 'public' },
      schema: {
        tags,
        summary: 'What can be signed in with besides a password',
        response: { 200: signInWays },
      },
    },
    (request) => readWays(platform, request),
  );
  app.get(
    '/auth/sso',
    {
      config: open,
      schema: {
        tags,
        summary: 'Go to the provider of single sign-on',
        querystring: z.object({ to: z.string().max(2000).default('/') }),
      },
    },
    (request, reply) => beginSso(platform, oidc, request, reply, request.query.to),
  );
  app.get(
    '/auth/sso/callback',
    { config: open, schema: { tags, summary: 'Come back from the provider', querystring: ssoAnswer } },
    (request, reply) => finishSso(platform, oidc, request, reply, request.query),
  );
}

function policyRoutes(app: KeziApp, platform: Platform, oidc: Oidc): void {
  app.get(
    '/sign-in-policy',
    {
      config: { permission: 'settings:write' },
      schema: { tags, summary: 'The rules by which people get in', response: { 200: signInPolicy } },
    },
    async (request, reply) => {
      const found = await request.inScope(readPolicy);
      void reply.header('etag', etagOf(found.rowVersion));
      return found;
    },
  );
  app.patch(
    '/sign-in-policy',
    {
      config: { permission: 'settings:write' },
      schema: {
        tags,
        summary: 'Change the rules by which people get in',
        body: signInPolicyChange,
        response: { 200: signInPolicy },
      },
    },
    async (request) => {
      const { ssoIssuer } = request.body;
      // Asked before anything is written, and outside the transaction: the provider may take its time.
      if (typeof ssoIssuer === 'string' && ssoIssuer !== (await request.inScope(readPolicy)).ssoIssuer) {
        await oidc.look(ssoIssuer);
      }
      return request.inScope((db) =>
        changePolicy(db, platform.box, request.body, versionSeen(request), platform.clock.now()),
      );
    },
  );
}

function helpRoutes(app: KeziApp): void {
  const config = { permission: 'users:write' } as const;
  app.delete(
    '/users/:id/second-factor',
    {
      config,
      schema: {
        tags: ['users'],
        summary: "Take away a person's second factor, who has lost it",
        params: idParams,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await request.inScope((db) => removeSecondFactor(db, request.params.id));
      return reply.code(204).send(null);
    },
  );
  app.delete(
    '/users/:id/pause',
    {
      config,
      schema: {
        tags: ['users'],
        summary: 'Let a person try again at once after too many wrong attempts',
        params: idParams,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await request.inScope((db) => unblock(db, request.params.id));
      return reply.code(204).send(null);
    },
  );
}

export function entranceRoutes(app: KeziApp, platform: Platform): void {
  linkRoutes(app, platform);
  const oidc = makeOidc(() => platform.clock.now());
  ssoRoutes(app, platform, oidc);
  policyRoutes(app, platform, oidc);
  helpRoutes(app);
}

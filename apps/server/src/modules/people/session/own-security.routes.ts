import {
  idParams,
  openSessionList,
  passwordProof,
  recoveryCodes,
  secondFactorOff,
  secondFactorProof,
  secondFactorSecret,
  secondFactorState,
} from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { KeziApp } from '../../../platform/http/kezi-app.js';
import type { Platform } from '../../../platform/platform.js';
import { endOwnSessions, listSessions } from './own-sessions.js';
import {
  beginSecondFactor,
  confirmSecondFactor,
  provePassword,
  readFactorState,
  removeSecondFactor,
  renewRecoveryCodes,
  takeCode,
} from './second-factor.js';

const tags = ['me'];
const read = { permission: 'me:read' } as const;
/** Answers hold secrets, or ask for a password: nothing of them is kept for a repetition, and guessing is slow. */
const secret = {
  permission: 'me:write',
  idempotent: false,
  rateLimit: { max: 20, timeWindow: '5 minutes' },
} as const;

/** One's own rows of sign-in, which no other transaction of a scoped user may touch. */
function inOwn(platform: Platform, request: FastifyRequest) {
  const { userId, address, origin } = request.principal;
  return <T>(work: (db: Db) => Promise<T>) =>
    request.inShare(() =>
      platform.db.asSystem(work, {
        userId,
        requestId: request.id,
        ...(address === undefined ? {} : { address }),
        ...(origin === undefined ? {} : { origin }),
      }),
    );
}

function sessionListRoutes(app: KeziApp, platform: Platform): void {
  app.get(
    '/me/sessions',
    {
      config: read,
      schema: { tags, summary: 'Where you are signed in', response: { 200: openSessionList } },
    },
    async (request) => {
      const { userId, sessionId } = request.principal;
      return { items: await listSessions(platform.db.login, userId, sessionId, platform.clock.now()) };
    },
  );
  app.delete(
    '/me/sessions/:id',
    {
      config: { permission: 'me:write' },
      schema: { tags, summary: 'End one of your sessions', params: idParams, response: { 204: z.null() } },
    },
    async (request, reply) => {
      const { userId } = request.principal;
      await inOwn(platform, request)((db) => endOwnSessions(db, userId, { id: request.params.id }));
      return reply.code(204).send(null);
    },
  );
  app.delete(
    '/me/sessions',
    {
      config: { permission: 'me:write' },
      schema: { tags, summary: 'End all your sessions but this one', response: { 204: z.null() } },
    },
    async (request, reply) => {
      const { userId, sessionId } = request.principal;
      await inOwn(platform, request)((db) => endOwnSessions(db, userId, { others: sessionId }));
      return reply.code(204).send(null);
    },
  );
}

function factorBeginRoutes(app: KeziApp, platform: Platform): void {
  app.get(
    '/me/second-factor',
    { config: read, schema: { tags, summary: 'Your second factor', response: { 200: secondFactorState } } },
    (request) => inOwn(platform, request)((db) => readFactorState(db, request.principal)),
  );
  app.post(
    '/me/second-factor',
    {
      config: secret,
      schema: {
        tags,
        summary: 'Begin a second factor: the secret for your authenticator',
        body: passwordProof,
        response: { 200: secondFactorSecret },
      },
    },
    async (request) => {
      await provePassword(platform, request.principal.userId, request.body.password);
      return inOwn(platform, request)((db) => beginSecondFactor(platform, db, request.principal));
    },
  );
  app.post(
    '/me/second-factor/confirm',
    {
      config: secret,
      schema: {
        tags,
        summary: 'Switch the second factor on with its first code; recovery codes are shown once',
        body: secondFactorProof,
        response: { 200: recoveryCodes },
      },
    },
    async (request) => ({
      codes: await inOwn(
        platform,
        request,
      )((db) => confirmSecondFactor(platform, db, request.principal.userId, request.body.code)),
    }),
  );
}

function factorRoutes(app: KeziApp, platform: Platform): void {
  app.post(
    '/me/second-factor/off',
    {
      config: secret,
      schema: {
        tags,
        summary: 'Switch the second factor off',
        body: secondFactorOff,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const { userId } = request.principal;
      const { password, code } = request.body;
      await provePassword(platform, userId, password);
      await inOwn(
        platform,
        request,
      )(async (db) => {
        if ((await readFactorState(db, request.principal)).isRequired) {
          throw new CodedError('session.second_factor_forbidden');
        }
        if ((await takeCode(platform, userId, code)) === null) throw new CodedError('session.code_refused');
        await removeSecondFactor(db, userId);
      });
      return reply.code(204).send(null);
    },
  );
  app.post(
    '/me/second-factor/recovery-codes',
    {
      config: secret,
      schema: {
        tags,
        summary: 'New recovery codes in place of the old ones; shown once',
        body: passwordProof,
        response: { 200: recoveryCodes },
      },
    },
    async (request) => {
      const { userId } = request.principal;
      await provePassword(platform, userId, request.body.password);
      return { codes: await inOwn(platform, request)((db) => renewRecoveryCodes(db, userId)) };
    },
  );
}

export function ownSecurityRoutes(app: KeziApp, platform: Platform): void {
  sessionListRoutes(app, platform);
  factorBeginRoutes(app, platform);
  factorRoutes(app, platform);
}

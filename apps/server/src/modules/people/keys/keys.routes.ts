import { apiKeyList, createdApiKey, idParams, newApiKey, type Permission } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { z } from 'zod';
import type { KeziApp } from '../../../platform/http/kezi-app.js';
import type { Platform } from '../../../platform/platform.js';
import { createKey, listKeys, mustBeAhead, revokeKey } from './keys.queries.js';

/** A key that may what its user may not would come alive on the day that they are given more. */
function mustHold(held: ReadonlySet<Permission>, scopes: readonly Permission[]): void {
  const beyond = scopes.filter((scope) => !held.has(scope));
  if (beyond.length > 0) throw new CodedError('keys.scope_forbidden', { scopes: beyond.join(', ') });
}

export function keysRoutes(app: KeziApp, platform: Platform): void {
  const tags = ['keys'];
  app.get(
    '/keys',
    {
      config: { permission: 'keys:write' },
      schema: { tags, summary: 'Your API keys', response: { 200: apiKeyList } },
    },
    (request) => request.inScope(async (db) => ({ items: await listKeys(db, request.principal.userId) })),
  );
  app.post(
    '/keys',
    {
      // The answer holds the key, so it is not kept for a repetition.
      config: { permission: 'keys:write', idempotent: false },
      schema: {
        tags,
        summary: 'Make an API key; it is shown once',
        body: newApiKey,
        response: { 201: createdApiKey },
      },
    },
    async (request, reply) => {
      const { name, scopes, expiresAt } = request.body;
      const { userId, permissions } = request.principal;
      mustHold(permissions, scopes);
      mustBeAhead(expiresAt ?? null, platform.clock.now());
      const made = await request.inScope((db) =>
        createKey(db, { userId, name, scopes, expiresAt: expiresAt ?? null }),
      );
      void reply.code(201);
      return made;
    },
  );
  app.delete(
    '/keys/:id',
    {
      config: { permission: 'keys:write' },
      schema: { tags, summary: 'Revoke an API key', params: idParams, response: { 204: z.null() } },
    },
    async (request, reply) => {
      const { userId } = request.principal;
      await request.inScope((db) => revokeKey(db, userId, request.params.id, platform.clock.now()));
      return reply.code(204).send(null);
    },
  );
}

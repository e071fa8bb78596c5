import { idParams, madeLink, userAccess } from '@kezi/contract';
import { z } from 'zod';
import { writeAudit } from '../../../platform/audit/write-audit.js';
import type { KeziApp } from '../../../platform/http/kezi-app.js';
import type { Platform } from '../../../platform/platform.js';
import { endSessions } from './change-user.js';
import { readAccess } from './user-access.js';
import { mailLink } from './mail-link.js';
import { makeLink } from './user-link.js';
import { getUser } from './users.queries.js';

const tags = ['users'];
const config = { permission: 'users:write' } as const;

/** How an administrator helps somebody in, and puts somebody out. */
export function accessRoutes(app: KeziApp, platform: Platform): void {
  app.get(
    '/users/:id/access',
    {
      config,
      schema: {
        tags,
        summary: 'By what means a person can get in',
        params: idParams,
        response: { 200: userAccess },
      },
    },
    (request) =>
      request.inScope((db) => readAccess(db, request.params.id, platform.clock.now(), request.language)),
  );
  app.post(
    '/users/:id/link',
    {
      // The answer holds the link, so it is not kept for a repetition.
      config: { ...config, idempotent: false },
      schema: {
        tags,
        summary: 'Make a link by which a person sets their password: an invitation, or a reset',
        params: idParams,
        response: { 201: madeLink },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const made = await request.inScope(async (db) => {
        const link = await makeLink(db, id, platform.clock.now());
        return { ...link, isMailed: await mailLink(db, platform, id, link) };
      });
      void reply.code(201);
      return made;
    },
  );
  app.delete(
    '/users/:id/sessions',
    {
      config,
      schema: {
        tags,
        summary: 'Sign a person out everywhere',
        params: idParams,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      await request.inScope(async (db) => {
        await getUser(db, id);
        await endSessions(db, id);
        await writeAudit(db, {
          action: 'session.ended',
          subject: 'user',
          subjectId: id,
          changes: { by: 'administrator' },
        });
      });
      return reply.code(204).send(null);
    },
  );
}

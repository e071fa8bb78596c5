import {
  idParams,
  interactionInput,
  interactionPatch,
  interactionRow,
  timelinePage,
  timelineQuery,
} from '@kezi/contract';
import type { FastifyError } from 'fastify';
import { z } from 'zod';
import type { KeziApp } from '../../../platform/http/kezi-app.js';
import { etagOf, withVersionSeen } from '../../../platform/http/row-version.js';
import type { Platform } from '../../../platform/platform.js';
import { setAside } from './delete-interaction.js';
import { getInteraction } from './get-interaction.js';
import { summaryTooLarge } from './interactions.rules.js';
import { listTimeline } from './list-timeline.js';
import { logInteraction } from './log-interaction.js';
import { updateInteraction } from './update-interaction.js';

const tags = ['interactions'];
const read = { permission: 'interactions:read' } as const;
const write = { permission: 'interactions:write' } as const;

/** A pasted book is refused before it is read, by the limit of every body: here it can only be the summary. */
function sayWhatIsTooLarge(error: FastifyError): never {
  throw error.statusCode === 413 ? summaryTooLarge() : error;
}

function readRoutes(app: KeziApp): void {
  app.get(
    '/customers/:id/timeline',
    {
      config: read,
      schema: {
        tags,
        summary: 'Everything that happened to a customer, the newest first',
        params: idParams,
        querystring: timelineQuery,
        response: { 200: timelinePage },
      },
    },
    (request) =>
      request.inScope((db) => listTimeline(db, request.principal, request.params.id, request.query)),
  );
  app.get(
    '/interactions/:id',
    {
      config: read,
      schema: { tags, summary: 'One interaction', params: idParams, response: { 200: interactionRow } },
    },
    async (request, reply) => {
      const found = await request.inScope((db) => getInteraction(db, request.params.id));
      void reply.header('etag', etagOf(found.rowVersion));
      return found;
    },
  );
}

function writeRoutes(app: KeziApp, platform: Platform): void {
  app.post(
    '/customers/:id/interactions',
    {
      config: write,
      errorHandler: sayWhatIsTooLarge,
      schema: {
        tags,
        summary: 'Write down a visit, call, meeting, message, mail or note',
        params: idParams,
        body: interactionInput,
        response: { 201: interactionRow },
      },
    },
    async (request, reply) => {
      const { params, body, principal } = request;
      const made = await request.inScope(async (db) => {
        const id = await logInteraction(db, principal, params.id, body, platform.clock.now());
        return getInteraction(db, id);
      });
      void reply.code(201).header('etag', etagOf(made.rowVersion));
      return made;
    },
  );
  app.patch(
    '/interactions/:id',
    {
      config: write,
      errorHandler: sayWhatIsTooLarge,
      schema: {
        tags,
        summary: 'Change an interaction',
        params: idParams,
        body: interactionPatch,
        response: { 200: interactionRow },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const patch = withVersionSeen(request, request.body);
      const changed = await request.inScope(async (db) => {
        await updateInteraction(db, request.principal, id, patch, platform.clock.now());
        return getInteraction(db, id);
      });
      void reply.header('etag', etagOf(changed.rowVersion));
      return changed;
    },
  );
}

function deleteRoutes(app: KeziApp, platform: Platform): void {
  app.delete(
    '/interactions/:id',
    {
      config: write,
      schema: {
        tags,
        summary: 'Delete an interaction; can be undone',
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
    '/interactions/:id/restore',
    {
      config: write,
      schema: { tags, summary: 'Undo the deletion', params: idParams, response: { 200: interactionRow } },
    },
    (request) =>
      request.inScope(async (db) => {
        await setAside(db, request.params.id, 'restored', platform.clock.now());
        return getInteraction(db, request.params.id);
      }),
  );
}

export function interactionsRoutes(app: KeziApp, platform: Platform): void {
  readRoutes(app);
  writeRoutes(app, platform);
  deleteRoutes(app, platform);
}

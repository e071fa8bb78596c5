import {
  idParams,
  savedView,
  savedViewChange,
  savedViewInput,
  savedViewList,
  savedViewQuery,
} from '@kezi/contract';
import { z } from 'zod';
import type { KeziApp } from '../../../platform/http/kezi-app.js';
import type { Platform } from '../../../platform/platform.js';
import { createView, deleteView, listViews, updateView } from './saved-views.queries.js';

const tags = ['saved views'];

export function savedViewsRoutes(app: KeziApp, platform: Platform): void {
  const write = { permission: 'views:write' } as const;
  app.get(
    '/saved-views',
    {
      config: { permission: 'me:read' },
      schema: {
        tags,
        summary: 'Your views and those shared with you',
        querystring: savedViewQuery,
        response: { 200: savedViewList },
      },
    },
    (request) =>
      request.inScope(async (db) => ({
        items: await listViews(db, request.principal.userId, request.query.page),
      })),
  );
  app.post(
    '/saved-views',
    {
      config: write,
      schema: { tags, summary: 'Keep a view', body: savedViewInput, response: { 201: savedView } },
    },
    async (request, reply) => {
      const made = await request.inScope((db) => createView(db, request.principal.userId, request.body));
      void reply.code(201);
      return made;
    },
  );
  app.patch(
    '/saved-views/:id',
    {
      config: write,
      schema: {
        tags,
        summary: 'Change a view of yours',
        params: idParams,
        body: savedViewChange,
        response: { 200: savedView },
      },
    },
    (request) =>
      request.inScope((db) =>
        updateView(db, request.principal.userId, request.params.id, request.body, platform.clock.now()),
      ),
  );
  app.delete(
    '/saved-views/:id',
    {
      config: write,
      schema: { tags, summary: 'Forget a view of yours', params: idParams, response: { 204: z.null() } },
    },
    async (request, reply) => {
      await request.inScope((db) => deleteView(db, request.principal.userId, request.params.id));
      return reply.code(204).send(null);
    },
  );
}

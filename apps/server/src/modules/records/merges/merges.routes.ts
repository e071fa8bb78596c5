import {
  idParams,
  mergeDone,
  mergeInput,
  mergeListQuery,
  mergePage,
  mergePreview,
  mergeQuery,
  mergeUndone,
} from '@kezi/contract';
import type { KeziApp } from '../../../platform/http/kezi-app.js';
import type { Platform } from '../../../platform/platform.js';
import { getCustomer } from '../customers/index.js';
import { getMerge, listMerges } from './list-merges.js';
import { mergeCustomers } from './merge-customers.js';
import { previewMerge } from './preview-merge.js';
import { undoMerge } from './undo-merge.js';

const tags = ['duplicates'];
const merge = { permission: 'customers:merge' } as const;

export function mergesRoutes(app: KeziApp, platform: Platform): void {
  app.get(
    '/customers/:id/merge',
    {
      config: merge,
      schema: {
        tags,
        summary: 'What merging another customer into this one would do',
        params: idParams,
        querystring: mergeQuery,
        response: { 200: mergePreview },
      },
    },
    (request) =>
      request.inScope((db) => previewMerge(db, request.principal, request.params.id, request.query.mergedId)),
  );
  app.post(
    '/customers/:id/merge',
    {
      config: merge,
      schema: {
        tags,
        summary: 'Merge another customer into this one; can be undone for 30 days',
        params: idParams,
        body: mergeInput,
        response: { 201: mergeDone },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const done = await request.inScope(async (db) => {
        const { principal } = request;
        const mergeId = await mergeCustomers(db, principal, id, request.body, platform.clock.now());
        return {
          merge: await getMerge(db, mergeId),
          customer: await getCustomer(db, principal.fieldRules, id),
        };
      });
      void reply.code(201);
      return done;
    },
  );
  app.get(
    '/merges',
    {
      config: { permission: 'customers:read' },
      schema: {
        tags,
        summary: 'Merges, the latest first',
        querystring: mergeListQuery,
        response: { 200: mergePage },
      },
    },
    (request) => request.inScope((db) => listMerges(db, request.query)),
  );
  app.post(
    '/merges/:id/undo',
    {
      config: merge,
      schema: {
        tags,
        summary: 'Make two customers of one again',
        params: idParams,
        response: { 200: mergeUndone },
      },
    },
    (request) =>
      request.inScope((db) => undoMerge(db, request.principal, request.params.id, platform.clock.now())),
  );
}

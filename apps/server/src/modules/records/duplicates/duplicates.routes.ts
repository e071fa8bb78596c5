import {
  duplicateCheckInput,
  duplicateMatches,
  duplicatePairKey,
  duplicatePairPage,
  duplicatePairQuery,
  duplicateSearch,
} from '@kezi/contract';
import { z } from 'zod';
import type { KeziApp } from '../../../platform/http/kezi-app.js';
import { enqueueJob } from '../../../platform/jobs/enqueue-job.js';
import type { Platform } from '../../../platform/platform.js';
import { checkCustomer } from './check-customer.js';
import { searchJob } from './duplicates.jobs.js';
import { judgePair, latestSearch, listPairs } from './list-pairs.js';

const tags = ['duplicates'];
const read = { permission: 'customers:read' } as const;
const write = { permission: 'customers:write' } as const;
const search = { permission: 'duplicates:search' } as const;

function readRoutes(app: KeziApp): void {
  app.get(
    '/duplicates',
    {
      config: read,
      schema: {
        tags,
        summary: 'Pairs of customers that may be one, the likeliest first',
        querystring: duplicatePairQuery,
        response: { 200: duplicatePairPage },
      },
    },
    (request) => request.inScope((db) => listPairs(db, request.principal, request.query)),
  );
  app.post(
    '/duplicates/check',
    {
      // A question; its answer is out of date a moment later.
      config: { ...write, idempotent: false },
      schema: {
        tags,
        summary: 'Whom a customer that is being entered may be',
        body: duplicateCheckInput,
        response: { 200: duplicateMatches },
      },
    },
    (request) => request.inScope((db) => checkCustomer(db, request.principal, request.body)),
  );
  app.get(
    '/duplicates/search',
    {
      config: search,
      schema: { tags, summary: 'The last search through all customers', response: { 200: duplicateSearch } },
    },
    (request) => request.inScope((db) => latestSearch(db, request.principal)),
  );
}

export function duplicatesRoutes(app: KeziApp, platform: Platform): void {
  readRoutes(app);
  app.post(
    '/duplicates/search',
    {
      config: search,
      schema: {
        tags,
        summary: 'Search all customers for duplicates',
        response: { 202: z.object({ jobId: z.int() }) },
      },
    },
    async (request, reply) => {
      const jobId = await request.inScope((db) =>
        enqueueJob(db, searchJob, {}, { key: 'duplicates.search' }),
      );
      void reply.code(202);
      return { jobId };
    },
  );
  for (const [verb, status] of [
    ['dismiss', 'dismissed'],
    ['reopen', 'open'],
  ] as const) {
    app.post(
      `/duplicates/${verb}`,
      {
        config: write,
        schema: {
          tags,
          summary: verb === 'dismiss' ? 'Say that a pair is two customers' : 'Take that back',
          body: duplicatePairKey,
          response: { 204: z.null() },
        },
      },
      async (request, reply) => {
        const now = platform.clock.now();
        await request.inScope((db) => judgePair(db, request.principal.userId, request.body, status, now));
        void reply.code(204);
        return null;
      },
    );
  }
}

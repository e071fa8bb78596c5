import { lookalikes, ofSegments, poachingRisk } from '@kezi/contract';
import type { KeziApp } from '../../../platform/http/kezi-app.js';
import type { Module } from '../../../platform/module.js';
import { inSegments } from '../../records/customers/index.js';
import { getLookalikes } from './get-lookalikes.js';
import { getPoaching } from './get-poaching.js';
import { findProspects, prospectsJob } from './prospects.jobs.js';

const tags = ['prospects'];
const read = { permission: 'alerts:read' } as const;

function prospectRoutes(app: KeziApp): void {
  app.get(
    '/prospects/poaching',
    {
      config: read,
      schema: {
        tags,
        summary: 'Customers whom somebody may be winning over, with the signs and their record',
        querystring: ofSegments,
        response: { 200: poachingRisk },
      },
    },
    (request) =>
      request.inScope(async (db) =>
        getPoaching(
          db,
          request.principal.fieldRules,
          await inSegments(db, request.principal, request.query.segmentId),
        ),
      ),
  );
  app.get(
    '/prospects/lookalikes',
    {
      config: read,
      schema: {
        tags,
        summary: 'Customers who look like the best of today looked a year ago',
        querystring: ofSegments,
        response: { 200: lookalikes },
      },
    },
    (request) =>
      request.inScope(async (db) =>
        getLookalikes(db, await inSegments(db, request.principal, request.query.segmentId)),
      ),
  );
}

export const prospects: Module = {
  name: 'prospects',
  routes: prospectRoutes,
  jobs: [prospectsJob],
  listeners: [findProspects],
};

import { lookalikes, poachingRisk } from '@kezi/contract';
import type { KeziApp } from '../../../platform/http/kezi-app.js';
import type { Module } from '../../../platform/module.js';
import type { Platform } from '../../../platform/platform.js';
import { todayOf } from '../../records/today-of.js';
import { getPoaching } from './get-poaching.js';

const tags = ['prospects'];
const read = { permission: 'alerts:read' } as const;

function prospectRoutes(app: KeziApp, platform: Platform): void {
  app.get(
    '/prospects/poaching',
    {
      config: read,
      schema: {
        tags,
        summary: 'Customers whom somebody may be winning over, with the signs and their record',
        response: { 200: poachingRisk },
      },
    },
    (request) => request.inScope(async (db) => getPoaching(db, await todayOf(db, platform.clock.now()))),
  );
  app.get(
    '/prospects/lookalikes',
    {
      config: read,
      schema: {
        tags,
        summary: 'Customers who look like the best of today looked a year ago',
        response: { 200: lookalikes },
      },
    },
    async (request) => {
      const { getLookalikes } = await import('./get-lookalikes.js');
      return request.inScope(getLookalikes);
    },
  );
}

export const prospects: Module = { name: 'prospects', routes: prospectRoutes };

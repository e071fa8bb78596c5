import { ofSegments, overview } from '@kezi/contract';
import type { KeziApp } from '../../../platform/http/kezi-app.js';
import { getOverview } from './get-overview.js';

export function dashboardsRoutes(app: KeziApp): void {
  app.get(
    '/overview',
    {
      config: { permission: 'overview:read' },
      schema: {
        tags: ['overview'],
        summary: 'What the customers whom the reader may see are worth together',
        querystring: ofSegments,
        response: { 200: overview },
      },
    },
    (request) => request.inScope((db) => getOverview(db, request.principal, request.query.segmentId ?? [])),
  );
}

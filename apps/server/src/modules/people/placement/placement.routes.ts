import { colleagueList, colleagueQuery, idParams, placement, placementInput } from '@kezi/contract';
import type { KeziApp } from '../../../platform/http/kezi-app.js';
import type { Platform } from '../../../platform/platform.js';
import { changePlacement } from './change-placement.js';
import { getPlacement, listColleagues } from './placement.queries.js';

export function placementRoutes(app: KeziApp, platform: Platform): void {
  const tags = ['users'];
  app.get(
    '/colleagues',
    {
      config: { permission: 'users:read' },
      schema: {
        tags,
        summary: 'Names of the people who work here, to choose from; with ids also of those who have left',
        querystring: colleagueQuery,
        response: { 200: colleagueList },
      },
    },
    async (request) => ({
      items: await request.inScope((db) => listColleagues(db, request.query)),
    }),
  );
  app.get(
    '/users/:id/placement',
    {
      config: { permission: 'users:write' },
      schema: {
        tags,
        summary: 'The departments of a person, whose customers they see, and how many these are',
        params: idParams,
        response: { 200: placement },
      },
    },
    (request) => request.inScope((db) => getPlacement(db, request.params.id, platform.clock.now())),
  );
  app.patch(
    '/users/:id/placement',
    {
      config: { permission: 'users:write' },
      schema: {
        tags,
        summary: 'Put a person into departments; only what is given changes',
        params: idParams,
        body: placementInput,
        response: { 200: placement },
      },
    },
    (request) =>
      request.inScope((db) =>
        changePlacement(db, {
          userId: request.params.id,
          wanted: request.body,
          now: platform.clock.now(),
        }),
      ),
  );
}

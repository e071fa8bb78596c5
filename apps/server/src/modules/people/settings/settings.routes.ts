import { settings, settingsChange } from '@kezi/contract';
import type { KeziApp } from '../../../platform/http/kezi-app.js';
import { etagOf, versionSeen } from '../../../platform/http/row-version.js';
import type { Platform } from '../../../platform/platform.js';
import { changeSettings } from './change-settings.js';
import { readSettings } from './settings.queries.js';

export function settingsRoutes(app: KeziApp, platform: Platform): void {
  const tags = ['settings'];
  app.get(
    '/settings',
    {
      config: { permission: 'settings:read' },
      schema: { tags, summary: 'The settings of the organisation', response: { 200: settings } },
    },
    async (request, reply) => {
      const found = await request.inScope(readSettings);
      void reply.header('etag', etagOf(found.rowVersion));
      return found;
    },
  );
  app.patch(
    '/settings',
    {
      config: { permission: 'settings:write' },
      schema: { tags, summary: 'Change the settings', body: settingsChange, response: { 200: settings } },
    },
    (request) =>
      request.inScope((db) => changeSettings(db, request.body, versionSeen(request), platform.clock.now())),
  );
}

import type { KeziApp } from '../../../platform/http/kezi-app.js';
import type { Platform } from '../../../platform/platform.js';
import { spendRows } from './spend-rows.js';

/** Where customers and contacts are looked at. */
const pages = new Set([
  '/customers',
  '/customers/:id',
  '/contacts',
  '/contacts/:id',
  '/customers/:id/contacts',
]);

/** Books what somebody looks at on their day, before it is shown. */
export function limitViews(app: KeziApp, platform: Platform): void {
  app.addHook('preSerialization', async (request, reply, payload) => {
    const path = request.routeOptions.url?.replace('/api/v1', '') ?? '';
    const isPage = request.method === 'GET' && reply.statusCode === 200 && pages.has(path);
    if (!isPage || (request.caller?.viewedRowsADay ?? null) === null) return payload;
    const { principal } = request;
    const { items } = payload as { items?: readonly unknown[] };
    await request.inScope(
      (db) => spendRows(db, principal, 'viewed', items?.length ?? 1, platform.clock.now()),
      { write: true },
    );
    return payload;
  });
}

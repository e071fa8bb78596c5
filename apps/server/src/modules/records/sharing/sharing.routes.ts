import { customerAccess, idParams, share, shareInput } from '@kezi/contract';
import { z } from 'zod';
import type { KeziApp } from '../../../platform/http/kezi-app.js';
import type { Platform } from '../../../platform/platform.js';
import { mustSeeCustomer } from '../customers/index.js';
import { listViewers } from './list-viewers.js';
import { endShare, listShares, mayShare, shareCustomer } from './share-customer.js';

export function sharingRoutes(app: KeziApp, platform: Platform): void {
  const tags = ['customers'];
  app.get(
    '/customers/:id/access',
    {
      config: { permission: 'customers:read' },
      schema: {
        tags,
        summary: 'Who sees a customer and why, and with whom it is shared',
        params: idParams,
        response: { 200: customerAccess },
      },
    },
    async (request) => {
      const { id } = request.params;
      const now = platform.clock.now();
      const seen = await request.inScope(async (db) => {
        await mustSeeCustomer(db, id);
        return { mayShare: await mayShare(db, request.principal, id), shares: await listShares(db, id, now) };
      });
      const viewers = await platform.db.asSystem((db) => listViewers(db, id, now), { readOnly: true });
      return { ...seen, viewers };
    },
  );
  app.post(
    '/customers/:id/shares',
    {
      config: { permission: 'customers:share' },
      schema: {
        tags,
        summary: 'Share a customer with a colleague, for reading or for editing, until a day',
        params: idParams,
        body: shareInput,
        response: { 201: share },
      },
    },
    async (request, reply) => {
      const made = await request.inScope((db) =>
        shareCustomer(db, request.principal, request.params.id, request.body, platform.clock.now()),
      );
      void reply.code(201);
      return made;
    },
  );
  app.delete(
    '/shares/:id',
    {
      config: { permission: 'customers:share' },
      schema: { tags, summary: 'Take a share back', params: idParams, response: { 204: z.null() } },
    },
    async (request, reply) => {
      await request.inScope((db) => endShare(db, request.params.id));
      return reply.code(204).send(null);
    },
  );
}

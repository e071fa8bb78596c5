import { bulkEdit, bulkEditInput, bulkUndo, idParams } from '@kezi/contract';
import type { KeziApp } from '../../../platform/http/kezi-app.js';
import type { Platform } from '../../../platform/platform.js';
import { editCustomers, getBulkEdit, undoEdit } from './edit-customers.js';

const tags = ['customers'];
const write = { permission: 'customers:write' } as const;

export function bulkRoutes(app: KeziApp, platform: Platform): void {
  app.post(
    '/customers/bulk-edits',
    {
      config: write,
      schema: {
        tags,
        summary: 'Change many customers at once; up to 5,000',
        body: bulkEditInput,
        response: { 201: bulkEdit },
      },
    },
    async (request, reply) => {
      const made = await request.inScope(async (db) =>
        getBulkEdit(db, await editCustomers(db, request.principal, request.body, platform.clock.now())),
      );
      void reply.code(201);
      return made;
    },
  );
  app.post(
    '/customers/bulk-edits/:id/undo',
    {
      config: write,
      schema: { tags, summary: 'Take a bulk edit back', params: idParams, response: { 200: bulkUndo } },
    },
    (request) => request.inScope((db) => undoEdit(db, request.params.id, platform.clock.now())),
  );
}

import { customField, customFieldInput, customFieldList, customFieldPatch, idParams } from '@kezi/contract';
import { z } from 'zod';
import type { KeziApp } from '../../../platform/http/kezi-app.js';
import type { Platform } from '../../../platform/platform.js';
import { readFields } from './fields.queries.js';
import { addField, changeField, retireField } from './write-field.js';

const tags = ['custom fields'];
const write = { permission: 'fields:write' } as const;

export function fieldsRoutes(app: KeziApp, platform: Platform): void {
  app.get(
    '/custom-fields',
    {
      config: { permission: 'customers:read' },
      schema: { tags, summary: "The company's own fields of customers", response: { 200: customFieldList } },
    },
    (request) => request.inScope(async (db) => ({ items: await readFields(db) })),
  );
  app.post(
    '/custom-fields',
    {
      config: write,
      schema: { tags, summary: 'Add a field', body: customFieldInput, response: { 201: customField } },
    },
    async (request, reply) => {
      const made = await request.inScope((db) => addField(db, request.body, platform.clock.now()));
      void reply.code(201);
      return made;
    },
  );
  app.patch(
    '/custom-fields/:id',
    {
      config: write,
      schema: {
        tags,
        summary: 'Change a field; its kind stays',
        params: idParams,
        body: customFieldPatch,
        response: { 200: customField },
      },
    },
    (request) =>
      request.inScope((db) => changeField(db, request.params.id, request.body, platform.clock.now())),
  );
  app.delete(
    '/custom-fields/:id',
    {
      config: write,
      schema: { tags, summary: 'Take a field out of use', params: idParams, response: { 204: z.null() } },
    },
    async (request, reply) => {
      await request.inScope((db) => retireField(db, request.params.id, platform.clock.now()));
      return reply.code(204).send(null);
    },
  );
}

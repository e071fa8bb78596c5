import {
  customerCount,
  customerDetail,
  customerExportQuery,
  customerFacets as facetsSchema,
  customerFilter,
  customerInput,
  customerListQuery,
  customerPage,
  customerPatch,
  customerProducts as productsSchema,
  customerRhythm as rhythmSchema,
  idParams,
} from '@kezi/contract';
import { z } from 'zod';
import { recordSight } from '../../../platform/audit/record-sight.js';
import type { KeziApp } from '../../../platform/http/kezi-app.js';
import { etagOf, expectVersion } from '../../../platform/http/row-version.js';
import type { Platform } from '../../../platform/platform.js';
import { bulkRoutes } from './bulk.routes.js';
import { countCustomers } from './count-customers.js';
import { createCustomer } from './create-customer.js';
import { customerFacets } from './customer-facets.js';
import { customerProducts, customerRhythm } from './customer-rhythm.js';
import { getCustomer } from './get-customer.js';
import { listCustomers } from './list-customers.js';
import { checkExport, sendExport } from './send-export.js';
import { updateCustomer } from './update-customer.js';

const tags = ['customers'];

function registerRoutes(app: KeziApp, platform: Platform): void {
  const read = { permission: 'customers:read' } as const;
  app.get(
    '/customers',
    {
      config: read,
      schema: {
        tags,
        summary: 'A page of the register',
        querystring: customerListQuery,
        response: { 200: customerPage },
      },
    },
    (request) =>
      request.inScope((db) => listCustomers(db, request.principal, request.query, platform.clock.now()), {
        plan: 'walk',
      }),
  );
  app.get(
    '/customers/count',
    {
      config: read,
      schema: {
        tags,
        summary: 'How many customers fit: exact up to 10,000, then an estimate',
        querystring: customerFilter,
        response: { 200: customerCount },
      },
    },
    (request) => request.inScope((db) => countCustomers(db, request.principal, request.query)),
  );
  app.get(
    '/customers/facets',
    {
      config: read,
      schema: { tags, summary: 'Values to filter the register by', response: { 200: facetsSchema } },
    },
    (request) => request.inScope((db) => customerFacets(db)),
  );
  app.get(
    '/customers/export',
    {
      config: { permission: 'customers:export' },
      schema: {
        tags,
        summary: 'The register as a file, CSV or XLSX',
        querystring: customerExportQuery,
      },
    },
    (request, reply) => sendExport(platform, request, reply, request.query),
  );
  app.get(
    '/customers/export/check',
    {
      config: { permission: 'customers:export' },
      schema: {
        tags,
        summary: 'Whether the file would be refused; nothing is counted towards the limit of the day',
        querystring: customerExportQuery,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await request.inScope((db) => checkExport(db, request.principal, request.query, platform.clock.now()));
      return reply.code(204).send(null);
    },
  );
}

function customerRoutes(app: KeziApp, platform: Platform): void {
  app.post(
    '/customers',
    {
      config: { permission: 'customers:write' },
      schema: { tags, summary: 'Add a customer', body: customerInput, response: { 201: customerDetail } },
    },
    async (request, reply) => {
      const made = await request.inScope(async (db) => {
        const id = await createCustomer(db, request.principal, request.body, platform.clock.now());
        return getCustomer(db, request.principal.fieldRules, id);
      });
      void reply.code(201).header('etag', etagOf(made.rowVersion));
      return made;
    },
  );
  app.get(
    '/customers/:id',
    {
      config: { permission: 'customers:read' },
      schema: { tags, summary: 'One customer', params: idParams, response: { 200: customerDetail } },
    },
    async (request, reply) => {
      const found = await request.inScope((db) =>
        getCustomer(db, request.principal.fieldRules, request.params.id),
      );
      if (found.ownerId !== request.principal.userId) {
        const sight = { subject: 'customer', subjectId: found.customerId };
        await recordSight(request, { action: 'customer.viewed', ...sight }, platform.clock.now());
      }
      void reply.header('etag', etagOf(found.rowVersion));
      return found;
    },
  );
  app.patch(
    '/customers/:id',
    {
      config: { permission: 'customers:write' },
      schema: {
        tags,
        summary: 'Change a customer',
        params: idParams,
        body: customerPatch,
        response: { 200: customerDetail },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      expectVersion(request, request.body.rowVersion, 'customers.changed');
      const changed = await request.inScope(async (db) => {
        await updateCustomer(db, request.principal, id, request.body, platform.clock.now());
        return getCustomer(db, request.principal.fieldRules, id);
      });
      void reply.header('etag', etagOf(changed.rowVersion));
      return changed;
    },
  );
}

function historyRoutes(app: KeziApp): void {
  app.get(
    '/customers/:id/rhythm',
    {
      config: { permission: 'orders:read' },
      schema: { tags, summary: 'Days with orders', params: idParams, response: { 200: rhythmSchema } },
    },
    (request) => request.inScope((db) => customerRhythm(db, request.params.id)),
  );
  app.get(
    '/customers/:id/products',
    {
      config: { permission: 'orders:read' },
      schema: { tags, summary: 'What a customer buys', params: idParams, response: { 200: productsSchema } },
    },
    (request) => request.inScope((db) => customerProducts(db, request.params.id)),
  );
}

export function customersRoutes(app: KeziApp, platform: Platform): void {
  registerRoutes(app, platform);
  bulkRoutes(app, platform);
  customerRoutes(app, platform);
  historyRoutes(app);
}

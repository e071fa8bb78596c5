import {
  idParams,
  ofSegments,
  paymentInput,
  paymentListQuery,
  paymentPage,
  paymentRow,
  receivableAgeing,
  receivableInput,
  receivableListQuery,
  receivablePage,
  receivablePatch,
  receivableRow,
} from '@kezi/contract';
import { z } from 'zod';
import type { KeziApp } from '../../../platform/http/kezi-app.js';
import { etagOf, withVersionSeen } from '../../../platform/http/row-version.js';
import type { Platform } from '../../../platform/platform.js';
import { inSegments } from '../customers/index.js';
import { todayOf } from '../today-of.js';
import { createPayment, deletePayment, getPayment, listPayments } from './payments.js';
import {
  ageingOf,
  createReceivable,
  deleteReceivable,
  getReceivable,
  listReceivables,
  updateReceivable,
} from './receivables.js';

const tags = ['payments'];
const read = { permission: 'payments:read' } as const;
const write = { permission: 'payments:write' } as const;

function listRoutes(app: KeziApp, platform: Platform): void {
  app.get(
    '/receivables',
    {
      config: read,
      schema: {
        tags,
        summary: 'What all customers owe, the earliest due first',
        querystring: receivableListQuery,
        response: { 200: receivablePage },
      },
    },
    (request) =>
      request.inScope(async (db) =>
        listReceivables(db, request.principal, request.query, await todayOf(db, platform.clock.now())),
      ),
  );
  app.get(
    '/receivables/ageing',
    {
      config: read,
      schema: {
        tags,
        summary: 'What is open, by how long overdue',
        querystring: ofSegments,
        response: { 200: receivableAgeing },
      },
    },
    (request) =>
      request.inScope(async (db) =>
        ageingOf(
          db,
          await inSegments(db, request.principal, request.query.segmentId),
          await todayOf(db, platform.clock.now()),
        ),
      ),
  );
  app.get(
    '/customers/:id/receivables',
    {
      config: read,
      schema: {
        tags,
        summary: 'What a customer owes',
        params: idParams,
        querystring: receivableListQuery,
        response: { 200: receivablePage },
      },
    },
    (request) =>
      request.inScope(async (db) =>
        listReceivables(
          db,
          request.principal,
          { ...request.query, customerId: request.params.id },
          await todayOf(db, platform.clock.now()),
        ),
      ),
  );
}

function paymentListRoutes(app: KeziApp): void {
  app.get(
    '/payments',
    {
      config: read,
      schema: {
        tags,
        summary: 'What has come in, the latest first',
        querystring: paymentListQuery,
        response: { 200: paymentPage },
      },
    },
    (request) => request.inScope((db) => listPayments(db, request.principal, request.query)),
  );
  app.get(
    '/customers/:id/payments',
    {
      config: read,
      schema: {
        tags,
        summary: 'What a customer has paid',
        params: idParams,
        querystring: paymentListQuery,
        response: { 200: paymentPage },
      },
    },
    (request) =>
      request.inScope((db) =>
        listPayments(db, request.principal, { ...request.query, customerId: request.params.id }),
      ),
  );
}

function receivableRoutes(app: KeziApp, platform: Platform): void {
  app.post(
    '/customers/:id/receivables',
    {
      config: write,
      schema: {
        tags,
        summary: 'Plan what a customer is to pay, and when',
        params: idParams,
        body: receivableInput,
        response: { 201: receivableRow },
      },
    },
    async (request, reply) => {
      const now = platform.clock.now();
      const made = await request.inScope(async (db) => {
        const id = await createReceivable(db, request.params.id, request.body, now);
        return getReceivable(db, id, await todayOf(db, now));
      });
      void reply.code(201).header('etag', etagOf(made.rowVersion));
      return made;
    },
  );
  app.patch(
    '/receivables/:id',
    {
      config: write,
      schema: {
        tags,
        summary: 'Change what is to be paid',
        params: idParams,
        body: receivablePatch,
        response: { 200: receivableRow },
      },
    },
    async (request, reply) => {
      const now = platform.clock.now();
      const changed = await request.inScope(async (db) => {
        const patch = withVersionSeen(request, request.body);
        await updateReceivable(db, request.principal, request.params.id, patch, now);
        return getReceivable(db, request.params.id, await todayOf(db, now));
      });
      void reply.header('etag', etagOf(changed.rowVersion));
      return changed;
    },
  );
  app.delete(
    '/receivables/:id',
    {
      config: write,
      schema: {
        tags,
        summary: 'Delete a receivable into which nothing was paid',
        params: idParams,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await request.inScope((db) => deleteReceivable(db, request.params.id, platform.clock.now()));
      return reply.code(204).send(null);
    },
  );
}

function paymentRoutes(app: KeziApp, platform: Platform): void {
  app.post(
    '/customers/:id/payments',
    {
      config: write,
      schema: {
        tags,
        summary: 'Book what a customer has paid, and what for',
        params: idParams,
        body: paymentInput,
        response: { 201: paymentRow },
      },
    },
    async (request, reply) => {
      const made = await request.inScope(async (db) => {
        const id = await createPayment(db, request.params.id, request.body, platform.clock.now());
        return getPayment(db, id);
      });
      reply.code(201);
      return made;
    },
  );
  app.delete(
    '/payments/:id',
    {
      config: write,
      schema: {
        tags,
        summary: 'Take a payment back; what it paid for is open again',
        params: idParams,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await request.inScope((db) => deletePayment(db, request.params.id, platform.clock.now()));
      return reply.code(204).send(null);
    },
  );
}

export function paymentsRoutes(app: KeziApp, platform: Platform): void {
  listRoutes(app, platform);
  paymentListRoutes(app);
  receivableRoutes(app, platform);
  paymentRoutes(app, platform);
}

import {
  deliveryPage,
  deliveryQuery,
  deliveryRow,
  idParams,
  testResult,
  webhookInput,
  webhookList,
  webhookMade,
  webhookPatch,
  webhookRow,
} from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { writeAudit } from '../../../platform/audit/write-audit.js';
import type { KeziApp } from '../../../platform/http/kezi-app.js';
import { replayDelivery } from '../../../platform/outbound/put-delivery.js';
import type { Platform } from '../../../platform/platform.js';
import { testWebhook } from './test-webhook.js';
import { findWebhooks, getDelivery, getWebhook, listDeliveries } from './webhooks.queries.js';
import { changeWebhook, createWebhook, removeWebhook, renewSecret } from './write-webhook.js';

const tags = ['webhooks'];
const read = { permission: 'webhooks:read' } as const;
const write = { permission: 'webhooks:write' } as const;

const writerOf = (platform: Platform, request: FastifyRequest) => ({
  principal: request.principal,
  box: platform.box,
  now: platform.clock.now(),
});

function readRoutes(app: KeziApp): void {
  app.get(
    '/webhooks',
    { config: read, schema: { tags, summary: 'Webhooks that you keep', response: { 200: webhookList } } },
    (request) => request.inScope(async (db) => ({ items: await findWebhooks(db, request.principal) })),
  );
  app.get(
    '/webhooks/:id',
    {
      config: read,
      schema: { tags, summary: 'One webhook', params: idParams, response: { 200: webhookRow } },
    },
    (request) => request.inScope((db) => getWebhook(db, request.principal, request.params.id)),
  );
  app.get(
    '/deliveries',
    {
      config: read,
      schema: {
        tags,
        summary: 'What was sent out, with every attempt',
        querystring: deliveryQuery,
        response: { 200: deliveryPage },
      },
    },
    (request) => request.inScope((db) => listDeliveries(db, request.principal, request.query)),
  );
}

function writeRoutes(app: KeziApp, platform: Platform): void {
  app.post(
    '/webhooks',
    {
      // The answer holds the secret, so it is not kept for a repetition.
      config: { ...write, idempotent: false },
      schema: {
        tags,
        summary: 'Make a webhook; it is sent what you may see',
        body: webhookInput,
        response: { 201: webhookMade },
      },
    },
    async (request, reply) => {
      const made = await request.inScope((db) =>
        createWebhook(db, request.body, writerOf(platform, request)),
      );
      void reply.code(201);
      return made;
    },
  );
  app.patch(
    '/webhooks/:id',
    {
      config: write,
      schema: {
        tags,
        summary: 'Change a webhook, or switch it on again',
        params: idParams,
        body: webhookPatch,
        response: { 200: webhookRow },
      },
    },
    (request) =>
      request.inScope((db) =>
        changeWebhook(db, request.params.id, request.body, writerOf(platform, request)),
      ),
  );
  app.delete(
    '/webhooks/:id',
    {
      config: write,
      schema: { tags, summary: 'Remove a webhook', params: idParams, response: { 204: z.null() } },
    },
    async (request, reply) => {
      await request.inScope((db) => removeWebhook(db, request.params.id, request.principal));
      return reply.code(204).send(null);
    },
  );
  app.post(
    '/webhooks/:id/secret',
    {
      config: { ...write, idempotent: false },
      schema: { tags, summary: 'Take another secret', params: idParams, response: { 200: webhookMade } },
    },
    (request) => request.inScope((db) => renewSecret(db, request.params.id, writerOf(platform, request))),
  );
}

function sendRoutes(app: KeziApp, platform: Platform): void {
  app.post(
    '/webhooks/:id/test',
    {
      // It calls another place: no transaction is held meanwhile, and nobody looks for ports by it.
      config: { ...write, idempotent: false, rateLimit: { max: 10, timeWindow: '1 minute' } },
      schema: {
        tags,
        summary: 'Send a test and wait for the answer',
        params: idParams,
        response: { 200: testResult },
      },
    },
    (request) => testWebhook(platform, request.principal, request.params.id),
  );
  app.post(
    '/deliveries/:id/replay',
    {
      config: write,
      schema: {
        tags,
        summary: 'Send once more what was given up',
        params: idParams,
        response: { 200: deliveryRow },
      },
    },
    (request) =>
      request.inScope(async (db) => {
        const { id } = request.params;
        await getDelivery(db, request.principal, id);
        if (!(await replayDelivery(db, id, platform.clock.now()))) {
          throw new CodedError('webhooks.replay_conflict');
        }
        await writeAudit(db, { action: 'delivery.replayed', subject: 'delivery', subjectId: id });
        return getDelivery(db, request.principal, id);
      }),
  );
}

export function webhooksRoutes(app: KeziApp, platform: Platform): void {
  readRoutes(app);
  writeRoutes(app, platform);
  sendRoutes(app, platform);
}

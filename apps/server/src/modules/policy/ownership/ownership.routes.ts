import {
  customerMemberInput,
  customerMemberParams,
  customerTeam,
  idParams,
  ownershipHistory,
  transferInput,
  transferPage,
  transferQuery,
  transferRow,
} from '@kezi/contract';
import type { KeziApp } from '../../../platform/http/kezi-app.js';
import type { Platform } from '../../../platform/platform.js';
import { listMembers, removeMember, writeMember } from './customer-team.js';
import { getTransfer, listPeriods, listTransfers } from './ownership.queries.js';
import { transferCustomers } from './transfer-customers.js';
import { undoTransfer } from './undo-transfer.js';

const tags = ['ownership'];
/** Thousands of customers may be looked through before the answer. */
const slow = { statementTimeoutMs: 60_000 };

function transferRoutes(app: KeziApp, platform: Platform): void {
  const assign = { permission: 'customers:assign' } as const;
  app.get(
    '/transfers',
    {
      config: assign,
      schema: {
        tags,
        summary: 'Transfers of customers, newest first',
        querystring: transferQuery,
        response: { 200: transferPage },
      },
    },
    (request) => request.inScope((db) => listTransfers(db, request.query, platform.clock.now())),
  );
  app.post(
    '/transfers',
    {
      config: assign,
      schema: {
        tags,
        summary: 'Give customers to another owner or team; more than 200 as a job',
        body: transferInput,
        response: { 201: transferRow },
      },
    },
    async (request, reply) => {
      const now = platform.clock.now();
      const made = await request.inScope(async (db) => {
        const id = await transferCustomers(db, request.principal, request.body, { now });
        return getTransfer(db, id, now);
      }, slow);
      void reply.code(201);
      return made;
    },
  );
  app.get(
    '/transfers/:id',
    {
      config: assign,
      schema: { tags, summary: 'One transfer', params: idParams, response: { 200: transferRow } },
    },
    (request) => request.inScope((db) => getTransfer(db, request.params.id, platform.clock.now())),
  );
  app.post(
    '/transfers/:id/undo',
    {
      config: assign,
      schema: {
        tags,
        summary: 'Take a transfer back, within 30 days',
        params: idParams,
        response: { 200: transferRow },
      },
    },
    (request) =>
      request.inScope(async (db) => {
        const now = platform.clock.now();
        await undoTransfer(db, request.params.id, now);
        return getTransfer(db, request.params.id, now);
      }, slow),
  );
}

function customerRoutes(app: KeziApp, platform: Platform): void {
  app.get(
    '/customers/:id/ownership',
    {
      config: { permission: 'customers:read' },
      schema: {
        tags,
        summary: 'Through whose hands a customer went, newest first',
        params: idParams,
        response: { 200: ownershipHistory },
      },
    },
    async (request) => ({ items: await request.inScope((db) => listPeriods(db, request.params.id)) }),
  );
  app.get(
    '/customers/:id/team',
    {
      config: { permission: 'customers:read' },
      schema: {
        tags,
        summary: 'Who works on a customer beside its owner',
        params: idParams,
        response: { 200: customerTeam },
      },
    },
    (request) => request.inScope((db) => listMembers(db, request.principal, request.params.id)),
  );
  app.put(
    '/customers/:id/team/:userId',
    {
      config: { permission: 'customers:write' },
      schema: {
        tags,
        summary: 'Put somebody on the team of a customer, so that they see it, or change their role',
        params: customerMemberParams,
        body: customerMemberInput,
        response: { 200: customerTeam },
      },
    },
    (request) =>
      request.inScope(async (db) => {
        const { id: customerId, userId } = request.params;
        const change = { input: request.body, now: platform.clock.now() };
        await writeMember(db, request.principal, { customerId, userId }, change);
        return listMembers(db, request.principal, customerId);
      }),
  );
  app.delete(
    '/customers/:id/team/:userId',
    {
      config: { permission: 'customers:write' },
      schema: {
        tags,
        summary: 'Take somebody off the team of a customer',
        params: customerMemberParams,
        response: { 200: customerTeam },
      },
    },
    (request) =>
      request.inScope(async (db) => {
        const { id: customerId, userId } = request.params;
        await removeMember(db, request.principal, { customerId, userId });
        return listMembers(db, request.principal, customerId);
      }),
  );
}

export function ownershipRoutes(app: KeziApp, platform: Platform): void {
  transferRoutes(app, platform);
  customerRoutes(app, platform);
}

import {
  disputeDecisionInput,
  disputeDetail,
  disputeInput,
  disputePage,
  disputeQuery,
  idParams,
} from '@kezi/contract';
import type { KeziApp } from '../../../platform/http/kezi-app.js';
import type { Platform } from '../../../platform/platform.js';
import { withAllRows } from '../../../platform/db/with-all-rows.js';
import { getDispute, listDisputes } from './disputes.queries.js';
import { decideDispute, openDispute, undoDecision, withdrawDispute } from './settle-dispute.js';

const tags = ['disputes'];
const write = { permission: 'disputes:write' } as const;
const decide = { permission: 'disputes:decide' } as const;

function claimantRoutes(app: KeziApp, platform: Platform): void {
  app.get(
    '/disputes',
    {
      config: write,
      schema: {
        tags,
        summary: 'Disputes over customers within sight, and your own',
        querystring: disputeQuery,
        response: { 200: disputePage },
      },
    },
    (request) => request.inScope((db) => listDisputes(db, request.principal, request.query)),
  );
  app.get(
    '/disputes/:id',
    {
      config: write,
      schema: {
        tags,
        summary: 'A dispute with its evidence',
        params: idParams,
        response: { 200: disputeDetail },
      },
    },
    (request) => request.inScope((db) => getDispute(db, request.principal, request.params.id)),
  );
  app.post(
    '/disputes',
    {
      config: write,
      schema: {
        tags,
        summary: 'Say that a customer should be yours',
        body: disputeInput,
        response: { 201: disputeDetail },
      },
    },
    async (request, reply) => {
      const made = await request.inScope(async (db) => {
        const id = await openDispute(db, request.principal, request.body, platform.clock.now());
        return getDispute(db, request.principal, id);
      });
      void reply.code(201);
      return made;
    },
  );
  app.post(
    '/disputes/:id/withdraw',
    {
      config: write,
      schema: { tags, summary: 'Withdraw your claim', params: idParams, response: { 200: disputeDetail } },
    },
    (request) =>
      request.inScope(async (db) => {
        await withdrawDispute(db, request.principal, request.params.id, platform.clock.now());
        return getDispute(db, request.principal, request.params.id);
      }),
  );
}

function decideRoutes(app: KeziApp, platform: Platform): void {
  app.post(
    '/disputes/:id/decide',
    {
      config: decide,
      schema: {
        tags,
        summary: 'Decide whose the customer is',
        params: idParams,
        body: disputeDecisionInput,
        response: { 200: disputeDetail },
      },
    },
    (request) =>
      request.inScope(async (db) => {
        const decision = { input: request.body, now: platform.clock.now() };
        const { principal } = request;
        await decideDispute(db, principal, request.params.id, decision);
        // The customer may have gone where the one who decided does not see it.
        return withAllRows(db, principal, () => getDispute(db, principal, request.params.id));
      }),
  );
  app.post(
    '/disputes/:id/undo',
    {
      config: decide,
      schema: { tags, summary: 'Take a decision back', params: idParams, response: { 200: disputeDetail } },
    },
    (request) =>
      request.inScope(async (db) => {
        await undoDecision(db, request.principal, request.params.id, platform.clock.now());
        return getDispute(db, request.principal, request.params.id);
      }),
  );
}

export function disputesRoutes(app: KeziApp, platform: Platform): void {
  claimantRoutes(app, platform);
  decideRoutes(app, platform);
}

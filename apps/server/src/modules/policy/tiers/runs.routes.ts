import {
  customerTier,
  customerTierHistory as historySchema,
  customerTierQuery,
  idParams,
  tierDecided,
  tierDecideInput,
  tierDecisionPage,
  tierDecisionQuery,
  tierOverrideInput,
  tierRegradeInput,
  tierRun,
  tierRunList,
} from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { z } from 'zod';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { KeziApp } from '../../../platform/http/kezi-app.js';
import { enqueueJob } from '../../../platform/jobs/enqueue-job.js';
import type { Platform } from '../../../platform/platform.js';
import { readSettings } from '../../people/settings/index.js';
import { dayIn } from '../../records/customers/index.js';
import { mustSeeAll } from '../must-see-all.js';
import { acceptRun, withdrawRun } from './accept-run.js';
import { decideTiers, endOverride, listDecisions, overrideTier } from './decide-tiers.js';
import { getCustomerTier } from './get-customer-tier.js';
import { customerTierHistory } from './tier-history.js';
import { getRun, listRuns, runInForce } from './runs.queries.js';
import { mustNotReplaceNewer, startGrading } from './start-grading.js';
import { replayJob } from './tiers.jobs.js';

const tags = ['tiers'];
const read = { permission: 'tiers:read' } as const;
const write = { permission: 'tiers:write' } as const;

async function todayOf(db: Db, platform: Platform): Promise<string> {
  return dayIn((await readSettings(db)).timeZone, platform.clock.now());
}

function runRoutes(app: KeziApp, platform: Platform): void {
  app.get(
    '/tiers/runs',
    {
      config: read,
      schema: { tags, summary: 'Grading runs, the newest first', response: { 200: tierRunList } },
    },
    (request) => request.inScope(async (db) => ({ items: await listRuns(db, request.principal) })),
  );
  app.get(
    '/tiers/runs/:id',
    {
      config: read,
      schema: { tags, summary: 'One grading run', params: idParams, response: { 200: tierRun } },
    },
    (request) => request.inScope((db) => getRun(db, request.principal, request.params.id)),
  );
  app.post(
    '/tiers/runs',
    {
      config: write,
      schema: {
        tags,
        summary: 'Grade again by the policy in force',
        body: tierRegradeInput,
        response: { 202: tierRun },
      },
    },
    async (request, reply) => {
      const { principal, body } = request;
      mustSeeAll(principal);
      void reply.code(202);
      return request.inScope(async (db) => {
        const inForce = await runInForce(db, principal);
        if (!inForce) throw new CodedError('tiers.policy_unpublished');
        await mustNotReplaceNewer(db, inForce.tierPolicyId);
        const tierRunId = await startGrading(db, {
          tierPolicyId: inForce.tierPolicyId,
          userId: principal.userId,
          effectiveOn: body.effectiveOn,
          enforce: false,
          now: platform.clock.now(),
        });
        return getRun(db, principal, tierRunId);
      });
    },
  );
}

function decideRunRoutes(app: KeziApp, platform: Platform): void {
  app.post(
    '/tiers/runs/:id/enforce',
    {
      config: { permission: 'tiers:approve' },
      schema: {
        tags,
        summary: 'Put its tiers in force on its day',
        params: idParams,
        response: { 200: tierRun },
      },
    },
    (request) => {
      mustSeeAll(request.principal);
      return request.inScope(async (db) => {
        await acceptRun(db, request.params.id, platform.clock.now());
        return getRun(db, request.principal, request.params.id);
      });
    },
  );
  app.post(
    '/tiers/runs/:id/withdraw',
    {
      config: write,
      schema: { tags, summary: 'Give a run up', params: idParams, response: { 200: tierRun } },
    },
    (request) => {
      mustSeeAll(request.principal);
      return request.inScope(async (db) => {
        await withdrawRun(db, request.params.id);
        return getRun(db, request.principal, request.params.id);
      });
    },
  );
  app.post(
    '/tiers/runs/:id/replay',
    {
      config: write,
      schema: {
        tags,
        summary: 'Grade again from what was measured then, and compare',
        params: idParams,
        response: { 202: z.object({ jobId: z.int() }) },
      },
    },
    async (request, reply) => {
      mustSeeAll(request.principal);
      void reply.code(202);
      return request.inScope(async (db) => {
        const { tierRunId } = await getRun(db, request.principal, request.params.id);
        return { jobId: await enqueueJob(db, replayJob, { tierRunId }) };
      });
    },
  );
}

function decisionRoutes(app: KeziApp, platform: Platform): void {
  app.get(
    '/tiers/decisions',
    {
      config: read,
      schema: {
        tags,
        summary: 'Demotions and manual tiers that wait or were decided',
        querystring: tierDecisionQuery,
        response: { 200: tierDecisionPage },
      },
    },
    (request) => request.inScope((db) => listDecisions(db, request.principal, request.query)),
  );
  app.post(
    '/tiers/decisions/decide',
    {
      config: { permission: 'tiers:approve' },
      schema: { tags, summary: 'Approve or refuse', body: tierDecideInput, response: { 200: tierDecided } },
    },
    (request) =>
      request.inScope(async (db) => {
        if (request.body.tierRunId !== undefined) mustSeeAll(request.principal);
        const deciding = {
          userId: request.principal.userId,
          today: await todayOf(db, platform),
          now: platform.clock.now(),
        };
        return { decided: await decideTiers(db, request.body, deciding) };
      }),
  );
  app.post(
    '/tiers/decisions/:id/end',
    {
      config: { permission: 'tiers:override' },
      schema: { tags, summary: 'End a manual tier', params: idParams, response: { 204: z.null() } },
    },
    async (request, reply) => {
      const { userId } = request.principal;
      await request.inScope(async (db) =>
        endOverride(db, request.params.id, { userId, today: await todayOf(db, platform) }),
      );
      return reply.code(204).send(null);
    },
  );
}

function customerRoutes(app: KeziApp, platform: Platform): void {
  app.get(
    '/customers/:id/tier',
    {
      config: read,
      schema: {
        tags,
        summary: 'Which tier on a day, by which policy, and why',
        params: idParams,
        querystring: customerTierQuery,
        response: { 200: customerTier },
      },
    },
    (request) =>
      request.inScope(async (db) => {
        const today = await todayOf(db, platform);
        const { on = today } = request.query;
        // What will hold then depends on gradings and decisions that are still to come.
        if (on > today) throw new CodedError('tiers.day_ahead', { on, today });
        return getCustomerTier(db, {
          customerId: request.params.id,
          on,
          language: request.language,
          fieldRules: request.principal.fieldRules,
        });
      }),
  );
  app.get(
    '/customers/:id/tier/history',
    {
      config: read,
      schema: {
        tags,
        summary: 'Every tier of a customer',
        params: idParams,
        response: { 200: historySchema },
      },
    },
    (request) =>
      request.inScope(async (db) => customerTierHistory(db, request.params.id, await todayOf(db, platform))),
  );
  app.post(
    '/customers/:id/tier/override',
    {
      config: { permission: 'tiers:override' },
      schema: {
        tags,
        summary: 'Give or ask for a tier by hand',
        params: idParams,
        body: tierOverrideInput,
        response: { 201: z.object({ tierDecisionId: z.int() }) },
      },
    },
    async (request, reply) => {
      const { principal, params, body } = request;
      void reply.code(201);
      return request.inScope(async (db) => ({
        tierDecisionId: await overrideTier(db, params.id, body, {
          userId: principal.userId,
          today: await todayOf(db, platform),
          now: platform.clock.now(),
          mayApprove: principal.permissions.has('tiers:approve'),
        }),
      }));
    },
  );
}

export function tierRunRoutes(app: KeziApp, platform: Platform): void {
  runRoutes(app, platform);
  decideRunRoutes(app, platform);
  decisionRoutes(app, platform);
  customerRoutes(app, platform);
}

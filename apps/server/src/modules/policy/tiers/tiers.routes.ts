import {
  idParams,
  tierFeatureList,
  tierOverview as overviewSchema,
  tierPolicy,
  tierPolicyInput,
  tierPolicyList,
  tierPolicyPatch,
  tierPreview,
  tierPreviewInput,
  tierPreviewProgress,
  tierPublishInput,
  tierRun,
  tierSet,
  tierSetInput,
  tierSetList,
  tierSetPatch,
  tierStartInput,
  tierCandidateQuery,
  tierCandidates,
} from '@kezi/contract';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Db } from '../../../platform/db/scoped-db.js';
import { isRestricted } from '../../../platform/http/field-wall.rules.js';
import type { KeziApp } from '../../../platform/http/kezi-app.js';
import { etagOf } from '../../../platform/http/row-version.js';
import type { Platform } from '../../../platform/platform.js';
import { inSegments } from '../../records/customers/index.js';
import { mustSeeAll } from '../must-see-all.js';
import { tierOverview, upgradeCandidates } from './get-overview.js';
import { measuringNow } from './indicator-cache.js';
import { previewPolicy } from './preview-policy.js';
import { getRun } from './runs.queries.js';
import { publishPolicy, weighForPublishing } from './start-grading.js';
import { listFeatures, ownNumberFields } from './tier-features.js';
import { createTierSet, getTierSet, listTierSets, updateTierSet } from './tier-sets.js';
import {
  createPolicy,
  deletePolicy,
  getPolicy,
  listPolicies,
  startPolicy,
  updatePolicy,
} from './write-policy.js';

const tags = ['tiers'];
const read = { permission: 'tiers:read' } as const;
const write = { permission: 'tiers:write' } as const;

/** Names of custom fields that hold numbers, by a look at some thousand customers. */
async function customFields(db: Db): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select distinct field.key as name
    from (select custom from customer where custom <> '{}' limit 2000) sample, jsonb_each_text(sample.custom) field
    where field.value ~ '^\\s*-?\\d{1,15}(\\.\\d{1,10})?\\s*$' order by 1 limit 100`.execute(db);
  return rows.map((row) => row.name);
}

function lookRoutes(app: KeziApp): void {
  app.get(
    '/tiers',
    { config: read, schema: { tags, summary: 'The tiers of today', response: { 200: overviewSchema } } },
    (request) => request.inScope((db) => tierOverview(db, request.principal)),
  );
  app.get(
    '/tiers/candidates',
    {
      config: read,
      schema: {
        tags,
        summary: 'Customers nearest to the tier above',
        querystring: tierCandidateQuery,
        response: { 200: tierCandidates },
      },
    },
    (request) => {
      const { language, principal } = request;
      return request.inScope((db) =>
        upgradeCandidates(db, request.query, { language, fieldRules: principal.fieldRules }),
      );
    },
  );
  app.get(
    '/tiers/features',
    { config: read, schema: { tags, summary: 'Indicators to grade by', response: { 200: tierFeatureList } } },
    (request) =>
      request.inScope(async (db) => {
        const own = (await ownNumberFields(db)).filter(({ isRetired }) => !isRetired);
        return { items: listFeatures(await customFields(db), own, request.language) };
      }),
  );
}

function setRoutes(app: KeziApp, platform: Platform): void {
  app.get(
    '/tiers/sets',
    { config: read, schema: { tags, summary: 'Tier sets', response: { 200: tierSetList } } },
    (request) => request.inScope(async (db) => ({ items: await listTierSets(db) })),
  );
  app.post(
    '/tiers/sets',
    {
      config: write,
      schema: { tags, summary: 'Make a tier set', body: tierSetInput, response: { 201: tierSet } },
    },
    async (request, reply) => {
      mustSeeAll(request.principal);
      void reply.code(201);
      return request.inScope(async (db) => getTierSet(db, await createTierSet(db, request.body)));
    },
  );
  app.patch(
    '/tiers/sets/:id',
    {
      config: write,
      schema: {
        tags,
        summary: 'Rename a tier set and its tiers',
        params: idParams,
        body: tierSetPatch,
        response: { 200: tierSet },
      },
    },
    (request) => {
      mustSeeAll(request.principal);
      return request.inScope(async (db) => {
        await updateTierSet(db, request.params.id, request.body, platform.clock.now());
        return getTierSet(db, request.params.id);
      });
    },
  );
}

function policyRoutes(app: KeziApp): void {
  app.get(
    '/tiers/policies',
    { config: read, schema: { tags, summary: 'Drafts and versions', response: { 200: tierPolicyList } } },
    (request) => request.inScope(async (db) => ({ items: await listPolicies(db) })),
  );
  app.get(
    '/tiers/policies/:id',
    {
      config: read,
      schema: { tags, summary: 'One policy', params: idParams, response: { 200: tierPolicy } },
    },
    async (request, reply) => {
      const policy = await request.inScope((db) => getPolicy(db, request.params.id));
      void reply.header('etag', etagOf(policy.rowVersion));
      return policy;
    },
  );
  app.post(
    '/tiers/start',
    {
      config: write,
      schema: {
        tags,
        summary: 'A draft to begin with, from a ready-made tier set',
        body: tierStartInput,
        response: { 201: tierPolicy },
      },
    },
    async (request, reply) => {
      mustSeeAll(request.principal);
      void reply.code(201);
      const { userId } = request.principal;
      return request.inScope(async (db) =>
        getPolicy(db, await startPolicy(db, userId, request.body.template, request.language)),
      );
    },
  );
  app.post(
    '/tiers/policies',
    {
      config: write,
      schema: { tags, summary: 'Write a draft', body: tierPolicyInput, response: { 201: tierPolicy } },
    },
    async (request, reply) => {
      mustSeeAll(request.principal);
      void reply.code(201);
      const { userId } = request.principal;
      return request.inScope(async (db) =>
        getPolicy(db, await createPolicy(db, userId, request.body, request.language)),
      );
    },
  );
}

function draftRoutes(app: KeziApp, platform: Platform): void {
  app.patch(
    '/tiers/policies/:id',
    {
      config: write,
      schema: {
        tags,
        summary: 'Change a draft',
        params: idParams,
        body: tierPolicyPatch,
        response: { 200: tierPolicy },
      },
    },
    (request) => {
      mustSeeAll(request.principal);
      return request.inScope(async (db) => {
        const told = { now: platform.clock.now(), language: request.language };
        await updatePolicy(db, request.params.id, request.body, told);
        return getPolicy(db, request.params.id);
      });
    },
  );
  app.delete(
    '/tiers/policies/:id',
    {
      config: write,
      schema: { tags, summary: 'Delete a draft', params: idParams, response: { 204: z.null() } },
    },
    async (request, reply) => {
      mustSeeAll(request.principal);
      await request.inScope((db) => deletePolicy(db, request.params.id));
      return reply.code(204).send(null);
    },
  );
}

function tryRoutes(app: KeziApp, platform: Platform): void {
  app.get(
    '/tiers/preview/progress',
    {
      config: write,
      schema: {
        tags,
        summary: 'How far the figures are read on which a policy is tried',
        response: { 200: tierPreviewProgress },
      },
    },
    (request) => {
      mustSeeAll(request.principal);
      return Promise.resolve({ measuring: measuringNow(platform) });
    },
  );
  app.post(
    '/tiers/preview',
    {
      // Nothing is kept: the same question may be asked again.
      config: { permission: 'tiers:write', idempotent: false },
      schema: {
        tags,
        summary: 'What a policy would do, on the customers of today',
        body: tierPreviewInput,
        response: { 200: tierPreview },
      },
    },
    async (request) => {
      const { principal, body } = request;
      const { segmentId } = body;
      mustSeeAll(principal);
      const among = segmentId ? await request.inScope((db) => inSegments(db, principal, segmentId)) : null;
      const isValueKept = isRestricted(principal.fieldRules, 'clv');
      return request.inShare(() => previewPolicy(platform, body, request.language, { among, isValueKept }));
    },
  );
}

function publishRoutes(app: KeziApp, platform: Platform): void {
  app.post(
    '/tiers/policies/:id/publish',
    {
      config: write,
      schema: {
        tags,
        summary: 'Make a draft a version and grade all customers by it',
        params: idParams,
        body: tierPublishInput,
        response: { 202: tierRun },
      },
    },
    async (request, reply) => {
      const { principal, body, params } = request;
      mustSeeAll(principal);
      void reply.code(202);
      return request.inScope(async (db) => {
        const weights = await weighForPublishing(platform, db, params.id, request.language);
        const publishing = {
          tierPolicyId: params.id,
          rowVersion: body.rowVersion,
          userId: principal.userId,
          effectiveOn: body.effectiveOn,
          enforce: false,
        };
        const tierRunId = await publishPolicy(db, publishing, weights, platform.clock.now());
        return getRun(db, principal, tierRunId);
      });
    },
  );
}

export function tiersRoutes(app: KeziApp, platform: Platform): void {
  lookRoutes(app);
  setRoutes(app, platform);
  policyRoutes(app);
  draftRoutes(app, platform);
  tryRoutes(app, platform);
  publishRoutes(app, platform);
}

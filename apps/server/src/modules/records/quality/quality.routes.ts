import {
  customerQuality,
  idParams,
  qualityOverview as overviewSchema,
  qualityPolicy,
  validationRule,
  validationRuleChange,
  validationRuleInput,
  validationRuleList,
  worstQuery,
  worstRecords as worstSchema,
} from '@kezi/contract';
import { z } from 'zod';
import type { KeziApp } from '../../../platform/http/kezi-app.js';
import type { Platform } from '../../../platform/platform.js';
import { readQualityPolicy, readValidationRules } from '../identity/index.js';
import { qualityOf, qualityOverview, worstRecords } from './quality.queries.js';
import { measureSoon } from './quality.jobs.js';
import { addRule, changePolicy, changeRule, deleteRule } from './write-policy.js';

const tags = ['quality'];
const read = { permission: 'quality:read' } as const;
const write = { permission: 'quality:write' } as const;

function scoreRoutes(app: KeziApp, platform: Platform): void {
  app.get(
    '/customers/:id/quality',
    {
      config: read,
      schema: { tags, summary: 'How good a record is', params: idParams, response: { 200: customerQuality } },
    },
    (request) => request.inScope((db) => qualityOf(db, request.params.id, platform.clock.now())),
  );
  app.get(
    '/quality',
    { config: read, schema: { tags, summary: 'Quality by owner', response: { 200: overviewSchema } } },
    (request) => request.inScope((db) => qualityOverview(db, request.principal, platform.clock.now())),
  );
  app.get(
    '/quality/worst',
    {
      config: read,
      schema: {
        tags,
        summary: 'The records that need somebody most',
        querystring: worstQuery,
        response: { 200: worstSchema },
      },
    },
    (request) => request.inScope((db) => worstRecords(db, request.query)),
  );
  app.post(
    '/quality/measure',
    {
      config: { permission: 'duplicates:search' },
      schema: { tags, summary: 'Measure all records', response: { 202: z.object({ jobId: z.int() }) } },
    },
    async (request, reply) => {
      const jobId = await request.inScope((db) => measureSoon(db));
      void reply.code(202);
      return { jobId };
    },
  );
}

function ruleRoutes(app: KeziApp): void {
  app.get(
    '/quality/rules',
    {
      config: read,
      schema: { tags, summary: 'What customers must fulfil', response: { 200: validationRuleList } },
    },
    (request) => request.inScope(async (db) => ({ items: await readValidationRules(db) })),
  );
  app.post(
    '/quality/rules',
    {
      config: write,
      schema: { tags, summary: 'Add a rule', body: validationRuleInput, response: { 201: validationRule } },
    },
    async (request, reply) => {
      const rule = await request.inScope((db) => addRule(db, request.body));
      void reply.code(201);
      return rule;
    },
  );
  app.put(
    '/quality/rules/:id',
    {
      config: write,
      schema: {
        tags,
        summary: 'Change a rule',
        params: idParams,
        body: validationRuleChange,
        response: { 200: validationRule },
      },
    },
    (request) => request.inScope((db) => changeRule(db, request.principal, request.params.id, request.body)),
  );
  app.delete(
    '/quality/rules/:id',
    {
      config: write,
      schema: { tags, summary: 'Delete a rule', params: idParams, response: { 204: z.null() } },
    },
    async (request, reply) => {
      await request.inScope((db) => deleteRule(db, request.params.id));
      return reply.code(204).send(null);
    },
  );
}

export function qualityRoutes(app: KeziApp, platform: Platform): void {
  scoreRoutes(app, platform);
  ruleRoutes(app);
  app.get(
    '/quality/policy',
    { config: read, schema: { tags, summary: 'What a good record is', response: { 200: qualityPolicy } } },
    (request) => request.inScope((db) => readQualityPolicy(db)),
  );
  app.put(
    '/quality/policy',
    {
      config: write,
      schema: { tags, summary: 'Change it', body: qualityPolicy, response: { 200: qualityPolicy } },
    },
    (request) => request.inScope((db) => changePolicy(db, request.body)),
  );
}

import {
  idParams,
  recycleRule,
  recycleRuleInput,
  recycleRuleList,
  recycleRulePatch,
  ruleSimulation,
  ruleSwitch,
} from '@kezi/contract';
import { z } from 'zod';
import type { KeziApp } from '../../../platform/http/kezi-app.js';
import type { Platform } from '../../../platform/platform.js';
import { dayIn } from '../../records/customers/index.js';
import { readSettings } from '../../people/settings/index.js';
import { changeRule, createRule, getRule, getRuleFor, listRules, removeRule } from './recycle-rules.js';
import { simulateRule } from './simulate-rule.js';
import { switchRule, termsOf } from './switch-rule.js';

const tags = ['pools'];
const write = { permission: 'pools:write' } as const;
/** A year of orders and interactions of all customers of a department. */
const slow = { statementTimeoutMs: 120_000 };

function ruleRoutes(app: KeziApp, platform: Platform): void {
  app.get(
    '/pools/:id/rules',
    {
      config: { permission: 'pools:read' },
      schema: {
        tags,
        summary: 'The rules by which customers fall into a pool',
        params: idParams,
        response: { 200: recycleRuleList },
      },
    },
    async (request) => ({
      items: await request.inScope((db) =>
        listRules(db, request.principal, request.params.id, platform.clock.now()),
      ),
    }),
  );
  app.post(
    '/pools/:id/rules',
    {
      config: write,
      schema: {
        tags,
        summary: 'Write a rule down; it is off',
        params: idParams,
        body: recycleRuleInput,
        response: { 201: recycleRule },
      },
    },
    async (request, reply) => {
      const made = await request.inScope(async (db) => {
        const rule = { input: request.body, now: platform.clock.now() };
        return getRule(db, await createRule(db, request.principal, request.params.id, rule));
      });
      void reply.code(201);
      return made;
    },
  );
  app.patch(
    '/recycle-rules/:id',
    {
      config: write,
      schema: {
        tags,
        summary: 'Change a rule that is off',
        params: idParams,
        body: recycleRulePatch,
        response: { 200: recycleRule },
      },
    },
    (request) =>
      request.inScope(async (db) => {
        const change = { patch: request.body, now: platform.clock.now() };
        await changeRule(db, request.principal, request.params.id, change);
        return getRule(db, request.params.id);
      }),
  );
  app.delete(
    '/recycle-rules/:id',
    {
      config: write,
      schema: { tags, summary: 'Remove a rule', params: idParams, response: { 204: z.null() } },
    },
    async (request, reply) => {
      await request.inScope((db) => removeRule(db, request.principal, request.params.id));
      return reply.code(204).send(null);
    },
  );
}

function switchRoutes(app: KeziApp, platform: Platform): void {
  app.get(
    '/recycle-rules/:id/simulation',
    {
      config: write,
      schema: {
        tags,
        summary: 'What a rule would take now, and would have taken in the past year',
        params: idParams,
        response: { 200: ruleSimulation },
      },
    },
    (request) =>
      request.inScope(async (db) => {
        const now = platform.clock.now();
        const rule = await getRuleFor(db, request.principal, request.params.id, now);
        const terms = await termsOf(db, rule);
        const { timeZone } = await readSettings(db);
        const today = dayIn(timeZone, now);
        // Whom the pool concerns sees the department; what the rule looks at lies within it.
        return simulateRule(db, terms, { today, timeZone });
      }, slow),
  );
  app.post(
    '/recycle-rules/:id/switch',
    {
      config: write,
      schema: {
        tags,
        summary: 'Switch a rule on or off',
        params: idParams,
        body: ruleSwitch,
        response: { 200: recycleRule },
      },
    },
    (request) =>
      request.inScope(async (db) => {
        const change = { ...request.body, now: platform.clock.now() };
        await switchRule(db, request.principal, request.params.id, change);
        return getRule(db, request.params.id);
      }, slow),
  );
}

export function rulesRoutes(app: KeziApp, platform: Platform): void {
  ruleRoutes(app, platform);
  switchRoutes(app, platform);
}

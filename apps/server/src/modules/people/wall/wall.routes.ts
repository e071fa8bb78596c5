import { wallRules, wallRulesInput } from '@kezi/contract';
import type { KeziApp } from '../../../platform/http/kezi-app.js';
import { readRules, writeRules } from './wall.queries.js';

export function wallRoutes(app: KeziApp): void {
  const tags = ['wall'];
  app.get(
    '/wall',
    {
      config: { permission: 'wall:read' },
      schema: {
        tags,
        summary: 'Fields kept from roles, and limits of a day',
        response: { 200: wallRules },
      },
    },
    (request) => request.inScope(readRules),
  );
  app.put(
    '/wall',
    {
      config: { permission: 'wall:write' },
      schema: {
        tags,
        summary: 'Replace all rules: what is not named is not restricted',
        body: wallRulesInput,
        response: { 200: wallRules },
      },
    },
    (request) => request.inScope((db) => writeRules(db, request.body)),
  );
}

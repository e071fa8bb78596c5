import { handoverInput, handoverResult, holdings, idParams } from '@kezi/contract';
import type { KeziApp } from '../../../platform/http/kezi-app.js';
import type { Platform } from '../../../platform/platform.js';
import { handOver, holdingsOf } from './hand-over.js';

const tags = ['ownership'];
const config = { permission: 'ownership:handover' } as const;

export function handoverRoutes(app: KeziApp, platform: Platform): void {
  app.get(
    '/users/:id/holdings',
    {
      config,
      schema: {
        tags,
        summary: 'What somebody has that others need when he leaves',
        params: idParams,
        response: { 200: holdings },
      },
    },
    (request) =>
      request.inScope((db) => holdingsOf(db, request.principal, request.params.id, platform.clock.now())),
  );
  app.post(
    '/users/:id/handover',
    {
      config,
      schema: {
        tags,
        summary: 'Hand everything of somebody who leaves to a successor',
        params: idParams,
        body: handoverInput,
        response: { 200: handoverResult },
      },
    },
    (request) =>
      request.inScope(
        (db) => {
          const handover = { input: request.body, now: platform.clock.now() };
          return handOver(db, request.principal, request.params.id, handover);
        },
        { statementTimeoutMs: 60_000 },
      ),
  );
}

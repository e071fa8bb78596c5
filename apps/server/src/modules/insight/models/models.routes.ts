import { modelAnswers, modelEvaluateInput, modelFit, modelFitInput, modelList } from '@kezi/contract';
import { messageOf } from '@kezi/contract/errors';
import type { KeziApp } from '../../../platform/http/kezi-app.js';
import { listModels } from './models.rules.js';
import { evaluateAside, fitAside } from './work-aside.js';

const tags = ['models'];
/** Nothing is kept and nothing is changed: the same question may be asked again, with no Idempotency-Key. */
const calculation = { permission: 'valuation:read', idempotent: false } as const;

/** The analyst's bench: any model of orders, spend or contracts, fitted to rows that come with the request. */
export function modelsRoutes(app: KeziApp): void {
  app.get(
    '/models',
    {
      config: { permission: 'valuation:read' },
      schema: { tags, summary: 'Models and the columns each needs', response: { 200: modelList } },
    },
    () => listModels(),
  );
  app.post(
    '/models/fit',
    {
      config: calculation,
      schema: {
        tags,
        summary: 'Fit a model to rows; keeps nothing, so it needs no Idempotency-Key',
        body: modelFitInput,
        response: { 200: modelFit },
      },
    },
    (request) => fitAside(request.body),
  );
  app.post(
    '/models/evaluate',
    {
      config: calculation,
      schema: {
        tags,
        summary: 'Ask a model about rows; keeps nothing, so it needs no Idempotency-Key',
        body: modelEvaluateInput,
        response: { 200: modelAnswers },
      },
    },
    async (request) => {
      const items = await evaluateAside(request.body);
      return {
        items: items.map((item) =>
          'answer' in item
            ? item.answer
            : {
                line: item.line,
                code: item.code,
                error: messageOf(item.code, item.params, request.language),
              },
        ),
      };
    },
  );
}

import {
  modelAnswers,
  modelCurves,
  modelCurvesInput,
  modelEvaluateInput,
  modelFit,
  modelFitInput,
  modelList,
  modelTable,
  mostTableBytes,
} from '@kezi/contract';
import { CodedError, messageOf } from '@kezi/contract/errors';
import { goneSignal } from '../../../platform/http/gone-signal.js';
import type { KeziApp } from '../../../platform/http/kezi-app.js';
import { listModels } from './models.rules.js';
import { readTableFile } from './read-table-file.js';
import { curvesAside, evaluateAside, fitAside } from './work-aside.js';

const tags = ['models'];
/** Nothing is kept and nothing is changed: the same question may be asked again, with no Idempotency-Key. */
const calculation = { permission: 'valuation:read', idempotent: false } as const;

/** Reads a file for the bench: its rows go back to whoever sent it. */
function tableRoute(app: KeziApp): void {
  app.post(
    '/models/table',
    {
      config: calculation,
      schema: {
        tags,
        summary:
          'Read a CSV file or workbook (multipart, one part; up to 8 MB) into rows for a fit; keeps nothing',
        consumes: ['multipart/form-data'],
        response: { 200: modelTable },
      },
    },
    async (request, reply) => {
      const part = request.isMultipart()
        ? await request.file({ limits: { fileSize: mostTableBytes } })
        : undefined;
      if (!part) throw new CodedError('files.missing');
      return readTableFile(part, goneSignal(reply));
    },
  );
}

/** The analyst's bench: any model there is, fitted to rows that come with the request. */
export function modelsRoutes(app: KeziApp): void {
  tableRoute(app);
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
    (request, reply) => fitAside(request.body, goneSignal(reply)),
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
    async (request, reply) => {
      const items = await evaluateAside(request.body, goneSignal(reply));
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
  app.post(
    '/models/curves',
    {
      config: calculation,
      schema: {
        tags,
        summary: 'Curves of a model: retention, survival, orders of a new customer; needs no Idempotency-Key',
        body: modelCurvesInput,
        response: { 200: modelCurves },
      },
    },
    async (request, reply) => ({ items: await curvesAside(request.body, goneSignal(reply)) }),
  );
}

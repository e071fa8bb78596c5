import {
  modelAnswers,
  modelCurves,
  modelFit,
  modelList,
  modelTable,
  type ModelCurvesInput,
  type ModelEvaluateInput,
  type ModelFitInput,
} from '@kezi/contract';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../../lib/api.js';

/** Which models there are changes with the program only. */
export const modelsQuery = queryOptions({
  queryKey: ['models'],
  queryFn: ({ signal }) => api.get('/models', { schema: modelList, signal }),
  staleTime: Number.POSITIVE_INFINITY,
});

/** The rows of a CSV file or workbook, read by the server as imports are. */
export function readTableFile(file: File) {
  const form = new FormData();
  form.append('file', file, file.name);
  return api.upload('/models/table', form, { schema: modelTable });
}

/** A calculation may be left: the server then ends it. */
export const fitModel = (input: ModelFitInput, signal: AbortSignal) =>
  api.post('/models/fit', input, { schema: modelFit, signal });

export const evaluateModel = (input: ModelEvaluateInput, signal: AbortSignal) =>
  api.post('/models/evaluate', input, { schema: modelAnswers, signal });

/** The same model has the same curves: they are kept while the page is open. */
export const curvesQuery = (model: ModelCurvesInput['model'], horizon: number | null) =>
  queryOptions({
    queryKey: ['models', 'curves', model, horizon],
    queryFn: ({ signal }) =>
      api.post('/models/curves', horizon === null ? { model } : { model, horizon }, {
        schema: modelCurves,
        signal,
      }),
    staleTime: Number.POSITIVE_INFINITY,
  });

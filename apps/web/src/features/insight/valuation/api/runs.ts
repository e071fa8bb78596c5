import {
  valuationFields,
  valuationRun,
  valuationRunPage,
  type ValuationOptions,
  type ValuationRun,
} from '@kezi/contract';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from '../../../../lib/api.js';
import { useApiMutation } from '../../../../lib/api-mutation.js';

export const runsQuery = infiniteQueryOptions({
  queryKey: ['valuation', 'runs'],
  queryFn: ({ pageParam, signal }) =>
    api.get('/valuation/runs', { query: { limit: 20, cursor: pageParam }, schema: valuationRunPage, signal }),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.nextCursor ?? undefined,
});

export const runQuery = (runId: number) =>
  queryOptions({
    queryKey: ['valuation', 'run', runId],
    queryFn: ({ signal }) => api.get(`/valuation/runs/${runId}`, { schema: valuationRun, signal }),
  });

export const fieldsQuery = queryOptions({
  queryKey: ['valuation', 'fields'],
  queryFn: ({ signal }) => api.get('/valuation/fields', { schema: valuationFields, signal }),
});

export const useStartRun = () =>
  useApiMutation({
    call: (options: Partial<ValuationOptions>, { key }) =>
      api.post('/valuation/runs', options, { schema: valuationRun, idempotencyKey: key }),
    invalidate: [['valuation'], ['jobs', 'running']],
  });

export const useCancelRun = () =>
  useApiMutation({
    call: (run: Pick<ValuationRun, 'valuationRunId'>, { key }) =>
      api.post(`/valuation/runs/${run.valuationRunId}/cancel`, undefined, {
        schema: valuationRun,
        idempotencyKey: key,
      }),
    invalidate: [['valuation']],
  });

import {
  churnCustomerPage,
  churnOfCustomer,
  churnRun,
  churnRunPage,
  type ChurnOptions,
  type ChurnRun,
  type ChurnSort,
} from '@kezi/contract';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from '../../../../lib/api.js';
import { useApiMutation } from '../../../../lib/api-mutation.js';

/** Few enough to show all that matter: who trains more often than weekly looks at the last. */
export const runsQuery = queryOptions({
  queryKey: ['churn', 'runs'],
  queryFn: ({ signal }) => api.get('/churn/runs', { query: { limit: 20 }, schema: churnRunPage, signal }),
});

export const runQuery = (runId: number) =>
  queryOptions({
    queryKey: ['churn', 'run', runId],
    queryFn: ({ signal }) => api.get(`/churn/runs/${runId}`, { schema: churnRun, signal }),
  });

/** How the list is sorted until somebody asks for another way. */
export const usualSort: ChurnSort = 'valueAtRisk';

export const churnCustomersQuery = (sort: ChurnSort, segmentId: number | undefined) =>
  infiniteQueryOptions({
    queryKey: ['churn', 'customers', sort, segmentId ?? 0],
    queryFn: ({ pageParam, signal }) =>
      api.get('/churn/customers', {
        query: { limit: 50, cursor: pageParam, sort, segmentId },
        schema: churnCustomerPage,
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });

export const churnOfCustomerQuery = (customerId: number) =>
  queryOptions({
    queryKey: ['churn', 'customer', customerId],
    queryFn: ({ signal }) => api.get(`/customers/${customerId}/churn`, { schema: churnOfCustomer, signal }),
  });

export const useStartChurn = () =>
  useApiMutation({
    call: (options: Partial<ChurnOptions>, { key }) =>
      api.post('/churn/runs', options, { schema: churnRun, idempotencyKey: key }),
    invalidate: [['churn'], ['jobs', 'running']],
  });

export const useCancelChurn = () =>
  useApiMutation({
    call: (run: Pick<ChurnRun, 'churnRunId'>, { key }) =>
      api.post(`/churn/runs/${run.churnRunId}/cancel`, undefined, { schema: churnRun, idempotencyKey: key }),
    invalidate: [['churn']],
  });

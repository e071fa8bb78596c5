import {
  customerCount,
  ownershipHistory,
  transferPage,
  transferRow,
  type CustomerFilter,
  type CustomerSelection,
} from '@kezi/contract';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from '../../../../lib/api.js';
import { useApiMutation } from '../../../../lib/api-mutation.js';

/** Everything that shows whose customers are: out of date after a change of hands. */
export const changed = [['customers'], ['ownership'], ['pools']] as const;

export const historyQuery = (customerId: number) =>
  queryOptions({
    queryKey: ['ownership', 'history', customerId],
    queryFn: ({ signal }) =>
      api.get(`/customers/${customerId}/ownership`, { schema: ownershipHistory, signal }),
  });

export const transfersQuery = infiniteQueryOptions({
  queryKey: ['ownership', 'transfers'],
  queryFn: ({ pageParam, signal }) =>
    api.get('/transfers', { query: { limit: 30, cursor: pageParam }, schema: transferPage, signal }),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.nextCursor ?? undefined,
});

/** How many customers a filter finds, for the head of the form. */
export const foundQuery = (filter: CustomerFilter) =>
  queryOptions({
    queryKey: ['customers', 'count', filter],
    queryFn: ({ signal }) => api.get('/customers/count', { query: filter, schema: customerCount, signal }),
  });

interface Transfer {
  customers: CustomerSelection;
  toOwnerId: number | null;
  toTeamId?: number | null;
  reason: string;
}

export function useTransfer() {
  return useApiMutation({
    call: (input: Transfer, { key }) =>
      api.post('/transfers', input, { schema: transferRow, idempotencyKey: key }),
    invalidate: changed,
  });
}

export function useUndoTransfer() {
  return useApiMutation({
    call: (transferId: number, { key }) =>
      api.post(`/transfers/${transferId}/undo`, undefined, { schema: transferRow, idempotencyKey: key }),
    invalidate: changed,
  });
}
